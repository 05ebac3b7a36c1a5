export interface Limits {
  /** Requests a second, sustained. 0 lifts the limit. Iconik allows about 50. */
  readonly rate: number;
  /** Requests that may go at once after a pause. */
  readonly burst: number;
  /** Requests under way at a time. */
  readonly inFlight: number;
}

export interface Limiter {
  /** Waits for a turn, first come first served; answers the function that ends it. Rejects with the signal's reason. */
  turn(signal: AbortSignal): Promise<() => void>;
  /** Iconik said "later": nobody starts before so many milliseconds have passed. */
  pause(ms: number): void;
  readonly waiting: number;
}

interface Waiter {
  start(): void;
}

/** A token bucket and a cap on what is under way, for one pair of credentials. The clock is monotonic, in milliseconds. */
export function createLimiter(limits: Limits, now: () => number = () => performance.now()): Limiter {
  const queue: Waiter[] = [];
  let tokens = limits.burst;
  let filled = now();
  let resume = 0;
  let underWay = 0;
  let timer: NodeJS.Timeout | undefined;

  const wait = (): number => {
    const time = now();
    if (time < resume) return resume - time;
    if (limits.rate === 0) return 0;
    tokens = Math.min(limits.burst, tokens + ((time - filled) * limits.rate) / 1_000);
    filled = time;
    return tokens >= 1 ? 0 : ((1 - tokens) * 1_000) / limits.rate;
  };

  const pump = (): void => {
    while (queue.length > 0 && underWay < limits.inFlight) {
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
      tokens -= 1;
      underWay += 1;
      queue.shift()?.start();
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

  return {
    get waiting() {
      return queue.length;
    },
    pause(ms) {
      resume = Math.max(resume, now() + ms);
    },
    turn(signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const waiter: Waiter = {
          start() {
            signal.removeEventListener('abort', leave);
            resolve(release());
          },
        };
        const leave = (): void => {
          queue.splice(queue.indexOf(waiter), 1);
          reject(signal.reason);
        };
        signal.addEventListener('abort', leave, { once: true });
        queue.push(waiter);
        pump();
      });
    },
  };
}
