import { resolve } from 'node:path';
import { isDeepStrictEqual, styleText } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const binary = resolve(import.meta.dirname, '../../dist/iconik-mcp.cjs');
const style = (format, text) => (process.stdout.isTTY && !process.env.NO_COLOR ? styleText(format, text) : text);

/**
 * Starts the built server on its sandbox, as a host does. `call` returns the structured content and throws the text of
 * an error; `raw` returns the whole result.
 */
export async function startHost() {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [binary, '--sandbox'],
    stderr: 'pipe',
  });
  let log = '';
  transport.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const client = new Client({ name: 'iconik-mcp-demo', version: '1' });
  await client.connect(transport).catch((error) => {
    throw new Error(`the server did not start: ${log || error.message}`);
  });
  const raw = (name, args) => client.callTool({ name, arguments: args });
  return {
    raw,
    async call(name, args) {
      const { isError, content, structuredContent } = await raw(name, args);
      if (isError) throw new Error(content[0].text);
      return structuredContent;
    },
    tools: async () => (await client.listTools()).tools,
    /** What the server has written to stderr so far. */
    log: () => log,
    close: () => client.close(),
  };
}

/**
 * Runs one step and prints its title, then the lines it passed to `print`. Returns what `run` returns. A step that
 * throws prints the reason and ends the demo with `DemoFailed`.
 */
export async function step(title, run) {
  const lines = [];
  try {
    const result = await run((...more) => lines.push(...more));
    show('green', '✓', title, lines);
    return result;
  } catch (error) {
    show('red', '✗', title, String(error.message).split('\n'));
    throw new DemoFailed();
  }
}

export const heading = (text) => console.log(`\n${style('bold', text)}`);

function show(colour, mark, title, lines) {
  console.log(`${style(colour, mark)} ${style('bold', title)}`);
  for (const line of lines) console.log(`    ${line}`);
}

/** A step failed and has printed why. */
export class DemoFailed extends Error {}

/** Throws with both values unless they are equal. */
export function same(what, got, expected) {
  if (isDeepStrictEqual(got, expected)) return;
  throw new Error(`${what}\nexpected: ${JSON.stringify(expected)}\ngot:      ${JSON.stringify(got)}`);
}

/**
 * Reads until `ready` accepts the answer: the search index and background jobs lag behind a write. Returns the last
 * answer even when time runs out.
 */
export async function until(read, ready, milliseconds = 10_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await read();
    if (ready(answer) || Date.now() > end) return answer;
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
