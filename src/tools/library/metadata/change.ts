import { NotFound, ToolError } from '../../errors.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import type { Titled } from '../plans/titles.ts';
import { type Doc, isUnindexed } from '../search.ts';
import { type Field, findField } from './fields.ts';
import { storedIn, storedOf } from './stored.ts';
import { toStored, type Value, valuesGiven } from './values.ts';

export type Mode = 'append' | 'delete' | 'overwrite';

/** One field that changes in the same way on every asset. */
export interface Change {
  readonly field: Field;
  readonly mode: Mode;
  readonly values: readonly Value[];
}

export interface Item extends Titled {
  readonly id: string;
  readonly title: string;
  /** Values before, by field name. */
  readonly old: Readonly<Record<string, readonly Value[]>>;
  /** What the user may do with it, as the search index has it. */
  readonly permissions?: readonly string[] | undefined;
}

/** An asset with what changes on it. */
export interface Changed extends Item {
  readonly changes: readonly Change[];
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
      const field = await findField(context, label, view).catch((error: unknown) =>
        Promise.reject(elsewhere(context, label, error)),
      );
      if (field.read_only) throw new ToolError(`${field.label} is read-only in the view ${field.view}.`);
      const list = valuesGiven(given);
      const empty = list.length === 0;
      // A host that fills in what is not given sends "" and [null]: only null and [] clear several values.
      if (empty && field.multi && given !== null && (how ?? 'replace') !== 'replace')
        throw new ToolError(`${field.label}: no value to ${how} was given.`);
      if (empty && field.multi && given !== null && !(Array.isArray(given) && given.length === 0))
        throw new ToolError(
          `${field.label}: ${JSON.stringify(given)} has no value. Give values, or null to clear the field.`,
        );
      const mode = empty ? 'overwrite' : how ? HOW[how] : field.multi ? 'append' : 'overwrite';
      if (!field.multi && list.length > 1)
        throw new ToolError(`${field.label} holds one value, ${list.length} were given.`);
      if (field.required && empty) throw new ToolError(`${field.label} is required: it can't be emptied.`);
      return { field, mode, values: [...new Set(list.map((one) => toStored(field, one)))] };
    }),
  );
}

/** Titles, categories and external ids are no metadata: the error says which tool changes them. */
const elsewhere = ({ offers }: Context, label: string, error: unknown): unknown =>
  error instanceof NotFound && /^(title|category|external.?id)$/i.test(label.trim()) && offers('edit_assets')
    ? new ToolError(`${label} is no metadata field here. edit_assets changes titles, categories and external ids.`)
    : error;

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

/** Up to this many assets are read and written one by one: that is up to date, and each says what is wrong with it. */
export const ONE_BY_ONE_LIMIT = 25;

/** The assets with their values now: read one by one where they are few, or new to the index; else as the index has them. */
export async function currentItems(
  context: Context,
  docs: readonly Doc[],
  changes: readonly Change[],
): Promise<Item[]> {
  const names = changes.map(({ field }) => field.name);
  const isRead = (doc: Doc): boolean => docs.length <= ONE_BY_ONE_LIMIT || isUnindexed(doc);
  const { done, failed } = await each(docs.filter(isRead), context, ({ id = '' }) => readValues(context, id, changes), {
    untimed: true,
  });
  if (failed[0]) throw failed[0].error;
  const read = new Map(done.map(({ item, result }) => [item, result]));
  return docs.map((doc) => {
    const { id = '', title = id, apart, metadata: values, permissions } = doc;
    const old = read.get(doc) ?? Object.fromEntries(names.map((name) => [name, valuesIn(values, name)]));
    return { id, title, apart, old, permissions };
  });
}

/** What an asset holds in the changed fields, read by id. Throws `IconikError`. */
export async function readValues(context: Context, asset_id: string, changes: readonly Change[]): Promise<Item['old']> {
  const fields = changes.map(({ field }) => field);
  const stored = await storedOf(context, asset_id, fields);
  return Object.fromEntries(fields.map(({ name }) => [name, storedIn(stored, name)]));
}
