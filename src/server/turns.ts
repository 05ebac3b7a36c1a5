/** A turn on some objects: nobody else changes them until `end` is called. */
export interface Turn {
  /** Another call had to finish first: what was read before may be out of date. */
  readonly waited: boolean;
  end(): void;
}

/**
 * Turns of calls that change the same objects. A call reads, decides and writes as a whole, so two of them must not
 * interleave: Iconik has no conditional write that would refuse the second.
 */
export interface Turns {
  /** Waits for every earlier turn on one of these ids. Rejects with the signal's reason when the call is cancelled. */
  take(ids: readonly string[], signal: AbortSignal): Promise<Turn>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    async take(ids, signal) {
      const keys = [...new Set(ids)];
      const earlier = keys.flatMap((key) => last.get(key) ?? []);
      let end: () => void = () => undefined;
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      // All keys are claimed in one step, in one order for everybody, so there is no deadlock. Later calls also wait
      // for the earlier ones: this one may be cancelled before its turn.
      const own = Promise.all([...earlier, ended]).then(() => {
        for (const key of keys) if (last.get(key) === own) last.delete(key);
      });
      for (const key of keys) last.set(key, own);
      try {
        if (earlier.length > 0) await settledOrAborted(earlier, signal);
      } catch (error) {
        end();
        throw error;
      }
      return { waited: earlier.length > 0, end };
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
