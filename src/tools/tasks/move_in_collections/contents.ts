import { setTimeout as sleep } from 'node:timers/promises';
import { withName } from '../../../text/compare.ts';
import { inQuotes } from '../../../text/quote.ts';
import { reasonOf, ToolError } from '../../errors.ts';
import { enableOrder } from '../../library/collections/order.ts';
import { readReference } from '../../library/names.ts';
import type { Named } from '../../library/objects.ts';
import { labelOf, titlesOf, toldApart } from '../../library/plans/titles.ts';
import { collections } from '../../operations/collections.ts';
import { allOf, pagesByNumber } from '../../run/pages.ts';
import type { Context } from '../../types.ts';

/** An asset or a collection right in a collection. */
export interface Content extends Named {
  readonly kind: 'assets' | 'collections';
}

/** Where ordered contents go: to the start, to the end, or behind one of the others. */
export type Place = 'start' | 'end' | Content;

/** The contents of a collection in its order (`GET /assets/v1/collections/{id}/contents/`, which is late). */
export async function contentsOf(context: Context, collection_id: string): Promise<Content[]> {
  const list = await allOf(
    pagesByNumber((paging) => context.use(collections.tools.list_collection_contents, { collection_id, ...paging })),
  );
  const isPlaced = list.every(({ position }) => position !== undefined);
  const sorted = isPlaced ? list.toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0)) : list;
  return sorted.flatMap(({ id, title = id, object_type }): Content[] =>
    id && title ? [{ id, title, kind: object_type === 'collections' ? 'collections' : 'assets' }] : [],
  );
}

/** The content that an id, a web address or an exact title means. Throws `ToolError` where it is none, or several. */
export function contentNamed(contents: readonly Content[], words: string, where: Named): Content {
  const reference = readReference(words);
  const found =
    reference.by === 'id'
      ? contents.filter(({ id }) => id === reference.id)
      : withName(contents, ({ title }) => [title], reference.title);
  const [only] = found;
  if (only && found.length === 1) return only;
  const list = found.slice(0, 6).map(labelOf).join(', ');
  throw new ToolError(
    only
      ? `${found.length} things in ${inQuotes(where.title)} are called ${inQuotes(words)}: ${list}. Give the id. Nothing was changed.`
      : `${inQuotes(words)} is not among the ${contents.length} things right in ${inQuotes(where.title)}: ${titlesOf(toldApart(contents))}. What was added in the last seconds may not be listed yet. Nothing was changed.`,
  );
}

/** The contents in their new order. */
export function reordered(contents: readonly Content[], moved: readonly Content[], place: Place): Content[] {
  const ids = new Set(moved.map(({ id }) => id));
  const others = contents.filter(({ id }) => !ids.has(id));
  const at =
    place === 'start' ? 0 : place === 'end' ? others.length : others.findIndex(({ id }) => id === place.id) + 1;
  return others.toSpliced(at, 0, ...moved);
}

const sameOrder = (a: readonly Content[], b: readonly Content[]): boolean =>
  a.length === b.length && a.every(({ id }, index) => id === b[index]?.id);

/** Whether a collection has a custom order, in which these contents are where they are wanted. */
export async function isOrdered(context: Context, id: string, moved: readonly Content[], place: Place) {
  const [{ custom_order_status }, contents] = await Promise.all([
    context.use(collections.tools.get_collection, { collection_id: id }),
    contentsOf(context, id),
  ]);
  return custom_order_status === 'ENABLED' && sameOrder(reordered(contents, moved, place), contents);
}

/** Milliseconds kept for reading back; between two looks at a list that is late, and looks at most. */
const RESERVED_MS = 5_000;
const LOOK_INTERVAL_MS = 700;
const MAX_LOOKS = 4;

/**
 * Moves contents one by one, each behind the one before, and enables the custom order if needed, which Iconik does in the
 * background. Returns how many were moved, and a sentence on the outcome.
 */
export async function moveContents(
  context: Context,
  collection_id: string,
  moved: readonly Content[],
  place: Place,
): Promise<{ readonly done: number; readonly isShown: boolean; readonly note: string }> {
  let done = 0;
  const stopped = (note: string) => ({ done, isShown: false, note });
  try {
    if (!(await enableOrder(context, collection_id)))
      return stopped('Iconik is still enabling the custom order. Call again in a minute; only the order remains.');
    for (const [n, { id: object_id, kind: object_type }] of moved.entries()) {
      if (context.timeLeft() <= RESERVED_MS)
        return stopped(`Ran out of time with ${moved.length - n} not moved yet. Call again with the same arguments.`);
      const to = placeAfter(n === 0 ? place : moved[n - 1]);
      await context.use(collections.tools.move_in_collection, { collection_id, object_type, object_id, ...to });
      done += 1;
      context.progress(done, moved.length, 'moved');
    }
    for (let look = 0; look < MAX_LOOKS && context.timeLeft() > LOOK_INTERVAL_MS; look += 1) {
      if (await isOrdered(context, collection_id, moved, place))
        return { done, isShown: true, note: 'Iconik shows the order.' };
      await sleep(LOOK_INTERVAL_MS, undefined, { signal: context.signal });
    }
    return stopped('The order was sent, but Iconik does not show it yet.');
  } catch (error) {
    if (context.signal.aborted) throw error;
    return stopped(`Iconik moved ${done} of ${moved.length} and then refused: ${reasonOf(error)}.`);
  }
}

function placeAfter(place: Place | undefined) {
  if (place === 'start') return { position: 0 };
  return place === 'end' || place === undefined ? { position: -1 } : { after_object_id: place.id };
}
