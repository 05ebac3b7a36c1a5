/** A number of places, taken in the order of asking. */
export interface Places {
  /** Waits for a place and returns what gives it back. Rejects with the signal's reason. */
  take(signal: AbortSignal): Promise<() => void>;
}

export function createPlaces(count: number): Places {
  const waiting: (() => void)[] = [];
  let free = count;
  const giveBack = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    take: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const begin = (): void => {
          signal.removeEventListener('abort', leave);
          resolve(giveBack);
        };
        const leave = (): void => {
          waiting.splice(waiting.indexOf(begin), 1);
          reject(signal.reason);
        };
        if (free > 0) {
          free -= 1;
          return begin();
        }
        waiting.push(begin);
        signal.addEventListener('abort', leave, { once: true });
      }),
  };
}
