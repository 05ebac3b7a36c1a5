import { setTimeout as sleep } from 'node:timers/promises';
import { attempt, type Result, type Target } from './attempt.ts';
import { LATE, withDeadline } from './deadline.ts';
import { IconikError } from './errors.ts';
import type { Limiter } from './limiter.ts';
import type { Order } from './order.ts';
import { type Budget, delay, type Failure, mayRepeat, policy } from './retry.ts';
import type { Expanded } from './route.ts';
import type { Send } from './sender.ts';
import type { Outgoing } from './transport.ts';
import type { Answer, CallOptions, ClientOptions } from './types.ts';

/** What all requests of a client have in common. */
export interface Shared {
  readonly options: ClientOptions;
  readonly limiter: Limiter;
  readonly budget: Budget;
  readonly order: Order;
  readonly send: Send;
}

/** One operation: it waits for its turn, is sent, and is sent again where `retry.ts` allows that. See `Client.request`. */
export async function request(
  shared: Shared,
  expanded: Expanded,
  { signal, readOnly = false, until = Number.POSITIVE_INFINITY, text = false }: CallOptions = {},
): Promise<Answer> {
  const { method, path, body } = expanded;
  const reads = method === 'GET' || readOnly;
  const { appId, authToken, userAgent, baseUrl, deadline, permit } = shared.options;
  if (permit && !reads) await permit(expanded);
  const headers = {
    'App-ID': appId,
    'Auth-Token': authToken,
    Accept: text ? '*/*' : 'application/json',
    'User-Agent': userAgent,
  };
  const hasBody = body !== undefined || (method !== 'GET' && method !== 'DELETE');
  const call: Call = {
    url: new URL(path, baseUrl),
    method,
    outgoing: hasBody
      ? { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}) }
      : { headers },
    reads,
    text,
    signal,
    end: Math.min(performance.now() + deadline, until),
  };
  // Two changes of one object must not overtake each other.
  return shared.order(reads || method === 'POST' ? undefined : call.url.pathname, () => repeated(shared, call));
}

interface Call extends Target {
  readonly outgoing: Omit<Outgoing, 'signal'>;
  readonly reads: boolean;
  readonly signal: AbortSignal | undefined;
  /** When it has to be over, on the clock of `performance.now()`. */
  readonly end: number;
}

async function repeated(shared: Shared, call: Call): Promise<Answer> {
  const earlier: string[] = [];
  for (let attempt = 1; ; attempt += 1) {
    try {
      const result = await attempted(shared, call);
      if (result.ok) return succeeded(shared, result);
      const wait = waitBefore(shared, call, result.failure, attempt);
      if (wait === undefined) throw result.error({ attempts: attempt, earlier, reads: call.reads });
      earlier.push(result.cause);
      await sleep(wait, undefined, { ...(call.signal && { signal: call.signal }) });
    } catch (error) {
      throw asIconikError(error, call.signal, { attempts: earlier.length, earlier });
    }
  }
}

/** Waits for a turn and sends the request once. Rejects where the time is over, or the call cancelled, before it is sent. */
async function attempted({ options, limiter, send }: Shared, call: Call): Promise<Result> {
  const { signal, end } = call;
  const within = <T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const left = end - performance.now();
    return left > 0 ? withDeadline(Math.min(ms, left), signal, work) : Promise.reject(LATE);
  };
  signal?.throwIfAborted();
  const owner = signal ?? call;
  const endTurn = limiter.freeTurn() ?? (await within(options.deadline, (waiting) => limiter.turn(waiting, owner)));
  try {
    if (options.turn) await within(options.deadline, (waiting) => commonTurn(options, waiting));
    return await within(options.attempt, (sent) => attempt(send, call, { ...call.outgoing, signal: sent }, options));
  } finally {
    endTurn();
  }
}

/** Waits for the turn among all processes that keep one rate. Rejects with the signal's reason. */
async function commonTurn({ turn, limits }: ClientOptions, signal: AbortSignal): Promise<void> {
  if (!turn || limits.rate === 0) return;
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    void turn(limits.rate, signal).then(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
  });
}

function succeeded(
  { options, budget, limiter }: Shared,
  { answer, slow }: Extract<Result, { readonly ok: true }>,
): Answer {
  budget.earn();
  limiter.succeeded();
  if (slow !== undefined) {
    limiter.pause(slow);
    options.pause?.(slow);
  }
  return answer;
}

/** Milliseconds until the request goes again; `undefined`: it does not. */
function waitBefore(
  { options, budget, limiter }: Shared,
  call: Call,
  failure: Failure,
  attempt: number,
): number | undefined {
  const wait = mayRepeat(failure, call.reads) ? delay(failure, attempt) : undefined;
  if (failure.status === 429) {
    const pause = Math.min(wait ?? policy.longest, policy.longest);
    limiter.throttle(pause);
    options.pause?.(pause);
    options.throttled?.();
  }
  const inTime = wait !== undefined && wait < call.end - performance.now();
  return inTime && attempt <= policy.retries && budget.spend() ? wait : undefined;
}

function asIconikError(
  error: unknown,
  caller: AbortSignal | undefined,
  state: { readonly attempts: number; readonly earlier: readonly string[] },
): unknown {
  if (error instanceof IconikError) return error;
  if (caller?.aborted) return new IconikError('The call was cancelled.', { code: 'cancelled', ...state });
  if (error !== LATE) return error;
  return new IconikError('The time for this call ran out while it waited for its turn or for a retry.', {
    code: 'timeout',
    retryable: true,
    ...state,
  });
}
