import type { Agent } from 'undici';
import { type Sender, send } from './attempt.ts';
import { IconikError } from './errors.ts';
import { createLimiter, type Limits } from './limiter.ts';
import { createOrder } from './order.ts';
import { createBudget, delay, mayRepeat, policy } from './retry.ts';
import { expand } from './route.ts';
import { publicOnly, transfer } from './transfer.ts';
import type { Answer, CallOptions, Client } from './types.ts';

export interface ClientOptions {
  /** Scheme and host: `https://app.iconik.io`. */
  readonly baseUrl: string;
  readonly appId: string;
  readonly authToken: string;
  /** Sent as `User-Agent`. */
  readonly userAgent: string;
  /** Milliseconds for one call: waiting, retries, headers and body together. */
  readonly deadline: number;
  /** Milliseconds for one attempt, headers and body together. */
  readonly attempt: number;
  readonly limits: Limits;
  /** Decoded bytes of one answer. */
  readonly maxBytes: number;
  /** Storage hosts that may be called although they lie on a private network. */
  readonly storageHosts: readonly string[];
  /** Takes secrets out of a text. */
  readonly mask?: (text: string) => string;
  /** In place of the network: the sandbox. */
  readonly fetch?: typeof globalThis.fetch;
}

export const defaults = {
  deadline: 45_000,
  attempt: 30_000,
  limits: { rate: 45, burst: 45, inFlight: 16 },
  maxBytes: 20_000_000,
  storageHosts: [],
} as const;

/** HTTP to Iconik: one queue, one retry budget and one set of warm connections for one pair of credentials. */
export function createClient(options: ClientOptions): Client {
  const limiter = createLimiter(options.limits);
  const budget = createBudget();
  const order = createOrder();
  let sender: Promise<Sender> | undefined;
  const agents: Agent[] = [];

  // ky and undici are loaded with the first call: they are a third of the start-up otherwise.
  const load = async (): Promise<Sender> => {
    const [{ default: ky }, { Agent }] = await Promise.all([import('ky'), import('undici')]);
    const through = (connect: object) => {
      // Node's own fetch drops idle sockets after 4 s; a model thinks longer than that between two calls.
      const agent = new Agent({
        connections: options.limits.inFlight,
        keepAliveTimeout: 60_000,
        connect: { timeout: 10_000, ...connect },
      });
      agents.push(agent);
      return agent;
    };
    const ways = (connect: object) =>
      ky.create({
        retry: 0,
        timeout: false,
        throwHttpErrors: false,
        redirect: 'manual',
        ...(options.fetch ? { fetch: options.fetch } : { dispatcher: through(connect) }),
      } as unknown as Parameters<typeof ky.create>[0]); // ky hands `dispatcher` on to fetch; its types do not know it
    return {
      ky: ways({}),
      guarded: ways({ lookup: publicOnly }),
      maxBytes: options.maxBytes,
      mask: options.mask ?? ((text) => text),
    };
  };

  const headers = {
    'App-ID': options.appId,
    'Auth-Token': options.authToken,
    Accept: 'application/json',
    'User-Agent': options.userAgent,
  };

  return {
    async request(route, args, { signal, readOnly = false, until = Number.POSITIVE_INFINITY }: CallOptions = {}) {
      const { method, path, body } = expand(route, args);
      const url = new URL(path, options.baseUrl);
      sender ??= load();
      const loaded = await sender;
      const reads = method === 'GET' || readOnly;
      const hasBody = method !== 'GET' && method !== 'DELETE';
      const request = { url, method, headers, ...(hasBody && { json: body ?? {} }) };
      const earlier: string[] = [];
      // Two changes of one object must not overtake each other.
      const key = reads || method === 'POST' ? undefined : url.pathname;
      const ms = Math.min(options.deadline, until - performance.now());
      return withDeadline(ms, signal, (total, left) =>
        order(key, async () => {
          for (let attempt = 1; ; attempt += 1) {
            const result = await queued(limiter, total, signal ?? total, () =>
              withDeadline(Math.min(options.attempt, left()), total, (own) =>
                send(loaded, { ...request, signal: own }),
              ),
            ).catch((error: unknown) => {
              throw cancelledOrLate(error, signal, { attempts: attempt - 1, earlier });
            });
            if (result.ok) {
              budget.earn();
              limiter.succeeded();
              if (result.slow !== undefined) limiter.pause(result.slow);
              return result.answer satisfies Answer;
            }
            const wait = mayRepeat(result.failure, reads) ? delay(result.failure, attempt) : undefined;
            if (result.failure.status === 429) limiter.throttle(Math.min(wait ?? policy.longest, policy.longest));
            const goesAgain = wait !== undefined && attempt <= policy.retries && wait < left() && budget.spend();
            if (!goesAgain) throw result.error({ attempts: attempt, earlier, reads });
            earlier.push(result.cause);
            await sleep(wait, total).catch((error: unknown) => {
              throw cancelledOrLate(error, signal, { attempts: attempt, earlier });
            });
          }
        }),
      );
    },

    async transfer(url, { until = Number.POSITIVE_INFINITY, ...init }) {
      sender ??= load();
      const loaded = await sender;
      const ms = Math.min(options.deadline, until - performance.now());
      return withDeadline(ms, init.signal, (signal) => transfer(loaded, url, { ...init, signal }, options));
    },

    async close() {
      await Promise.all(agents.map((agent) => agent.close()));
    },
  };
}

type Turns = ReturnType<typeof createLimiter>;

async function queued<T>(limiter: Turns, signal: AbortSignal, owner: unknown, work: () => Promise<T>): Promise<T> {
  const end = await limiter.turn(signal, owner);
  try {
    return await work();
  } finally {
    end();
  }
}

/** The reason a deadline's signal aborts with. */
const LATE = Symbol('late');

/** Runs `work` under a signal that fires with the caller's, or after `ms`. */
async function withDeadline<T>(
  ms: number,
  caller: AbortSignal | undefined,
  work: (signal: AbortSignal, left: () => number) => Promise<T>,
): Promise<T> {
  const control = new AbortController();
  const end = performance.now() + ms;
  const onAbort = (): void => control.abort(caller?.reason);
  if (caller?.aborted) onAbort();
  caller?.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => control.abort(LATE), ms);
  try {
    return await work(control.signal, () => end - performance.now());
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener('abort', onAbort);
  }
}

function cancelledOrLate(
  error: unknown,
  caller: AbortSignal | undefined,
  state: { readonly attempts: number; readonly earlier: readonly string[] },
): unknown {
  if (error instanceof IconikError) return error;
  if (caller?.aborted) return new IconikError('The call was cancelled.', { code: 'cancelled', ...state });
  if (error === LATE) {
    return new IconikError('The time for this call is used up while it waited for its turn or for a retry.', {
      code: 'timeout',
      retryable: true,
      ...state,
    });
  }
  return error;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
