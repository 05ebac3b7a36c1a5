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
   * Waits for a turn and answers the function that ends it. Owners take turns, each first come first served: a call
   * that sends hundreds of requests does not hold up one that sends a single one. Rejects with the signal's reason.
   */
  turn(signal: AbortSignal, owner?: unknown): Promise<() => void>;
  /** Iconik said that nothing is left for now: nobody starts before so many milliseconds have passed. */
  pause(ms: number): void;
  /** Iconik refused a request as one too many: a pause, and a slower rate from then on. */
  throttle(ms: number): void;
  /** A request was answered: a slowed rate rises again. */
  succeeded(): void;
  readonly waiting: number;
}

interface Waiter {
  start(): void;
}

/** Slowed to no less than so many requests a second. */
const FLOOR = 2;

/** A token bucket and a cap on what is under way, for one pair of credentials. The clock is monotonic, in milliseconds. */
export function createLimiter(limits: Limits, now: () => number = () => performance.now()): Limiter {
  const lanes = new Map<unknown, Waiter[]>();
  const full = limits.rate === 0 ? Number.POSITIVE_INFINITY : limits.rate;
  /** Requests a second that a slowed rate gains in a second: a single refusal is made good within ten. */
  const step = Math.min(full, 100) / 10;
  /** What is allowed now: `full`, or less after a refusal. */
  let rate = full;
  let tokens = limits.burst;
  let filled = now();
  let resume = 0;
  let underWay = 0;
  let timer: NodeJS.Timeout | undefined;
  /** When the answers of the last second came: what Iconik really lets through. */
  let answered: number[] = [];

  const wait = (): number => {
    const time = now();
    if (time < resume) return resume - time;
    if (rate === Number.POSITIVE_INFINITY) return 0;
    const room = rate < full ? 1 : limits.burst;
    // What a pause would have gathered must not go at once: it begins when the pause ends.
    tokens = Math.min(room, tokens + ((time - Math.max(filled, resume)) * rate) / 1_000);
    filled = time;
    return tokens >= 1 ? 0 : ((1 - tokens) * 1_000) / rate;
  };

  const next = (): Waiter | undefined => {
    for (const [owner, lane] of lanes) {
      const waiter = lane.shift();
      lanes.delete(owner);
      if (lane.length > 0) lanes.set(owner, lane);
      if (waiter) return waiter;
    }
    return undefined;
  };

  const pump = (): void => {
    while (lanes.size > 0 && underWay < limits.inFlight) {
      const ms = wait();
      if (ms > 0) {
        if (timer === undefined) {
          timer = setTimeout(() => {
            timer = undefined;
            pump();
          }, Math.ceil(ms));
        }
        return;
      }
      const waiter = next();
      if (!waiter) return;
      tokens -= 1;
      underWay += 1;
      waiter.start();
    }
  };

  const release = () => {
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      underWay -= 1;
      pump();
    };
  };

  const pause = (ms: number): void => {
    resume = Math.max(resume, now() + ms);
  };

  return {
    get waiting() {
      return [...lanes.values()].reduce((sum, lane) => sum + lane.length, 0);
    },
    pause,
    throttle(ms) {
      const time = now();
      // Refusals that come while everybody waits already are answers to the same haste.
      if (time >= resume) {
        const seen = answered.filter((at) => at > time - 1_000).length;
        rate = Math.max(FLOOR, Math.min(rate / 2, seen));
        tokens = 0;
      }
      pause(ms);
    },
    succeeded() {
      const time = now();
      answered = [...answered.filter((at) => at > time - 1_000), time].slice(-100);
      if (rate < full) rate += step / rate;
      if (rate >= Math.min(full, 1_000)) rate = full;
    },
    turn(signal, owner = signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const lane = lanes.get(owner) ?? [];
        const waiter: Waiter = {
          start() {
            signal.removeEventListener('abort', leave);
            resolve(release());
          },
        };
        const leave = (): void => {
          lane.splice(lane.indexOf(waiter), 1);
          if (lane.length === 0 && lanes.get(owner) === lane) lanes.delete(owner);
          reject(signal.reason);
        };
        signal.addEventListener('abort', leave, { once: true });
        lane.push(waiter);
        lanes.set(owner, lane);
        pump();
      });
    },
  };
}
