import { keyFor, sharedKind } from '../cache.ts';
import { HANDLE_LIFETIME, type HandleKind, MAX_HANDLES } from '../handles.ts';
import type { Context } from '../types.ts';
import { type Criteria, MAX_IDS, page } from './search.ts';

/** What a find made: exactly its result, under a short handle, so that ids need not travel through a model. */
export interface Selection {
  readonly criteria: Criteria;
  readonly total: number;
  /** What was asked for, in words. */
  readonly description: string;
  /** Ids in the order of the find, where the index cannot sort by it. */
  readonly order?: readonly string[];
  /** What that order is by, where it was asked for: `size`. */
  readonly orderedBy?: string;
  /** What was made a moment ago: the index may not know it yet. */
  readonly made?: readonly { readonly id: string; readonly title: string }[];
}

export const SELECTION: HandleKind<Selection> = {
  prefix: 'sel',
  noun: 'a selection',
  argument: 'selection',
  renew: 'Call find_assets again and use the selection it returns.',
};

/** Keeps assets under a handle that other tasks take as `selection`. */
export const keepAssets = (
  context: Context,
  ids: readonly string[],
  description: string,
  order?: readonly string[],
  made?: Selection['made'],
): string =>
  context.handles.keep(SELECTION, {
    criteria: { doc_types: ['assets'], terms: [{ name: 'id', value_in: ids }] },
    total: ids.length,
    description,
    ...(order && { order }),
    ...(made && { made }),
  });

/** Handles of notes in plans, by what they say and hold. */
const NOTED = sharedKind<{ readonly handle: string }>({
  name: 'selections of plans',
  max: MAX_HANDLES,
  ttl: HANDLE_LIFETIME,
});

/** For a note in a plan: the same assets have the same handle each time, so that a plan that is made again reads the same. */
export function keepNoted(context: Context, ids: readonly string[], description: string): string {
  const key = keyFor(JSON.stringify([description, [...ids].sort()]));
  const known = context.cache.get(NOTED, key)?.handle;
  if (known !== undefined && context.handles.kindOf(known) !== undefined) return known;
  const handle = keepAssets(context, ids, description);
  context.cache.set(NOTED, key, { handle });
  return handle;
}

export const idsOf = (some: readonly { readonly id: string }[]): string[] => some.map(({ id }) => id);

/** Sentences on what was written since, by the handle of the selection that it was written through. */
const WRITES = sharedKind<readonly string[]>({ name: 'writes of selections', max: MAX_HANDLES, ttl: HANDLE_LIFETIME });

/**
 * For the answer of a write: a handle of exactly the assets that were written, in their order, where there are several. What
 * was written may no longer fit the selection that it was found with: that leads to the handle from now on.
 */
export function keepWritten(
  context: Context,
  tool: string,
  through: string | undefined,
  written: readonly string[],
): { readonly selection?: string } {
  const ids = [...new Set(written)];
  if (ids.length < 2 || ids.length > MAX_IDS) return {};
  const description = `${ids.length} assets written by ${tool}`;
  const handle = keepAssets(context, ids, description, ids);
  if (through !== undefined) {
    const before = context.cache.get(WRITES, through.trim()) ?? [];
    context.cache.set(WRITES, through.trim(), [...before, `${handle} holds the ${description}.`]);
  }
  return { selection: handle };
}

/** Where the library has moved on since a selection was made: what it holds now, and what holds the assets written since. */
export function movedNotes({ handles, cache }: Context, handle: string, now: number): string[] {
  const selection = handles.get(SELECTION, handle);
  if (now === selection.total) return [];
  const held = `The selection held ${selection.total} when it was made and`;
  const moved = now > 0 ? `${held} holds ${now} now.` : `${held} is empty now: none of them fits it any more.`;
  const writes = cache.get(WRITES, handle.trim()) ?? (now > 0 ? [] : ['Find them anew.']);
  return [[moved, ...writes].join(' ')];
}

/** What a selection finds now, and how it is understood. */
export async function selectionNow(
  context: Context,
  handle: string,
): Promise<{ readonly criteria: Criteria; readonly notes: readonly string[] }> {
  const { criteria, description } = context.handles.get(SELECTION, handle);
  const { total } = await page(context, criteria, { per_page: 1, include_fields: ['id'] });
  return { criteria, notes: [`${handle} → ${description}`, ...movedNotes(context, handle, total)] };
}
