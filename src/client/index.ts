import { withDeadline } from './deadline.ts';
import { createLimiter, type Limits } from './limiter.ts';
import { createOrder } from './order.ts';
import { request, type Shared } from './request.ts';
import { createBudget } from './retry.ts';
import type { Sender } from './sender.ts';
import type { Client } from './types.ts';

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
  /** Storage hosts that may be called although they are on a private network. */
  readonly storageHosts: readonly string[];
  /** Takes secrets out of a text. */
  readonly mask?: (text: string) => string;
  /** In place of the network: the sandbox. */
  readonly fetch?: typeof globalThis.fetch;
}

export { defaults } from './defaults.ts';

/** HTTP to Iconik: one queue, one retry budget and one set of warm connections for one pair of credentials. */
export function createClient(options: ClientOptions): Client {
  let sender: Promise<Sender> | undefined;
  const shared: Shared = {
    options,
    limiter: createLimiter(options.limits),
    budget: createBudget(),
    order: createOrder(),
    // Node's HTTP client and ky take as long to load as the rest of the server: the first call does it.
    sender() {
      sender ??= import('./sender.ts').then(({ createSender }) =>
        createSender({ inFlight: options.limits.inFlight, ...(options.fetch && { fetch: options.fetch }) }),
      );
      return sender;
    },
  };
  return {
    request: (route, args, own) => request(shared, route, args, own),
    async transfer(url, { until = Number.POSITIVE_INFINITY, ...init }) {
      const [{ sendPublic, send }, { transfer }] = await Promise.all([shared.sender(), import('./transfer.ts')]);
      const ms = Math.min(options.deadline, until - performance.now());
      return withDeadline(ms, init.signal, ({ signal }) =>
        transfer(url, { ...init, signal }, { ...options, send, sendPublic }),
      );
    },
    close: async () => (await sender)?.close(),
  };
}
