import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { template } from '../../src/client/route.ts';
import { registry } from '../../src/tools/index.ts';
import { examples } from '../operations/examples.ts';
import { binary, type Message, type Running, start } from '../support/binary.ts';
import { APP_ID, json, type Script, TOKEN, type Upstream, upstream } from '../support/upstream.ts';

export { json, TOKEN, upstream };

export const ASSET = 'a55e7001-5b1c-11ef-9c3a-0a580a3db916';
export const VERSION = 'e5510001-5b1c-11ef-9c3a-0a580a3db916';
export const OLDER = 'e5510002-5b1c-11ef-9c3a-0a580a3db916';
export const SEGMENT = '5e600001-5b1c-11ef-9c3a-0a580a3db916';
export const OTHER = 'a55e7002-5b1c-11ef-9c3a-0a580a3db916';

/** What a call ended with: a tool's result, or a JSON-RPC error with its code. */
export interface Outcome {
  readonly text: string;
  readonly isError: boolean;
  readonly structured: Message;
  readonly code: number | undefined;
  readonly message: Message;
}

export interface Host extends Running, AsyncDisposable {
  readonly hello: Message;
  call(name: string, args?: unknown): Promise<Outcome>;
  /** Every line on stdout so far, parsed. */
  messages(): Message[];
  /** What it has written so far is of an earlier test. */
  forget(): void;
}

export interface HostOptions {
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly capabilities?: object;
  readonly cwd?: string;
}

/** The built server for the Iconik at `url`, greeted as a host does. */
export async function hostOf(url: string, { flags = [], env, capabilities = {}, cwd }: HostOptions = {}) {
  const credentials = { ICONIK_APP_ID: APP_ID, ICONIK_AUTH_TOKEN: TOKEN, ICONIK_BASE_URL: url };
  const running = start({ args: [binary, ...flags], env: { ...credentials, ...env }, ...(cwd && { cwd }) });
  const clientInfo = { name: 'faults', version: '0' };
  const hello = await running.request('initialize', { protocolVersion: '2025-11-25', capabilities, clientInfo });
  running.notify('notifications/initialized');
  const forgotten = { out: 0, err: 0 };
  const stdout = (): string => running.stdout().slice(forgotten.out);
  const host: Host = {
    ...running,
    hello,
    stdout,
    stderr: () => running.stderr().slice(forgotten.err),
    forget() {
      forgotten.out = running.stdout().length;
      forgotten.err = running.stderr().length;
    },
    call: async (name, args) => outcome(await running.request('tools/call', { name, arguments: args })),
    messages: () =>
      stdout()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    async [Symbol.asyncDispose]() {
      running.child.stdin.end();
      const timer = setTimeout(() => running.child.kill('SIGKILL'), 5_000);
      await running.exit;
      clearTimeout(timer);
    },
  };
  return host;
}

export function outcome(message: Message): Outcome {
  const { result, error } = message;
  return {
    text: error ? error.message : result.content.map((part: Message) => part.text ?? '').join('\n'),
    isError: error !== undefined || result.isError === true,
    structured: result?.structuredContent,
    code: error?.code,
    message,
  };
}

/** A library where every object is there and has the id that was asked for. */
export const obliging: Script = ({ path }, response) => json(response, 200, { id: lastId(path), title: 'A title' });

export const lastId = (path: string): string =>
  path.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)?.at(-1) ?? ASSET;

/** An upstream that does what the script says, and the server in front of it. */
export async function against<T>(
  script: Script,
  work: (host: Host, up: Upstream) => Promise<T>,
  options: HostOptions = {},
): Promise<T> {
  await using up = await upstream(script);
  await using host = await hostOf(up.url, options);
  return await work(host, up);
}

interface Placed {
  readonly name: string;
  /** The arguments that go into its path. */
  readonly names: readonly string[];
  /** A call that is right. */
  readonly args: Readonly<Record<string, unknown>>;
}

/** Every listed tool whose arguments go into a path, with a call that is right but for what a test changes. */
export function toolsWithPaths(): Placed[] {
  return [...registry].flatMap(([name, { tool }]) => {
    const example = examples[name]?.args;
    if (!tool.listed || example === undefined) return [];
    const names = tool.route ? template(tool.route).pathNames : Object.keys(tool.input.shape).filter(isPlace);
    const ids = Object.fromEntries(names.map((one) => [one, ASSET]));
    const extra = name.startsWith('get_s3')
      ? { upload_id: 'u', ...(name.includes('presigned') && { parts_num: 1 }) }
      : {};
    const args = typeof example === 'function' ? { ...ids, ...extra } : { ...example };
    return names.length === 0 ? [] : [{ name, names, args }];
  });
}

/** A task's arguments that its operations put into their paths. */
const isPlace = (name: string): boolean => name === 'asset_id' || name === 'proxy_id';

/** Every tool with each of its path arguments set to each value in turn: what came back. */
export async function everyPath(host: Host, values: readonly string[]): Promise<[string, Outcome][]> {
  const calls = toolsWithPaths().flatMap(({ name, names, args }) =>
    names.flatMap((argument) => values.map((value) => ({ name, argument, args: { ...args, [argument]: value } }))),
  );
  return Promise.all(
    calls.map(async ({ name, argument, args }) => [argument, await host.call(name, args)] as const),
  ).then((all) => all.map(([argument, one]) => [argument, one]));
}

/** Code that runs in the server's process before the server does: `NODE_OPTIONS` for `HostOptions.env`. */
export const preload = (code: string): Record<string, string> => ({
  NODE_OPTIONS: `--import=data:text/javascript;base64,${Buffer.from(code).toString('base64')}`,
});

/** Resident memory of a process in MB; `undefined` where the system does not say (no /proc). */
export function memory(host: Host): number | undefined {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${host.child.pid}/status`, 'utf8'))?.[1]) / 1_024;
  } catch {
    return undefined;
  }
}

/** The most memory a process had while `work` ran, beside what it had before; both `undefined` without /proc. */
export async function peak<T>(host: Host, work: () => Promise<T>) {
  const before = memory(host);
  let most = before;
  const timer = setInterval(() => {
    const now = memory(host);
    if (now !== undefined && most !== undefined) most = Math.max(most, now);
  }, 10);
  try {
    const value = await work();
    return { value, most, growth: before === undefined || most === undefined ? undefined : most - before };
  } finally {
    clearInterval(timer);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(done: () => boolean, ms = 15_000): Promise<void> {
  const end = performance.now() + ms;
  while (!done()) {
    if (performance.now() > end) throw new Error('it did not come to that in time');
    await pause(5);
  }
}

/** JSON lines on stderr that are audit lines. */
export const audits = (host: Running): Message[] =>
  host
    .stderr()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter(({ audit }) => audit === true);

/** All that left the process: results and logs. */
export const everything = (host: Running): string => host.stdout() + host.stderr();

/** A stack trace, or a path of this machine. */
export const TRACE = /^\s+at .+:\d+|node_modules|\/(?:home|root|work|tmp|usr|Users)\//m;

/** Fifty megabytes of JSON, as fast as they are read. */
export async function fiftyMegabytes(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"title":"');
  const piece = 'x'.repeat(100_000);
  for (let n = 0; n < 500 && !response.destroyed; n += 1) {
    if (response.write(piece)) continue;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        response.off('drain', go).off('close', go);
        resolve();
      };
      response.on('drain', go).on('close', go);
    });
  }
  response.end('"}');
}
