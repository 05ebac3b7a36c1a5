import { identityKey } from '../../../text/compare.ts';
import { inCollection } from '../../library/destination.ts';
import { findAsset, type Named } from '../../library/objects.ts';
import { labelOf, titlesOf, toldApart } from '../../library/plans/titles.ts';
import { all, onlyThese, under } from '../../library/search.ts';
import { instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';

const NO_COVER = 'none';

export interface Cover {
  readonly ids: string[];
  readonly line: string;
  /** About pictures of what is not in the collection. */
  readonly notes: readonly string[];
}

/** The cover that names mean; undefined where the collection has it already. */
export async function coverOf(
  context: Context,
  id: string,
  names: readonly string[],
  before: readonly string[] = [],
): Promise<Cover | undefined> {
  const isNone = names.length === 1 && identityKey(names[0] ?? '') === NO_COVER;
  const covers = isNone ? [] : await Promise.all(names.map((name) => findAsset(context, name)));
  const ids = covers.map((one) => one.id);
  if (ids.join() === before.join()) return undefined;
  const [line, others] = await Promise.all([coverLine(context, before), notIn(context, id, toldApart(covers))]);
  return {
    ids,
    line: `cover: ${line} → ${coverNames(covers)}`,
    notes:
      others.length > 0
        ? [`Not in the collection: ${titlesOf(others)}. Everyone who sees the collection will see the picture.`]
        : [],
  };
}

/** The assets that are neither in a collection nor anywhere below it. */
async function notIn(context: Context, collection_id: string, covers: readonly Named[]): Promise<readonly Named[]> {
  if (covers.length === 0) return [];
  const ids = covers.map(({ id }) => id);
  const docs = await all(context, onlyThese(under(collection_id), ids), ['id']);
  const listed = new Set(docs.map(({ id }) => id));
  const others = covers.filter(({ id }) => !listed.has(id));
  // Search is late: what was put into it a moment ago is read from its contents.
  const fresh = others.length > 0 ? await inCollection(context, collection_id, ids) : new Set();
  return others.filter(({ id }) => !fresh.has(id));
}

const coverNames = (covers: readonly Named[] = []): string =>
  covers.length === 0 ? "Iconik's own choice" : covers.map(labelOf).join(', ');

async function coverLine(context: Context, ids: readonly string[] = []): Promise<string> {
  const named = await Promise.all(
    ids.map((id) => findAsset(context, id).catch(instead(context, { id, title: 'an asset that is gone' }))),
  );
  return coverNames(named);
}
