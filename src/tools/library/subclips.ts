import { firstOf } from '../../text/english.ts';
import { inQuotes } from '../../text/quote.ts';
import { batches, each } from '../run/each.ts';
import { groupBy } from '../run/group_by.ts';
import type { Context } from '../types.ts';
import { idsOf, keepNoted } from './kept_selections.ts';
import { ACTIVE, all, type Doc } from './search.ts';

/** Sub-clips in the library that are cut from these assets, by the id of the original. */
export async function subclipsOf(context: Context, ids: readonly string[]): Promise<Map<string, Doc[]>> {
  const { done, failed } = await each(
    batches(ids),
    { ...context, progress: () => undefined },
    (some) => {
      const originals = { name: 'original_asset_id', value_in: some };
      return all(context, { doc_types: ['assets'], terms: [ACTIVE, originals] }, ['title', 'original_asset_id']);
    },
    { untimed: true },
  );
  if (failed[0]) throw failed[0].error;
  return groupBy(
    done.flatMap(({ result }) => result),
    ({ original_asset_id }) => String(original_asset_id),
  );
}

/** Originals that a note names. */
const MAX_ORIGINALS = 5;

/** How many there are, and whose: `They are of "A" 3, "B" 2.`, of more than a note names with a handle. */
export function countSubclips(
  context: Context,
  docs: readonly Doc[],
  subclips: ReadonlyMap<string, readonly Doc[]>,
): { readonly count: number; readonly whose: string } {
  const cut = docs
    .map(({ id, title }) => ({
      id: String(id),
      title: title ?? String(id),
      count: subclips.get(String(id))?.length ?? 0,
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const names = firstOf(cut, MAX_ORIGINALS, ({ title, count }) => `${inQuotes(title)} ${count}`);
  const handle = cut.length > MAX_ORIGINALS ? ` (${keepNoted(context, idsOf(cut), 'originals of sub-clips')})` : '';
  return {
    count: cut.reduce((sum, { count }) => sum + count, 0),
    whose: `Sub-clips are cut from: ${names}${handle}.`,
  };
}
