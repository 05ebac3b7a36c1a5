/** What goes wrong, and how often; nothing by default, and the same each time. */
export interface Faults {
  /** So many requests a second, `burst` of them at once (as many as a second's); what is above answers 429. */
  readonly throttle?: { readonly perSecond: number; readonly burst?: number };
  /** Every n-th request answers 429 and is not done. */
  readonly refuseEvery?: number;
  /** Every n-th read answers 503. */
  readonly failEvery?: number;
  /** Every n-th write is done, and its answer gets lost: the connection breaks. */
  readonly loseEvery?: number;
  /** What a 429 says in Retry-After; null: it says nothing. */
  readonly retryAfterSeconds?: number | null;
}

type Answer = () => Promise<Response>;

/** Stands before the router and lets things go wrong as told. */
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
    // A search is a read, though it is posted.
    const reads = request.method === 'GET' || new URL(request.url).pathname.startsWith('/API/search/');
    if (reads && isNth.read()) return Response.json({ errors: ['Service unavailable'] }, { status: 503 });
    const response = await answer();
    if (!reads && isNth.write()) throw new TypeError('fetch failed', { cause: new Error('other side closed') });
    return response;
  };
}

function counter(every: number | undefined): () => boolean {
  let count = 0;
  return () => {
    count += 1;
    return every !== undefined && every > 0 && count % every === 0;
  };
}

/** A bucket that fills steadily; each request takes one. */
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
