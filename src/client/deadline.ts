/** The reason that a deadline's signal aborts with when the time is over. */
export const LATE = Symbol('late');

/** Runs `work` under a signal that fires with the caller's and its reason, or with `LATE` after `ms`. */
export async function withDeadline<T>(
  ms: number,
  caller: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const control = new AbortController();
  const giveUp = (): void => control.abort(caller?.reason);
  const timer = setTimeout(() => control.abort(LATE), ms);
  if (caller?.aborted) giveUp();
  caller?.addEventListener('abort', giveUp, { once: true });
  try {
    return await work(control.signal);
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener('abort', giveUp);
  }
}
