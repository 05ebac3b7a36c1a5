/** The reason that a deadline's signal aborts with when the time is over. */
export const LATE = Symbol('late');

export interface Deadline {
  /** Fires with the caller's signal and its reason, or with `LATE`. */
  readonly signal: AbortSignal;
  /** Ends it `ms` from now where that is earlier. */
  shorten(ms: number): void;
}

/** Runs `work` under a signal that fires when the caller's does, or after `ms`. */
export async function withDeadline<T>(
  ms: number,
  caller: AbortSignal | undefined,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const control = new AbortController();
  const { signal } = control;
  const giveUp = (): void => control.abort(caller?.reason);
  const late = (): void => control.abort(LATE);
  const end = performance.now() + ms;
  let timer = setTimeout(late, ms);
  if (caller?.aborted) giveUp();
  caller?.addEventListener('abort', giveUp, { once: true });
  try {
    return await work({
      signal,
      shorten(shorter) {
        if (performance.now() + shorter >= end) return;
        clearTimeout(timer);
        timer = setTimeout(late, shorter);
      },
    });
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener('abort', giveUp);
  }
}
