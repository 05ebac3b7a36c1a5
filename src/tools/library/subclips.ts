import { batches, each } from '../run/each.ts';
import { groupBy } from '../run/group_by.ts';
import type { Context } from '../types.ts';
import { all, type Doc } from './search.ts';
import { ACTIVE } from './selection.ts';

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
