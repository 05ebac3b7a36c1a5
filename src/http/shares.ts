/** What there may be of one caller at once, a quarter of what there may be of all: others get through meanwhile. */
export interface Share {
  readonly requests: number;
  /** Of their bodies. */
  readonly bytes: number;
}

export const QUARTER: Share = { requests: 64, bytes: 32_000_000 };
/** For whoever is alone. */
export const WHOLE: Share = { requests: 256, bytes: 128_000_000 };

/** Counts bytes for as long as a request is under way. False: there would be too many, and these are not to be kept. */
export type Hold = (bytes: number) => boolean;

export interface Shares {
  /** Does the work of a request; `undefined`: its caller has enough under way, and it is not begun. */
  within<T>(subject: string, work: (hold: Hold) => Promise<T>): Promise<T | undefined>;
}

export function createShares(each: Share): Shares {
  const callers = new Map<string, { requests: number; bytes: number }>();
  let all = 0;
  return {
    async within(subject, work) {
      const own = callers.get(subject) ?? { requests: 0, bytes: 0 };
      if (own.requests >= each.requests) return undefined;
      callers.set(subject, own);
      own.requests += 1;
      let held = 0;
      try {
        return await work((bytes) => {
          if (own.bytes + bytes > each.bytes || all + bytes > WHOLE.bytes) return false;
          held += bytes;
          own.bytes += bytes;
          all += bytes;
          return true;
        });
      } finally {
        own.requests -= 1;
        own.bytes -= held;
        all -= held;
        if (own.requests === 0) callers.delete(subject);
      }
    },
  };
}
