// The thinnest process that speaks MCP: bare Node, one line in, one fetch, one line out. No schema, no check, no limit.
const { ICONIK_BASE_URL, ICONIK_APP_ID, ICONIK_AUTH_TOKEN } = process.env;
const headers = { 'App-ID': ICONIK_APP_ID, 'Auth-Token': ICONIK_AUTH_TOKEN };

async function answer({ id, method, params }) {
  const result = method === 'tools/call' ? await call(params.arguments) : { capabilities: {} };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
}

async function call({ asset_id }) {
  const response = await fetch(`${ICONIK_BASE_URL}/API/assets/v1/assets/${asset_id}/`, { headers });
  return { content: [{ type: 'text', text: await response.text() }] };
}

let rest = '';
process.stdin.setEncoding('utf8').on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  for (const line of lines) {
    const message = JSON.parse(line);
    if (message.id !== undefined) answer(message);
  }
});
