import { Client as Host } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { createClient, defaults } from '../../src/client/index.ts';
import { readConfig } from '../../src/config/index.ts';
import { type Served, serveHttp } from '../../src/http/index.ts';
import { listingOf, toolEntries } from '../../src/server/schema.ts';
import { toolsets } from '../../src/tools/index.ts';
import { library } from './library.ts';
import { callsOf, type World } from './world.ts';

export interface Team extends Served, AsyncDisposable {
  /** Lines of the log. */
  readonly log: never;
  readonly lines: readonly string[];
  /** Sends one message and reads what comes, as `curl` would. */
  post(message: object | string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Calls a tool in one request of its own. */
  call(name: string, args?: object, headers?: Readonly<Record<string, string>>): Promise<CallAnswer>;
  /** A host of the SDK that is connected. */
  host(
    headers?: Readonly<Record<string, string>>,
  ): Promise<Pick<World, 'raw' | 'call' | 'refused'> & { readonly host: Host }>;
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever document a tool answers
export type CallAnswer = { readonly text: string; readonly isError: boolean; readonly data: any };

export interface TeamOptions {
  /** After `serve --port 0`. */
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** In place of the sandbox. */
  readonly baseUrl?: string;
}

const entries = toolEntries(toolsets);
const listing = listingOf(toolsets);
const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

/** A server for a team on a port of this machine, before the sandbox or another Iconik. */
export async function team({ argv = [], env = {}, baseUrl }: TeamOptions = {}): Promise<Team> {
  const sandbox = baseUrl === undefined ? library({ indexLagMs: 20, backgroundMs: 20 }) : undefined;
  const rate = argv.includes('--rate') ? [] : ['--rate', '0'];
  const flags = ['serve', '--port', '0', ...rate, ...(sandbox ? ['--sandbox'] : []), ...argv];
  const config = readConfig(flags, { ...env, ...(baseUrl && { ICONIK_BASE_URL: baseUrl }) }, ['find']);
  if (config.mode !== 'serve') throw new Error('not a server for a team');
  const lines: string[] = [];
  const served = await serveHttp({
    config,
    serverOptions: {
      entries,
      readListing: () => listing,
      loadTools: async () => toolsets,
      version: '0.0.0-test',
    },
    sandbox: sandbox && { appId: sandbox.appId, authToken: sandbox.authToken, baseUrl: sandbox.origin },
    clientFor: (account, own) =>
      createClient({
        ...defaults,
        limits: { ...defaults.limits, rate: 0 },
        userAgent: 'iconik-mcp/test',
        ...account,
        ...own,
        ...(sandbox && { fetch: sandbox.fetch }),
      }),
    write: (line) => lines.push(line),
  });
  const post: Team['post'] = (message, headers = {}) =>
    fetch(served.url, {
      method: 'POST',
      headers: { ...HEADERS, ...headers },
      body: typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }),
    });
  return {
    ...(served as Served & { readonly log: never }),
    lines,
    post,
    async call(name, args = {}, headers = {}) {
      const response = await post({ method: 'tools/call', params: { name, arguments: args } }, headers);
      const { result, error } = (await response.json()) as CallAnswer['data'];
      if (error) throw new Error(error.message);
      return { text: result.content[0].text, isError: result.isError ?? false, data: result.structuredContent };
    },
    async host(headers = {}) {
      const host = new Host({ name: 'test', version: '0' });
      await host.connect(new StreamableHTTPClientTransport(new URL(served.url), { requestInit: { headers } }));
      return { host, ...callsOf(host) };
    },
    [Symbol.asyncDispose]: () => served.close(),
  };
}
