import { createBucket } from './bucket.ts';
import { createLanes } from './lanes.ts';
import { createPace } from './pace.ts';

export interface Limits {
  /** Requests a second, sustained. 0 lifts the limit. Iconik allows about 50. */
  readonly rate: number;
  /** Requests that may go at once after a pause. */
  readonly burst: number;
  /** Requests under way at a time. */
  readonly inFlight: number;
}

export interface Limiter {
  /**
   * Waits for a turn and returns the function that ends it. Owners take turns, each first come, first served: a call
   * that sends hundreds of requests does not hold up one that sends a single one. Rejects with the signal's reason.
   */
  turn(signal: AbortSignal, owner?: unknown): Promise<() => void>;
  /** A turn that is to be had without waiting, as the function that ends it. */
  freeTurn(): (() => void) | undefined;
  /** Iconik has nothing left for now: no request starts for this many milliseconds. */
  pause(ms: number): void;
  /** Iconik answered 429: a pause, and a slower rate from then on. */
  throttle(ms: number): void;
  /** A request was answered: a slowed rate rises again. */
  succeeded(): void;
  readonly waiting: number;
}

/** Limits the requests of one pair of credentials: how many a second, and how many at a time. */
export function createLimiter(limits: Limits, now: () => number = () => performance.now()): Limiter {
  const lanes = createLanes<() => void>();
  const { wait, take, ...rest } = createGate(limits, now);
  let underWay = 0;
  let timer: NodeJS.Timeout | undefined;

  const begin = (): void => {
    take();
    underWay += 1;
  };
  const start = (): void => {
    while (lanes.size > 0 && underWay < limits.inFlight) {
      const ms = wait();
      if (ms > 0) {
        clearTimeout(timer);
        timer = setTimeout(start, Math.ceil(ms));
        return;
      }
      begin();
      lanes.next()?.();
    }
  };
  const end = (): void => {
    underWay -= 1;
    start();
  };

  return {
    ...rest,
    get waiting() {
      return lanes.size;
    },
    freeTurn() {
      if (lanes.size > 0 || underWay >= limits.inFlight || wait() > 0) return undefined;
      begin();
      return once(end);
    },
    turn: (signal, owner = signal) =>
      waitInLane(signal, {
        enter(begin) {
          lanes.add(owner, begin);
          start();
        },
        leave: (begin) => lanes.remove(owner, begin),
        end,
      }),
  };
}

interface Gate extends Pick<Limiter, 'pause' | 'throttle' | 'succeeded'> {
  /** Milliseconds until the next request may start. */
  wait(): number;
  /** One starts. */
  take(): void;
}

/** How many a second: a bucket, at a pace that 429 slows. */
function createGate({ rate, burst }: Limits, now: () => number): Gate {
  const pace = createPace(rate === 0 ? Number.POSITIVE_INFINITY : rate);
  const bucket = createBucket(burst, now());
  return {
    wait: () => bucket.wait(now(), pace.rate, pace.isSlowed ? 1 : burst),
    take: () => bucket.take(),
    pause: (ms) => bucket.pause(now() + ms),
    throttle(ms) {
      const time = now();
      // Several 429 to requests of the same second are one message: only the first slows the rate.
      if (!bucket.isPaused(time)) {
        pace.slow(time);
        bucket.empty();
      }
      bucket.pause(time + ms);
    },
    succeeded: () => pace.answered(now()),
  };
}

/** A turn ends once, however often that is said. */
function once(end: () => void): () => void {
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    end();
  };
}

interface Lane {
  enter(begin: () => void): void;
  leave(begin: () => void): void;
  end(): void;
}

/** Waits until the lane begins the turn, or until `signal` aborts. Resolves to the end of the turn, which counts once. */
const waitInLane = (signal: AbortSignal, lane: Lane): Promise<() => void> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    let begun = false;
    const begin = (): void => {
      begun = true;
      signal.removeEventListener('abort', abort);
      resolve(once(lane.end));
    };
    const abort = (): void => {
      lane.leave(begin);
      reject(signal.reason);
    };
    lane.enter(begin);
    if (!begun) signal.addEventListener('abort', abort, { once: true });
  });
