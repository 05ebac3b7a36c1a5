import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf, ToolError } from '../../errors.ts';
import { metadata } from '../../operations/metadata.ts';
import { batches, each, instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { all } from '../search.ts';
import { type Change, holds, type Item, ONE_BY_ONE_LIMIT, readValues, valuesIn } from './change.ts';

export interface Written {
  /** Read back with the new values. */
  readonly verified: readonly Item[];
  readonly failed: readonly { readonly item: Item; readonly error: string }[];
  /** Sent, but not shown by Iconik yet. */
  readonly unconfirmed: readonly Item[];
  /** Not sent: time was up, or Iconik failed. */
  readonly rest: readonly Item[];
  /** Why sending stopped before time was up. */
  readonly stopped?: string;
}

/**
 * Writes the changes on every item and reads them back. Up to `ONE_BY_ONE_LIMIT` items are written one by one, more by
 * Iconik's batch operation (`PUT /metadata/v1/assets/views/{view_id}/`), which answers 202 and works in the background.
 */
export async function write(context: Context, changes: readonly Change[], items: readonly Item[]): Promise<Written> {
  return items.length <= ONE_BY_ONE_LIMIT ? oneByOne(context, changes, items) : inBatches(context, changes, items);
}

async function oneByOne(context: Context, changes: readonly Change[], items: readonly Item[]): Promise<Written> {
  const { done, failed, rest } = await each(items, context, async ({ id }) => {
    for (const [view_id, own] of byView(changes)) {
      const given = { asset_id: id, view_id, metadata_values: bodyOf(own) };
      const { dropped = [] } = await context.use(metadata.tools.update_asset_metadata, given);
      const gone = own.filter(({ field }) => dropped.includes(field.name)).map(({ field }) => field.label);
      if (gone.length > 0) throw new ToolError(`Iconik dropped ${gone.join(', ')}, which the view no longer has`);
    }
    const now = await readValues(context, id, changes).catch(instead(context, undefined));
    return now !== undefined && changes.every((change) => holds(change, now[change.field.name] ?? []));
  });
  return {
    verified: done.filter(({ result }) => result).map(({ item }) => item),
    unconfirmed: done.filter(({ result }) => !result).map(({ item }) => item),
    failed: failed.map(({ item, error }) => ({ item, error: reasonOf(error) })),
    rest,
  };
}

async function inBatches(context: Context, changes: readonly Change[], items: readonly Item[]): Promise<Written> {
  const { sent, rest, stopped } = await sendBatches(context, changes, items);
  const { verified, open, isStalled } = await readBack(context, changes, sent);
  // What the index does not come to show is written one by one, which also says what is wrong with it.
  const single =
    isStalled || open.length <= ONE_BY_ONE_LIMIT
      ? await oneByOne(context, changes, open)
      : { verified: [], failed: [], unconfirmed: open, rest: [] };
  return {
    ...single,
    verified: [...verified, ...single.verified],
    rest: [...rest, ...single.rest],
    ...(stopped && { stopped }),
  };
}

/** Milliseconds kept for reading back, and for the answer after that. */
const READ_BACK_RESERVE = 5_000;
const ANSWER_RESERVE = 4_000;

/** Sends batches while there is time. After a failure nothing more is sent; what was sent before it stands. */
async function sendBatches(context: Context, changes: readonly Change[], items: readonly Item[]) {
  const sent: Item[] = [];
  const rest: Item[] = [];
  let stopped: string | undefined;
  for (const batch of batches(items)) {
    if (stopped || context.timeLeft() < READ_BACK_RESERVE) {
      rest.push(...batch);
      continue;
    }
    try {
      for (const [view_id, own] of byView(changes)) {
        const object_ids = batch.map(({ id }) => id);
        await context.use(metadata.tools.update_metadata_batch, { view_id, object_ids, metadata_values: bodyOf(own) });
      }
      sent.push(...batch);
      context.progress(sent.length, items.length, 'sent');
    } catch (error) {
      if (context.signal.aborted || sent.length === 0) throw error;
      stopped = reasonOf(error);
      rest.push(...batch);
    }
  }
  return { sent, rest, stopped };
}

/** Milliseconds without progress after which no more is expected, where at most `STALLED_LIMIT` items are open. */
const STALLED_AFTER = 5_000;
const STALLED_LIMIT = 500;

/** Looks in the index until it shows all changes, until it shows no more, or until time is up. */
async function readBack(context: Context, changes: readonly Change[], sent: readonly Item[]) {
  const fields = changes.map(({ field }) => `metadata.${field.name}`);
  const verified: Item[] = [];
  let open = sent;
  let lastProgress = performance.now();
  let isStalled = false;
  for (let wait = 300; open.length > 0 && context.timeLeft() > ANSWER_RESERVE; wait = Math.min(2_000, wait * 1.5)) {
    await sleep(wait, undefined, { signal: context.signal });
    const ids = { name: 'id', value_in: open.map(({ id }) => id) };
    const docs = await all(context, { doc_types: ['assets'], terms: [ids] }, fields).catch(instead(context, []));
    const now = new Map(docs.map((doc) => [doc.id, doc.metadata]));
    const isDone = ({ id }: Item): boolean =>
      changes.every((change) => holds(change, valuesIn(now.get(id), change.field.name)));
    const done = new Set(open.filter(isDone));
    verified.push(...done);
    open = open.filter((item) => !done.has(item));
    if (done.size > 0) lastProgress = performance.now();
    isStalled = open.length <= STALLED_LIMIT && performance.now() - lastProgress > STALLED_AFTER;
    if (isStalled || (open.length <= ONE_BY_ONE_LIMIT && done.size === 0)) break;
  }
  return { verified, open, isStalled };
}

/** The body that writes the changes of one view. */
const bodyOf = (changes: readonly Change[]) =>
  Object.fromEntries(
    changes.map(({ field, mode, values }) => [field.name, { field_values: values.map((value) => ({ value })), mode }]),
  );

const byView = (changes: readonly Change[]): [string, Change[]][] =>
  [...new Set(changes.map(({ field }) => field.view_id))].map((view_id) => [
    view_id,
    changes.filter(({ field }) => field.view_id === view_id),
  ]);
