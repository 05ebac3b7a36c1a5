import { LRUCache } from 'lru-cache';

/** A turn on some objects: nobody else changes them until `end` is called. */
export interface Turn {
  /** Another call has changed them since: what was read before that may be out of date. */
  readonly overtaken: boolean;
  end(): void;
}

/**
 * Turns of calls that change the same objects. A call reads, decides and writes as a whole, so two of them must not
 * interleave: Iconik has no conditional write that would refuse the second.
 */
export interface Turns {
  /**
   * Waits for every earlier turn on one of these ids, for a call that began to read at `since` (`performance.now()`). Rejects
   * with the signal's reason when the call is cancelled.
   */
  take(ids: readonly string[], since: number, signal: AbortSignal): Promise<Turn>;
}

/** Objects of which it is known when they were changed last. */
const MAX_ENDED = 10_000;

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  // Its room is made for all of them at once, so not before the first change.
  let ended: LRUCache<string, number> | undefined;
  return {
    async take(ids, since, signal) {
      const keys = [...new Set(ids)];
      const earlier = keys.flatMap((key) => last.get(key) ?? []);
      let end: () => void = () => undefined;
      const isOver = new Promise<void>((resolve) => {
        end = resolve;
      });
      // All keys are claimed in one step, in one order for everybody, so there is no deadlock. Later calls also wait
      // for the earlier ones: this one may be cancelled before its turn.
      const own = Promise.all([...earlier, isOver]).then(() => {
        for (const key of keys) if (last.get(key) === own) last.delete(key);
      });
      for (const key of keys) last.set(key, own);
      try {
        if (earlier.length > 0) await settledOrAborted(earlier, signal);
      } catch (error) {
        end();
        throw error;
      }
      const changedSince = (key: string): boolean => (ended?.get(key) ?? Number.NEGATIVE_INFINITY) >= since;
      return {
        overtaken: earlier.length > 0 || keys.some(changedSince),
        end() {
          ended ??= new LRUCache({ max: MAX_ENDED });
          for (const key of keys) ended.set(key, performance.now());
          end();
        },
      };
    },
  };
}

function settledOrAborted(earlier: readonly Promise<unknown>[], signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    void Promise.all(earlier).then((all) => {
      signal.removeEventListener('abort', stop);
      resolve(all);
    });
  });
}
