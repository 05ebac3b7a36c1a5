import type { Context } from '../types.ts';

/** What a walk over many things came to. */
export interface Outcome<T, R> {
  readonly done: readonly { readonly item: T; readonly result: R }[];
  readonly failed: readonly { readonly item: T; readonly error: Error }[];
  /** Not begun, because the time was over: where to go on. */
  readonly rest: readonly T[];
}

/** As many as Iconik's client keeps under way anyway. */
const BESIDE = 16;

/**
 * Works on many things beside each other, tells the host how far it is, and begins nothing new once the time for the
 * answer is over. One failure does not stop the others; a cancelled call stops all.
 */
export async function each<T, R>(
  items: readonly T[],
  context: Pick<Context, 'timeLeft' | 'progress' | 'signal'>,
  work: (item: T, index: number) => Promise<R>,
): Promise<Outcome<T, R>> {
  const outcomes = new Map<number, { readonly result: R } | { readonly error: Error }>();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length && context.timeLeft() > 0) {
      context.signal.throwIfAborted();
      const index = next;
      next += 1;
      const item = items[index] as T;
      try {
        outcomes.set(index, { result: await work(item, index) });
      } catch (error) {
        if (context.signal.aborted) throw error;
        outcomes.set(index, { error: error as Error });
      }
      context.progress(outcomes.size, items.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(BESIDE, items.length) }, lane));
  const done: { item: T; result: R }[] = [];
  const failed: { item: T; error: Error }[] = [];
  const rest: T[] = [];
  for (const [index, item] of items.entries()) {
    const outcome = outcomes.get(index);
    if (!outcome) rest.push(item);
    else if ('result' in outcome) done.push({ item, result: outcome.result });
    else failed.push({ item, error: outcome.error });
  }
  return { done, failed, rest };
}

/**
 * For `catch` behind a write: what stands in for an answer that could not be read, since what was written is written. A
 * cancelled call still ends.
 */
export const instead =
  <T>({ signal }: Pick<Context, 'signal'>, value: T) =>
  (error: unknown): T => {
    if (signal.aborted) throw error;
    return value;
  };

/** Lists of at most `size`: Iconik's bulk operations take 500. */
export const batches = <T>(items: readonly T[], size = 500): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
