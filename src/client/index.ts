import { withDeadline } from './deadline.ts';
import { createLimiter } from './limiter.ts';
import { createOrder } from './order.ts';
import { request, type Shared } from './request.ts';
import { createBudget } from './retry.ts';
import { assemble, expand } from './route.ts';
import type { Sender } from './sender.ts';
import type { Client, ClientOptions } from './types.ts';

export { defaults } from './defaults.ts';
export type { ClientOptions } from './types.ts';

/** HTTP to Iconik: one queue, one retry budget and one set of warm connections for one pair of credentials. */
export function createClient(options: ClientOptions): Client {
  let sender: Promise<Sender> | undefined;
  const shared: Shared = {
    options,
    limiter: options.limiter ?? createLimiter(options.limits),
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
    request: async (route, args, own) => request(shared, expand(route, args), own),
    call: async (parts, own) => request(shared, assemble(parts), own),
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
