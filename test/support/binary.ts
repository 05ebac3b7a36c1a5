import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { resolve } from 'node:path';

export const binary = resolve(import.meta.dirname, '../../dist/iconik-mcp.cjs');

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever JSON-RPC message comes
export type Message = any;

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Sends a request and answers its response message. */
  request(method: string, params?: unknown): Promise<Message>;
  notify(method: string, params?: unknown): void;
  write(line: string): void;
  /** The exit code; null where a signal ended it. */
  readonly exit: Promise<number | null>;
}

export interface Start {
  readonly command?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Starts the built binary and speaks JSON-RPC to it, line by line, as a host does. */
export function start({
  command = process.execPath,
  args = [binary, '--sandbox'],
  env = {},
  cwd,
}: Start = {}): Running {
  const child = spawn(command, args, { env: { PATH: process.env.PATH ?? '', ...env }, ...(cwd && { cwd }) });
  let out = '';
  let err = '';
  let rest = '';
  let id = 0;
  const waiting = new Map<number, (message: Message) => void>();
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  child.stdout.on('data', (chunk) => {
    out += chunk;
    rest += chunk;
    const complete = rest.split('\n');
    rest = complete.pop() ?? '';
    for (const line of complete.filter((one) => one.startsWith('{'))) {
      const message = JSON.parse(line) as Message;
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    }
  });
  child.stdin.on('error', () => undefined);
  const write = (line: string): void => {
    child.stdin.write(`${line}\n`);
  };
  return {
    child,
    stdout: () => out,
    stderr: () => err,
    write,
    notify: (method, params) => write(JSON.stringify({ jsonrpc: '2.0', method, params })),
    request(method, params) {
      id += 1;
      const own = id;
      return new Promise((done) => {
        waiting.set(own, done);
        write(JSON.stringify({ jsonrpc: '2.0', id: own, method, params }));
      });
    },
    exit: new Promise((done) => child.on('close', (code) => done(code))),
  };
}

export async function initialized(options?: Start): Promise<Running & { readonly hello: Message }> {
  const running = start(options);
  const hello = await running.request('initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'test', version: '0' },
  });
  running.notify('notifications/initialized');
  return { ...running, hello };
}
