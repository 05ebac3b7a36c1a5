import { resolve } from 'node:path';
import { isDeepStrictEqual, styleText } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const binary = resolve(import.meta.dirname, '../../dist/iconik-mcp.cjs');
const colour = (style, text) => (process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text);

/** Starts the built server on its sandbox, as a host does. `call` answers the structured content and throws on an error. */
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
    /** What the server wrote to stderr. */
    log: () => log,
    close: () => client.close(),
  };
}

/** One part of the story. What it throws ends the demo with exit code 1. */
export async function step(title, run) {
  try {
    const lines = await run();
    console.log(`${colour('green', '✓')} ${colour('bold', title)}`);
    for (const line of lines) console.log(`    ${line}`);
  } catch (error) {
    console.log(`${colour('red', '✗')} ${colour('bold', title)}`);
    for (const line of String(error.message).split('\n')) console.log(`    ${line}`);
    throw new DemoFailed();
  }
}

/** A step did not come back right, and has said so. */
export class DemoFailed extends Error {}

/** Throws with both values unless what was read back is what was written. */
export function same(what, got, expected) {
  if (isDeepStrictEqual(got, expected)) return;
  throw new Error(`${what}\nexpected: ${JSON.stringify(expected)}\ngot:      ${JSON.stringify(got)}`);
}

/** Reads until `ready` holds: search and background work come a moment later. Answers the last reading anyway. */
export async function until(read, ready, milliseconds = 10_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await read();
    if (ready(answer) || Date.now() > end) return answer;
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
