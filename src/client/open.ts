import { withDeadline } from './deadline.ts';
import { createLimiter } from './limiter.ts';
import { createOrder } from './order.ts';
import { request, type Shared } from './request.ts';
import { createBudget } from './retry.ts';
import { assemble, expand } from './route.ts';
import { createSender } from './sender.ts';
import type { Client, ClientOptions } from './types.ts';

/** One queue, one retry budget and one set of warm connections for one pair of credentials. */
export function openClient(options: ClientOptions): Client {
  const { send, sendPublic, close } = createSender({
    inFlight: options.limits.inFlight,
    ...(options.fetch && { fetch: options.fetch }),
  });
  const shared: Shared = {
    options,
    limiter: options.limiter ?? createLimiter(options.limits),
    budget: createBudget(),
    order: createOrder(),
    send,
  };
  return {
    request: async (route, args, own) => request(shared, expand(route, args), own),
    call: async (parts, own) => request(shared, assemble(parts), own),
    async transfer(url, { until = Number.POSITIVE_INFINITY, ...init }) {
      const { transfer } = await import('./transfer.ts');
      const ms = Math.min(options.deadline, until - performance.now());
      return withDeadline(ms, init.signal, (signal) =>
        transfer(url, { ...init, signal }, { ...options, send, sendPublic }),
      );
    },
    close,
  };
}
