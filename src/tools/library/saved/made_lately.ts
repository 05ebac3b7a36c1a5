import { assets } from '../../operations/assets.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import type { Selection } from '../kept_selections.ts';
import { type Doc, unindexed } from '../search.ts';

/** Those of what was made a moment ago that the index does not know, and that are there. */
export async function notIndexed(
  context: Context,
  made: NonNullable<Selection['made']>,
  docs: readonly Doc[],
): Promise<Doc[]> {
  const known = new Set(docs.map(({ id }) => id));
  const quiet = { ...context, progress: () => undefined };
  const missing = made.filter(({ id }) => !known.has(id));
  const read = ({ id }: { readonly id: string }) => context.use(assets.tools.get_asset, { asset_id: id });
  // What was deleted, or cannot be read, is left out like any other.
  const { done } = await each(missing, quiet, read, { untimed: true });
  return done.flatMap(({ item, result }) =>
    result.status === 'DELETED' ? [] : [unindexed(item.id, result.title ?? item.title)],
  );
}

/** Documents in an order of ids, where one is given. */
export function byOrder(docs: readonly Doc[], order: readonly string[] | undefined, first = docs.length): Doc[] {
  const places = new Map((order ?? []).map((id, index) => [id, index]));
  const placed = order ? docs.toSorted((a, b) => (places.get(a.id ?? '') ?? 0) - (places.get(b.id ?? '') ?? 0)) : docs;
  return placed.slice(0, first);
}
