import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const binary = resolve(import.meta.dirname, '../dist/iconik-mcp.cjs');

const HELLO = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'bench', version: '1' },
};

/** The server for an upstream, greeted, without a limit of its own unless `args` set one. */
export const serving = (upstream, args = ['--rate', '0']) => greeted([binary, ...args], upstream);

/** A process that speaks MCP and calls an upstream, after `initialize`. `args` are those of Node. */
export async function greeted(args, { url }) {
  const server = speak(
    spawnQuietly(args, {
      ICONIK_APP_ID: 'bench-app-id',
      ICONIK_AUTH_TOKEN: 'bench-auth-token',
      ICONIK_BASE_URL: url,
    }),
  );
  await server.initialize();
  server.ready();
  return server;
}

/** A Node process with pipes; what it writes to stderr is shown, but for audit lines. */
export function spawnQuietly(args, env) {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    for (const line of text.split('\n')) if (line && !line.includes('"audit":true')) console.error(line);
  });
  return child;
}

/**
 * JSON-RPC with a process, line by line. The SDK's client is left out: a driver that parses and validates would be
 * measured with the server. `bytes` is the length of the last line it wrote.
 */
export function speak(child) {
  const waiting = new Map();
  let rest = '';
  let last = 0;
  let bytes = 0;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      bytes = line.length;
      const message = JSON.parse(line);
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    }
  });
  const ended = new Promise((done) => {
    child.once('exit', () => {
      // Nobody is to wait for a process that is gone.
      for (const answer of waiting.values()) answer({ error: { message: 'the process ended' } });
      done();
    });
  });
  child.stdin.on('error', () => undefined);
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
    request,
    bytes: () => bytes,
    async initialize() {
      const { result } = await request('initialize', HELLO);
      if (!result) throw new Error('the server did not answer initialize');
    },
    ready: () => write({ method: 'notifications/initialized' }),
    async call(name, args) {
      const { result, error } = await request('tools/call', { name, arguments: args });
      if (!result || result.isError) throw new Error(error?.message ?? result.content[0].text);
      return result;
    },
    memory: () => memoryOf(child.pid),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Resident memory in MB: now, and the most there was; without /proc both are what there is now. */
export function memoryOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    const size = (name) => (Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)[1]) * 1_024) / 1e6;
    return { now: size('VmRSS'), most: size('VmHWM') };
  } catch {
    const now = (Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1_024) / 1e6;
    return { now, most: now };
  }
}

/** Does `work` so many times, with so many under way at a time. */
export async function inFlight(width, times, work) {
  let left = times;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}
