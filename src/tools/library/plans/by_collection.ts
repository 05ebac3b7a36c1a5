import { instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { all, byIds, type Doc } from '../search.ts';
import { titleOf, toldApart } from './titles.ts';

/** Assets from which on a plan is broken down, and collections that it names. */
const MANY = 10;
const MAX_COLLECTIONS = 5;

/** The field of the index that it is counted by. */
export const COLLECTIONS = 'in_collections';

/**
 * `In collections: "Interviews" 12, "Aerials" 5 and 3 more; in none 2.` for a plan about many of these assets. One that is in
 * several counts in each.
 */
export async function byCollection(
  context: Context,
  docs: readonly Doc[],
  items: readonly { readonly id?: string | undefined }[],
): Promise<string[]> {
  const ids = new Set(items.map(({ id }) => id));
  if (ids.size < MANY) return [];
  const counts = new Map<string, number>();
  let homeless = 0;
  for (const { id, in_collections: places = [] } of new Map(docs.map((doc) => [doc.id, doc])).values()) {
    if (!ids.has(id)) continue;
    if (places.length === 0) homeless += 1;
    for (const place of new Set(places)) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, MAX_COLLECTIONS);
  const criteria = { doc_types: ['collections'] as const, terms: [byIds(most.map(([id]) => id))] };
  const read = most.length > 0 ? await all(context, criteria, ['title']).catch(instead(context, [])) : [];
  const known = new Map(toldApart(read).map((one) => [one.id, one]));
  const named = most.map(([id, count]) => `${titleOf(known.get(id) ?? { id })} ${count}`);
  const more = counts.size > most.length ? ` and ${counts.size - most.length} more` : '';
  const parts = [named.length > 0 && `${named.join(', ')}${more}`, homeless > 0 && `in none ${homeless}`];
  return [`In collections: ${parts.filter(Boolean).join('; ')}.`];
}
