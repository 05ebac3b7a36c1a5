import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf, ToolError } from '../../errors.ts';
import { metadata } from '../../operations/metadata.ts';
import { batches, each, instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { all, type Doc } from '../search.ts';
import { type Field, findField } from './fields.ts';
import { storedIn, storedOf } from './stored.ts';
import { toStored, type Value } from './values.ts';

export type Mode = 'append' | 'delete' | 'overwrite';

/** One field that changes in the same way on every asset. */
export interface Change {
  readonly field: Field;
  readonly mode: Mode;
  readonly values: readonly Value[];
}

export interface Item {
  readonly id: string;
  readonly title: string;
  /** Values before, by field name. */
  readonly old: Readonly<Record<string, readonly Value[]>>;
}

const HOW = { append: 'append', replace: 'overwrite', remove: 'delete' } as const;

/** Reads `{label: value or values or null}`; by default a field of several values is added to. Throws `ToolError`. */
export async function readChanges(
  context: Context,
  values: Readonly<Record<string, unknown>>,
  how: keyof typeof HOW | undefined,
  view: string | undefined,
): Promise<Change[]> {
  return Promise.all(
    Object.entries(values).map(async ([label, given]) => {
      const field = await findField(context, label, view);
      if (field.read_only) throw new ToolError(`${field.label} is read-only in the view ${field.view}.`);
      const list = given === null ? [] : Array.isArray(given) ? given : [given];
      const empty = list.length === 0;
      const mode = empty ? 'overwrite' : how ? HOW[how] : field.multi ? 'append' : 'overwrite';
      if (!field.multi && list.length > 1)
        throw new ToolError(`${field.label} holds one value, ${list.length} were given.`);
      if (field.required && empty) throw new ToolError(`${field.label} is required: it can't be emptied.`);
      return { field, mode, values: list.map((one) => toStored(field, one)) };
    }),
  );
}

/** What a document has in a field, as a list. */
export function valuesIn(metadata: unknown, name: string): Value[] {
  const found = (metadata as Record<string, unknown> | undefined)?.[name];
  const list = Array.isArray(found) ? found : [found];
  return list.filter((one): one is Value => ['string', 'number', 'boolean'].includes(typeof one));
}

const key = (value: Value): string => String(value);

/** Whether the values are what the change makes of them: then there is nothing to do, or it was done. */
export function holds({ mode, values }: Change, now: readonly Value[]): boolean {
  const have = new Set(now.map(key));
  if (mode === 'append') return values.every((value) => have.has(key(value)));
  if (mode === 'delete') return !values.some((value) => have.has(key(value)));
  return have.size === new Set(values.map(key)).size && values.every((value) => have.has(key(value)));
}

/** Values after the change. */
export function after({ mode, values }: Change, now: readonly Value[]): Value[] {
  if (mode === 'overwrite') return [...values];
  if (mode === 'delete') return now.filter((value) => !values.map(key).includes(key(value)));
  return [...now, ...values.filter((value) => !now.map(key).includes(key(value)))];
}

/** Up to so many assets are written and read one by one: each says at once what is wrong with it. */
export const FEW = 25;

/** The values as they are now: read one by one where there are few, since the index is behind; else as indexed. */
export async function current(context: Context, docs: readonly Doc[], changes: readonly Change[]): Promise<Item[]> {
  const names = changes.map(({ field }) => field.name);
  if (docs.length > FEW) {
    return docs.map(({ id = '', title = id, metadata: values }) => ({
      id,
      title,
      old: Object.fromEntries(names.map((name) => [name, valuesIn(values, name)])),
    }));
  }
  const { done, failed } = await each(docs, context, ({ id = '' }) => read(context, id, changes));
  if (failed[0]) throw failed[0].error;
  return done.map(({ item: { id = '', title = id }, result }) => ({ id, title, old: result }));
}

async function read(context: Context, asset_id: string, changes: readonly Change[]): Promise<Item['old']> {
  const fields = changes.map(({ field }) => field);
  const stored = await storedOf(context, asset_id, fields);
  return Object.fromEntries(fields.map(({ name }) => [name, storedIn(stored, name)]));
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

export interface Written {
  /** Read back as it should be. */
  readonly verified: readonly Item[];
  readonly failed: readonly { readonly item: Item; readonly error: string }[];
  /** Sent, and not yet to be seen. */
  readonly unseen: readonly Item[];
  /** Not known to be done: the time was over, or Iconik failed. */
  readonly rest: readonly Item[];
  /** Why it was stopped before the time was over. */
  readonly stopped?: string;
}

/**
 * Writes the changes on every item and reads back. Few are written one by one; many by Iconik's batch operation
 * (`PUT /metadata/v1/assets/views/{view_id}/`), which answers 202 and goes on in the background.
 */
export async function write(context: Context, changes: readonly Change[], items: readonly Item[]): Promise<Written> {
  return items.length <= FEW ? oneByOne(context, changes, items) : inBatches(context, changes, items);
}

async function oneByOne(context: Context, changes: readonly Change[], items: readonly Item[]): Promise<Written> {
  const { done, failed, rest } = await each(items, context, async ({ id }) => {
    for (const [view_id, own] of byView(changes)) {
      await context.use(metadata.tools.update_asset_metadata, { asset_id: id, view_id, metadata_values: bodyOf(own) });
    }
    const now = await read(context, id, changes).catch(instead(context, undefined));
    return now !== undefined && changes.every((change) => holds(change, now[change.field.name] ?? []));
  });
  return {
    verified: done.filter(({ result }) => result).map(({ item }) => item),
    unseen: done.filter(({ result }) => !result).map(({ item }) => item),
    failed: failed.map(({ item, error }) => ({ item, error: reasonOf(error) })),
    rest,
  };
}

/** Milliseconds in which nothing came to be seen, after which no more will; and how many may then be left. */
const STALLED = 5_000;
const MANY = 500;

async function inBatches(context: Context, changes: readonly Change[], items: readonly Item[]): Promise<Written> {
  const sent: Item[] = [];
  const rest: Item[] = [];
  let stopped: string | undefined;
  for (const batch of batches(items)) {
    // Time is kept for reading back.
    if (stopped || context.timeLeft() < 5_000) {
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
      // What went before stands: it is read back and told, and a repeat goes on from here.
      if (context.signal.aborted || sent.length === 0) throw error;
      stopped = reasonOf(error);
      rest.push(...batch);
    }
  }
  const verified = new Map<string, Item>();
  let open = sent;
  let moved = performance.now();
  let stalled = false;
  for (let wait = 300; open.length > 0 && context.timeLeft() > 4_000; wait = Math.min(2_000, wait * 1.5)) {
    await sleep(wait, undefined, { signal: context.signal });
    const fields = changes.map(({ field }) => `metadata.${field.name}`);
    const ids = { name: 'id', value_in: open.map(({ id }) => id) };
    const docs = await all(context, { doc_types: ['assets'], terms: [ids] }, fields).catch(instead(context, []));
    const before = open.length;
    const now = new Map(docs.map((doc) => [doc.id, doc.metadata]));
    for (const item of open) {
      const seen = now.get(item.id);
      if (changes.every((change) => holds(change, valuesIn(seen, change.field.name)))) verified.set(item.id, item);
    }
    open = open.filter(({ id }) => !verified.has(id));
    if (open.length < before) moved = performance.now();
    // What the index does not come to show is written one by one, which also says why.
    stalled = open.length <= MANY && performance.now() - moved > STALLED;
    if (stalled || (open.length <= FEW && open.length === before)) break;
  }
  const single =
    stalled || open.length <= FEW
      ? await oneByOne(context, changes, open)
      : { verified: [], failed: [], unseen: open, rest: [] };
  return {
    ...single,
    verified: [...verified.values(), ...single.verified],
    rest: [...rest, ...single.rest],
    ...(stopped && { stopped }),
  };
}
