import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export const binary = resolve(import.meta.dirname, '../dist/iconik-mcp.cjs');

const HELLO = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'bench', version: '1' },
};

/**
 * Starts the built server and speaks JSON-RPC to it line by line. The SDK's client is left out: a driver that parses
 * and validates would be measured with the server.
 */
export function start(args, env = {}) {
  const child = spawn(process.execPath, [binary, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting = new Map();
  let rest = '';
  let last = 0;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const message = JSON.parse(line);
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    }
  });
  const ended = new Promise((done) => {
    child.once('exit', done);
  });
  const write = (message) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const request = (method, params) => {
    last += 1;
    const id = last;
    return new Promise((done) => {
      waiting.set(id, done);
      write({ id, method, params });
    });
  };
  return {
    pid: child.pid,
    async initialize() {
      const { result } = await request('initialize', HELLO);
      if (!result) throw new Error('the server did not answer initialize');
    },
    ready: () => write({ method: 'notifications/initialized' }),
    async call(name, args_) {
      const { result, error } = await request('tools/call', { name, arguments: args_ });
      if (!result || result.isError) throw new Error(error?.message ?? result.content[0].text);
      return result;
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
