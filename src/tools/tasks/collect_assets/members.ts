import { reasonOf } from '../../errors.ts';
import { enableOrder } from '../../library/collections/order.ts';
import { assetsIn, inCollection } from '../../library/destination.ts';
import { EDIT_RUNS } from '../../library/plans/edit_runs.ts';
import { keepRun } from '../../library/plans/own_runs.ts';
import type { Titled } from '../../library/plans/titles.ts';
import { undoCall } from '../../library/plans/undo_call.ts';
import { collections } from '../../operations/collections.ts';
import { contentsOf, ownWrites } from '../../operations/own_writes.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** An asset to add to a collection. */
export interface Member extends Titled {
  readonly id: string;
}

export interface Additions {
  /** Read back in the collection. */
  readonly added: readonly Member[];
  readonly failed: readonly { readonly item: Member; readonly error: string }[];
  /** Sent, but not read back. */
  readonly unconfirmed: readonly Member[];
  /** Not started: time ran out. */
  readonly remaining: readonly Member[];
}

/** Adds assets to a collection and reads the collection back (`…/collections/{id}/contents/`). */
export async function addMembers(
  context: Context,
  collection_id: string,
  members: readonly Member[],
): Promise<Additions> {
  const { done, failed, rest } = await each(members, context, ({ id }) =>
    context.use(collections.tools.add_to_collection, { collection_id, object_type: 'assets', object_id: id }),
  );
  const sent = done.map(({ item }) => item);
  const ids = sent.map(({ id }) => id);
  const present = await inCollection(context, collection_id, ids);
  return {
    added: sent.filter(({ id }) => present.has(id)),
    unconfirmed: sent.filter(({ id }) => !present.has(id)),
    failed: failed.map(({ item, error }) => ({ item, error: reasonOf(error) })),
    remaining: rest,
  };
}

/** Whether the collection has a custom order and these assets are already in the given order. */
export async function hasOrder(context: Context, collection_id: string, ids: readonly string[]): Promise<boolean> {
  const [{ custom_order_status }, isOrdered] = await Promise.all([
    context.use(collections.tools.get_collection, { collection_id }),
    areInOrder(context, collection_id, ids),
  ]);
  return custom_order_status === 'ENABLED' && isOrdered;
}

/**
 * Compares positions; without them, the order of Iconik's list. That list is late: a single asset which it lacks and
 * which this server added in the last minutes is at the end, where Iconik puts new ones.
 */
async function areInOrder(context: Context, collection_id: string, ids: readonly string[]): Promise<boolean> {
  const contents = await assetsIn(context, collection_id);
  const positions = new Map(contents.map(({ id, position }, index) => [id, position ?? index]));
  const own = ownWrites(context, contentsOf(collection_id));
  const [added, ...others] = ids.filter((id) => !positions.has(id) && own.has(id));
  if (added !== undefined && others.length === 0) positions.set(added, Number.MAX_SAFE_INTEGER);
  const placed = ids.map((id) => positions.get(id));
  return placed.every((position, n) => position !== undefined && (n === 0 || position > (placed[n - 1] ?? position)));
}

/**
 * Moves assets to the end of a collection one by one, in the given order, and enables the collection's custom order if
 * needed, which Iconik does in the background. Returns a sentence about the outcome.
 */
export async function moveToEnd(context: Context, collection_id: string, ids: readonly string[]): Promise<string> {
  try {
    if (await hasOrder(context, collection_id, ids)) return 'They are in the given order.';
    if (!(await enableOrder(context, collection_id))) {
      return 'Iconik is still enabling the custom order of this collection. Call again in a minute; only the order remains.';
    }
    for (const [n, object_id] of ids.entries()) {
      if (context.timeLeft() <= 0) return `Ran out of time with ${ids.length - n} still to be ordered. Call again.`;
      const move = { collection_id, object_type: 'assets' as const, object_id, position: -1 };
      await context.use(collections.tools.move_in_collection, move);
      context.progress(n + 1, ids.length, 'ordered');
    }
    const isOrdered = await areInOrder(context, collection_id, ids);
    return isOrdered
      ? 'They are at the end, in the given order.'
      : 'The order was sent, but Iconik does not show it yet.';
  } catch (error) {
    if (context.signal.aborted) throw error;
    return `They are in the collection, but Iconik did not order them (${reasonOf(error)}).`;
  }
}

/** For the answer: the call that takes out of a collection again what was put in. */
export function undoOfAdditions(
  context: Context,
  { id, title, isNew }: { readonly id: string; readonly title: string; readonly isNew: boolean },
  { added, unconfirmed }: Additions,
): string[] {
  const put = [...added, ...unconfirmed];
  if (put.length === 0 || !context.offers('edit_assets')) return [];
  const by = 'collect_assets';
  const items = put.map((one) => ({
    ...one,
    title: one.title ?? one.id,
    fields: {},
    old: {},
    add: [{ id, title }],
    remove: [],
    by,
  }));
  const undo = undoCall('edit_assets', { undo: keepRun(context, EDIT_RUNS, items) });
  return [...undo, ...(isNew ? ['It takes the assets out; the collection itself stays.'] : [])];
}
