import type { Context } from '../types.ts';

/** The results of `each`. */
export interface Outcome<T, R> {
  readonly done: readonly { readonly item: T; readonly result: R }[];
  readonly failed: readonly { readonly item: T; readonly error: Error }[];
  /** Not started, because time was up: where to continue. */
  readonly rest: readonly T[];
}

export interface EachOptions {
  /** Milliseconds of the call that are kept for what follows. Default 0. */
  readonly reserve?: number;
  /** Starts every item even after time is up: for reads that a write depends on. */
  readonly untimed?: boolean;
}

/** The default of the client's limit of requests in flight. */
const MAX_CONCURRENT = 16;

/**
 * Runs `work` on items concurrently, reports progress, and starts nothing new once time is up. One failure does not
 * stop the others; a cancelled call stops all.
 */
export async function each<T, R>(
  items: readonly T[],
  context: Pick<Context, 'timeLeft' | 'progress' | 'signal'>,
  work: (item: T, index: number) => Promise<R>,
  { reserve = 0, untimed = false }: EachOptions = {},
): Promise<Outcome<T, R>> {
  const outcomes = new Map<number, Settled<R>>();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length && (untimed || context.timeLeft() > reserve)) {
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
  await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT, items.length) }, lane));
  return sorted(items, outcomes);
}

type Settled<R> = { readonly result: R } | { readonly error: Error };

function sorted<T, R>(items: readonly T[], outcomes: ReadonlyMap<number, Settled<R>>): Outcome<T, R> {
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
 * For `catch` after a write: the value to use where the read-back fails, because the write itself succeeded. A
 * cancelled call still ends.
 */
export const instead =
  <T>({ signal }: Pick<Context, 'signal'>, value: T) =>
  (error: unknown): T => {
    if (signal.aborted) throw error;
    return value;
  };

/** Splits a list into lists of at most `size` items; Iconik's bulk operations take 500. */
export const batches = <T>(items: readonly T[], size = 500): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
