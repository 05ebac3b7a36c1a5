import { Client as Host } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { type CallToolResult, ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { createClient, defaults } from '../../src/client/index.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/index.ts';
import { ids, largeIds } from '../../src/sandbox/world/build/ids.ts';
import { createCore } from '../../src/server/core.ts';
import { createLog } from '../../src/server/log.ts';
import { createMask } from '../../src/server/mask.ts';
import { connectOlder } from '../../src/server/protocol/older.ts';
import { listingOf, toolEntries } from '../../src/server/schema.ts';
import type { SharedState } from '../../src/state/types.ts';
import { toolsets } from '../../src/tools/index.ts';

import { answerOf } from './answer.ts';
import { library } from './library.ts';
import { faultOfAnswer, schemaValidator } from './schema_validator.ts';

export { answerOf, ids, largeIds };

const entries = toolEntries(toolsets);
const listing = listingOf(toolsets);

/** What a host with MCP Apps declares. */
export const APPS = { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html;profile=mcp-app'] } };

/** With these chosen, every tool that a host can see is listed. */
export const allToolsets: readonly string[] = [
  ...new Set(entries.flatMap(({ toolset, forPages }) => (forPages ? [] : [toolset]))),
];

export interface WorldOptions {
  readonly assets?: number;
  readonly sandbox?: SandboxOptions;
  /** A named function that adds to the archive before it is shared. */
  readonly fill?: (sandbox: Sandbox) => void;
  readonly readOnly?: boolean;
  readonly toolsets?: readonly string[];
  readonly catalogue?: 'off' | 'read' | 'all';
  readonly programs?: 'off' | 'on';
  /** Milliseconds for one call. */
  readonly deadline?: number;
  /** Domains of the people that may be let in (`--share-domains`). */
  readonly shareDomains?: readonly string[];
  /** Who agrees to a change (`--confirm`), and the milliseconds that a person has for an answer. */
  readonly confirm?: 'host' | 'token';
  readonly answerWithin?: number;
  /** What the host in front declares, and how it answers a question. Default: it cannot ask anybody. */
  readonly elicitation?: ElicitationHost;
  /** Whether the host shows pages (MCP Apps). */
  readonly showsPages?: boolean;
  /** In place of the sandbox's own `fetch`, e.g. to count or to spoil requests. */
  readonly fetch?: (sandbox: Sandbox) => typeof globalThis.fetch;
  /** In place of a library of its own: that of another world. */
  readonly library?: Sandbox;
  /** What this server shares with others. */
  readonly state?: SharedState;
}

/** How a host treats a question to its person: what it declares, and what it answers. */
export interface ElicitationHost {
  readonly declares: { readonly form?: Record<string, never>; readonly url?: Record<string, never> };
  /** Throws for a host that answers with a JSON-RPC error. */
  readonly answer: (question: string) => Promise<'accept' | 'decline' | 'cancel'>;
}

export interface World {
  readonly host: Host;
  readonly sandbox: Sandbox;
  /** The requests that reached Iconik or a storage: `GET /API/…`. */
  readonly requests: readonly string[];
  /** The lines that would stand on stderr. */
  readonly log: readonly string[];
  /** Calls a tool and answers what it is structured as; fails the test on an error result. */
  call(name: string, args?: Record<string, unknown>): Promise<Answer>;
  /** Calls a tool that has to fail, and answers the text of its error. */
  refused(name: string, args?: Record<string, unknown>): Promise<string>;
  raw(name: string, args?: Record<string, unknown>): Promise<CallToolResult>;
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever document a tool answers
export type Answer = any;

/** For `fetch`: an Iconik that does not have the operations with this in their paths. */
export const lacking =
  (path: string): NonNullable<WorldOptions['fetch']> =>
  (sandbox) =>
  async (input, init) => {
    const request = new Request(input, init);
    if (request.url.includes(path)) return Response.json({ errors: ['Not found'] }, { status: 404 });
    return sandbox.fetch(request);
  };

/** Host ↔ server ↔ client ↔ sandbox, all in this process. */
export async function world(options: WorldOptions = {}): Promise<World> {
  const sandbox =
    options.library ??
    library(
      {
        indexLagMs: 20,
        backgroundMs: 20,
        ...options.sandbox,
        ...(options.assets !== undefined && { assets: options.assets }),
      },
      options.fill,
    );
  const inner = options.fetch?.(sandbox) ?? sandbox.fetch;
  const requests: string[] = [];
  const log: string[] = [];
  const client = createClient({
    ...defaults,
    limits: { ...defaults.limits, rate: 0 },
    baseUrl: sandbox.origin,
    appId: sandbox.appId,
    authToken: sandbox.authToken,
    userAgent: 'iconik-mcp/test',
    fetch: (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      requests.push(`${request.method} ${url.pathname}${url.search}`);
      return inner(request);
    },
  });
  const core = createCore({
    entries,
    readListing: () => listing,
    loadTools: async () => toolsets,
    selection: { ...options, readOnly: options.readOnly ?? false, toolsets: options.toolsets ?? [] },
    client,
    deadline: options.deadline ?? defaults.deadline,
    ...(options.shareDomains && { shareDomains: options.shareDomains }),
    ...(options.confirm && { confirm: options.confirm }),
    ...(options.answerWithin && { answerWithin: options.answerWithin }),
    ...(options.state && { state: options.state }),
    version: '0.0.0-test',
    sandbox: true,
    mask: createMask([sandbox.authToken]),
    log: createLog({ level: 'debug', mask: (text) => text, write: (line) => log.push(line) }),
  });
  const { elicitation, showsPages = false } = options;
  const capabilities = {
    ...(elicitation && { elicitation: elicitation.declares }),
    ...(showsPages && { extensions: APPS }),
  };
  const host = new Host({ name: 'test', version: '0' }, { capabilities, jsonSchemaValidator: schemaValidator });
  if (elicitation) {
    host.setRequestHandler(ElicitRequestSchema, async ({ params }) => ({
      action: await elicitation.answer(params.message),
    }));
  }
  const [near, far] = InMemoryTransport.createLinkedPair();
  await Promise.all([connectOlder(core, far), host.connect(near)]);

  return { host, sandbox, requests, log, ...callsOf(host) };
}

const textOf = (result: CallToolResult): string =>
  result.content.map((item) => (item.type === 'text' ? item.text : '')).join('\n');

/** What a sentence shows where a value is missing. */
const HOLES = /\((undefined|null|NaN)\)|"(undefined|null|NaN)"|\bNaN\b|\[object Object\]/;

/** The ways to call a tool through a connected host. */
/** A client of either SDK. */
interface Calling {
  callTool(params: { readonly name: string; readonly arguments: Record<string, unknown> }): Promise<unknown>;
}

export function callsOf(host: Calling): Pick<World, 'raw' | 'call' | 'refused'> {
  const raw = async (name: string, args: Record<string, unknown> = {}) => {
    const result = (await host.callTool({ name, arguments: args })) as CallToolResult;
    const fault = faultOfAnswer(name, result.structuredContent);
    if (fault) throw new Error(`${name} answers what its output does not have: ${fault}`);
    const hole = result.isError ? undefined : HOLES.exec(textOf(result))?.[0];
    if (hole) throw new Error(`${name} answers with ${hole}: ${textOf(result)}`);
    return result;
  };
  return {
    raw,
    async call(name, args) {
      const result = await raw(name, args);
      if (result.isError) throw new Error(`${name}: ${textOf(result)}`);
      return answerOf(name, result);
    },
    async refused(name, args) {
      const result = await raw(name, args);
      if (!result.isError) throw new Error(`${name} was expected to fail: ${textOf(result)}`);
      return textOf(result);
    },
  };
}
