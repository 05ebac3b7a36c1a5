// Bare Node: answers each line with a JSON-RPC message of about so many bytes.
const text = 'x'.repeat(Number(process.argv[2]));
let rest = '';
process.stdin.setEncoding('utf8').on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  for (const line of lines) {
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id: JSON.parse(line).id, result: { text } })}\n`);
  }
});
