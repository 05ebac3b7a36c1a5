import { setMaxListeners } from 'node:events';
import type { IconikError } from '../client/errors.ts';
import type { Client } from '../client/types.ts';
import type { Cache } from '../tools/cache.ts';
import { ToolError } from '../tools/errors.ts';
import type { Handles } from '../tools/handles.ts';
import type { PageData } from '../tools/page_data.ts';
import { checkSharing } from '../tools/share_domains.ts';
import type { Attachment, Context, Tool } from '../tools/types.ts';
import type { AuditResult, Change } from './log.ts';
import { project } from './project.ts';
import type { Replicas } from './replicas.ts';

/** When the call has to end, on the clock of `performance.now()`. */
export interface Clock {
  until: number;
}

/** What the contexts of all calls have in common. */
export interface ContextOptions {
  readonly client: Client;
  /** The tools that the host sees. */
  readonly tools: ReadonlyMap<string, unknown>;
  readonly handles: Handles;
  readonly cache: Cache;
  /** Milliseconds for the whole call. */
  readonly deadline: number;
  readonly shareDomains: Context['shareDomains'];
  /** Told of what was written so far before more is: a server that dies in the middle leaves no doubt to the others. */
  readonly replicas?: Pick<Replicas, 'save'>;
}

/** What the context of one call has for itself. */
export interface CallContext {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly progress: Context['progress'];
  readonly takes: Context['takes'];
  /** Gets what a tool puts beside its answer. */
  readonly attached: Attachment[];
  /** Gets what it hands to the page of its answer; absent where the host shows no pages. */
  readonly page?: { data?: PageData } | undefined;
  /** Hears of each write; what it returns hears how that ended, unless nothing was sent. */
  readonly audit: (object: Change['object']) => (result: Written | undefined) => void;
}

export interface Written extends AuditResult {
  /** It was done, or nobody knows; false: Iconik refused it, or it was not sent. */
  readonly mayHaveChanged: boolean;
}

/** Every request of a call listens to the one signal; Node would take many for a leak. */
export function heardByMany(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}

/** Time is kept for the answer itself. */
const reserveOf = (deadline: number): number => Math.min(5_000, deadline / 5);

export function createContext(options: ContextOptions, own: CallContext): Context {
  const { client, tools, handles, cache, deadline, shareDomains, replicas } = options;
  const { signal, clock, progress, takes, attached, page, audit } = own;
  const context: Context = {
    signal,
    handles,
    cache,
    progress,
    shareDomains,
    timeLeft: () => Math.max(0, clock.until - reserveOf(deadline) - performance.now()),
    attach: (part) => void attached.push(part),
    showsPages: page !== undefined,
    show: (data) => void Object.assign(page ?? {}, { data }),
    offers: (name) => tools.has(name),
    takes,
    async request(route, args, options) {
      checkSharing(route, args, shareDomains);
      const reads = route.startsWith('GET ') || options?.readOnly;
      if (replicas && !reads) await replicas.save();
      const answer = client.request(route, args, { ...options, until: clock.until });
      return reads ? answer : audited(answer, idsIn(args), audit).finally(() => cache.wrote(route));
    },
    async call(parts, options) {
      checkSharing(parts.route, Object(parts.body), shareDomains);
      const reads = parts.route.startsWith('GET ') || options?.readOnly;
      if (replicas && !reads) await replicas.save();
      const answer = client.call(parts, { ...options, until: clock.until });
      const object = { operation: parts.route, ...idsIn({ ...Object(parts.body), ...parts.path }) };
      return reads ? answer : audited(answer, object, audit).finally(() => cache.wrote(parts.route));
    },
    transfer(url, init) {
      const answer = client.transfer(url, { signal, until: clock.until, ...init });
      if (init.method === 'GET') return answer;
      return audited(answer, { storage: URL.canParse(url) ? new URL(url).host : '?' }, audit);
    },
    async use(tool: Tool, args: Readonly<Record<string, unknown>>) {
      const raw = await tool.run(tool.input.parse(args), context);
      return project(tool.output, raw, { signed: true, internal: true }) as never;
    },
    readingOnly: (end, announce) =>
      createContext({ ...options, client: reading(client, end, announce) }, { ...own, signal: heardByMany(end) }),
  };
  return context;
}

/** A client that sends nothing but reads, hears of each before it is sent, and ends them with a signal. */
function reading(client: Client, signal: AbortSignal, announce: () => void): Client {
  const announced = (reads: boolean | undefined): void => {
    if (!reads) throw new ToolError('This only reads, and it was asked to change something');
    announce();
  };
  return {
    ...client,
    async request(route, args, options) {
      announced(route.startsWith('GET ') || options?.readOnly);
      return client.request(route, args, { ...options, signal });
    },
    async call(parts, options) {
      announced(parts.route.startsWith('GET ') || options?.readOnly);
      return client.call(parts, { ...options, signal });
    },
    async transfer(url, init) {
      announced(init.method === 'GET');
      return client.transfer(url, { ...init, signal });
    },
  };
}

interface Sent {
  readonly status: number;
  readonly requestId?: string;
}

async function audited<T extends Sent>(
  answer: Promise<T>,
  object: Change['object'],
  audit: CallContext['audit'],
): Promise<T> {
  const ended = audit(object);
  try {
    const { status, requestId } = await answer;
    // A storage's refusal comes as an answer; its redirects are not followed.
    const refused = status >= 300 && status < 500;
    ended({ status, mayHaveChanged: !refused, ...(requestId && { request_id: requestId }) });
  } catch (error) {
    const { status, code, requestId, outcomeUnknown = false } = error as Partial<IconikError>;
    const isDone = status !== undefined && status < 300;
    const facts = { status: status ?? code ?? '', mayHaveChanged: outcomeUnknown || isDone };
    // Without a code nothing was sent.
    ended(code ? { ...facts, ...(requestId && { request_id: requestId }) } : undefined);
  }
  return answer;
}

/** The ids among the arguments; of many, how many. */
function idsIn(args: Readonly<Record<string, unknown>>): Record<string, string> {
  const ids = Object.entries(args).flatMap(([key, value]): [string, string][] => {
    if (key.endsWith('_id') && typeof value === 'string') return [[key, value]];
    if (key.endsWith('_ids') && Array.isArray(value)) return [[key, `${value.length} ids`]];
    return [];
  });
  return Object.fromEntries(ids);
}
