/** A token bucket. Times are milliseconds on the clock of `performance.now()`, rates are tokens a second. */
export interface Bucket {
  /** Fills up to `size` and returns the milliseconds until there is a token; 0: there is one. */
  wait(time: number, rate: number, size: number): number;
  take(): void;
  empty(): void;
  /** No token is given before `until`, and none is gathered. */
  pause(until: number): void;
  isPaused(time: number): boolean;
}

export function createBucket(full: number, time: number): Bucket {
  let tokens = full;
  let filled = time;
  let resume = 0;
  return {
    wait(now, rate, size) {
      if (now < resume) return resume - now;
      if (rate === Number.POSITIVE_INFINITY) return 0;
      tokens = Math.min(size, tokens + ((now - Math.max(filled, resume)) * rate) / 1_000);
      filled = now;
      return tokens >= 1 ? 0 : ((1 - tokens) * 1_000) / rate;
    },
    take() {
      tokens -= 1;
    },
    empty() {
      tokens = 0;
    },
    pause(until) {
      resume = Math.max(resume, until);
    },
    isPaused: (now) => now < resume,
  };
}
