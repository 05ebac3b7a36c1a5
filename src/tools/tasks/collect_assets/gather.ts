import { assetsIn, inCollection } from '../../library/destination.ts';
import { reason } from '../../library/metadata/change.ts';
import { collections } from '../../operations/collections.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** An asset on its way into a collection. */
export interface Member {
  readonly id: string;
  readonly title: string;
}

export interface Gathered {
  readonly added: readonly Member[];
  readonly failed: readonly { readonly item: Member; readonly error: string }[];
  readonly unseen: readonly Member[];
  readonly rest: readonly Member[];
}

/** Puts assets into a collection and reads back that they are there (`…/collections/{id}/contents/`). */
export async function gather(context: Context, collection_id: string, members: readonly Member[]): Promise<Gathered> {
  const { done, failed, rest } = await each(members, context, ({ id }) =>
    context.use(collections.tools.add_to_collection, { collection_id, object_type: 'assets', object_id: id }),
  );
  const sent = done.map(({ item }) => item);
  const there = await inCollection(
    context,
    collection_id,
    sent.map(({ id }) => id),
  );
  return {
    added: sent.filter(({ id }) => there.has(id)),
    unseen: sent.filter(({ id }) => !there.has(id)),
    failed: failed.map(({ item, error }) => ({ item, error: reason(error) })),
    rest,
  };
}

/** Whether a collection keeps an order of its own, and these assets in this order already. */
export async function keepsOrder(context: Context, collection_id: string, ids: readonly string[]): Promise<boolean> {
  const [{ custom_order_status }, isSo] = await Promise.all([
    context.use(collections.tools.get_collection, { collection_id }),
    isInOrder(context, collection_id, ids),
  ]);
  return custom_order_status === 'ENABLED' && isSo;
}

/** By the positions where Iconik tells them, else by the order of its list. */
async function isInOrder(context: Context, collection_id: string, ids: readonly string[]): Promise<boolean> {
  const contents = await assetsIn(context, collection_id);
  const places = new Map(contents.map(({ id, position }, n) => [id, position ?? n]));
  const own = ids.map((id) => places.get(id));
  return own.every((place, n) => place !== undefined && (n === 0 || place > (own[n - 1] ?? place)));
}

/**
 * Orders assets at the end of a collection, which gets an order of its own where it has none (Iconik does that in the
 * background). One after the other: each goes behind all others. Answers what came of it, in words.
 */
export async function order(context: Context, collection_id: string, ids: readonly string[]): Promise<string> {
  try {
    if (await keepsOrder(context, collection_id, ids)) return 'They lie in the given order.';
    if (!(await enable(context, collection_id))) {
      return 'Iconik is still preparing an order for this collection: call again in a minute, only the order is left.';
    }
    for (const [n, object_id] of ids.entries()) {
      if (context.timeLeft() <= 0) return `The time was over with ${ids.length - n} left to be ordered: call again.`;
      const place = { collection_id, object_type: 'assets' as const, object_id, position: -1 };
      await context.use(collections.tools.move_in_collection, place);
      context.progress(n + 1, ids.length, 'ordered');
    }
    const isSo = await isInOrder(context, collection_id, ids);
    return isSo ? 'They lie in the given order, at the end.' : 'The order is sent and not to be seen yet.';
  } catch (error) {
    if (context.signal.aborted) throw error;
    return `Iconik did not order them (${reason(error as Error)}): they are in the collection, sorted as it is viewed.`;
  }
}

async function enable(context: Context, collection_id: string): Promise<boolean> {
  const status = async () =>
    (await context.use(collections.tools.get_collection, { collection_id })).custom_order_status;
  let now = await status();
  if (now !== 'ENABLED' && now !== 'ENABLING') {
    await context.use(collections.tools.enable_collection_order, { collection_id });
    now = await status();
  }
  for (let pause = 100; now !== 'ENABLED' && context.timeLeft() > 5_000; pause = Math.min(2_000, pause * 2)) {
    await new Promise((done) => setTimeout(done, pause));
    context.signal.throwIfAborted();
    now = await status();
  }
  return now === 'ENABLED';
}
