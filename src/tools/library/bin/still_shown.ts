import type { Context } from '../../types.ts';
import { titlesOf, toldApart } from '../plans/titles.ts';
import { type Criteria, stillShown } from '../search.ts';

/** What criteria leave out because it was deleted a moment ago, while search still shows it. */
export async function stillShownNotes(context: Context, criteria: Criteria): Promise<string[]> {
  const { docs, total } = await stillShown(context, criteria);
  const more = total > docs.length ? ` and ${total - docs.length} more` : '';
  return total === 0
    ? []
    : [
        `Left out, deleted in the last minutes while search still shows it: ${titlesOf(toldApart(docs), docs.length)}${more}.`,
      ];
}
