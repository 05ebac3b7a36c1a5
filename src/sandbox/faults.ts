import { isRow, rowsOf } from './values.ts';

/** Failures to inject. None by default; the same options fail the same requests. */
export interface Faults {
  /** Requests allowed per second, and how many of them at once (default: a second's worth); others answer 429. */
  readonly throttle?: { readonly perSecond: number; readonly burst?: number };
  /** Every n-th request is refused with 429. */
  readonly refuseEvery?: number;
  /** Every n-th read answers 503. */
  readonly failEvery?: number;
  /** Every n-th write takes effect, but the connection breaks before the answer. */
  readonly loseEvery?: number;
  /** Value of the Retry-After header of a 429; null: no such header. */
  readonly retryAfterSeconds?: number | null;
  /** Search refuses to sort by `id` with 400, which no known client asks for. */
  readonly refuseSortById?: boolean;
}

type Answer = () => Promise<Response>;

/** Wraps the router and injects the failures. */
export function createFaults(faults: Faults): (request: Request, answer: Answer) => Promise<Response> {
  const { throttle, refuseEvery, failEvery, loseEvery, retryAfterSeconds = 1 } = faults;
  const allowed = throttle ? createBucket(throttle.perSecond, throttle.burst ?? throttle.perSecond) : () => true;
  const isNth = { request: counter(refuseEvery), read: counter(failEvery), write: counter(loseEvery) };
  const refusal = (): Response => {
    const wait = retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) };
    const headers = { 'ratelimit-remaining': '0', ...wait };
    return Response.json({ errors: ['Too many requests'] }, { status: 429, headers });
  };
  return async (request, answer) => {
    if (!allowed() || isNth.request()) return refusal();
    // Search is a read, although it is a POST.
    const reads = request.method === 'GET' || new URL(request.url).pathname.startsWith('/API/search/');
    if (reads && isNth.read()) return Response.json({ errors: ['Service unavailable'] }, { status: 503 });
    if (faults.refuseSortById === true && (await sortsById(request))) {
      return Response.json({ errors: { sort: 'Cannot sort by id' } }, { status: 400 });
    }
    const response = await answer();
    if (!reads && isNth.write()) throw new TypeError('fetch failed', { cause: new Error('other side closed') });
    return response;
  };
}

async function sortsById(request: Request): Promise<boolean> {
  if (new URL(request.url).pathname !== '/API/search/v1/search/') return false;
  const body: unknown = await request.clone().json();
  return isRow(body) && rowsOf(body.sort).some(({ name }) => name === 'id');
}

function counter(every: number | undefined): () => boolean {
  let count = 0;
  return () => {
    count += 1;
    return every !== undefined && every > 0 && count % every === 0;
  };
}

/** A token bucket: it refills steadily, and each request takes one token. */
function createBucket(perSecond: number, size: number): () => boolean {
  let left = size;
  let last = Date.now();
  return () => {
    const now = Date.now();
    left = Math.min(size, left + ((now - last) / 1000) * perSecond);
    last = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
