import {
  type Change,
  currentItems,
  holds,
  type Item,
  ONE_BY_ONE_LIMIT,
  valuesIn,
} from '../../library/metadata/change.ts';
import type { Value } from '../../library/metadata/values.ts';
import { type Written, write } from '../../library/metadata/write.ts';
import type { Doc } from '../../library/search.ts';
import { batches, each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import type { Columns } from './columns.ts';
import type { Row } from './rows.ts';

/** Values to write, and the assets that get them. */
export interface ValueSet {
  readonly changes: readonly Change[];
  readonly items: readonly Item[];
}

/** The rows, with the current values of recently written assets, which the index may not know yet. */
export async function withCurrentValues(
  context: Context,
  { filled }: Columns,
  rows: readonly Row[],
  recent: ReadonlySet<string>,
): Promise<Row[]> {
  const assets = new Map(rows.map(({ asset }) => [asset.id, asset]));
  const docs = [...assets.values()].filter(({ id = '' }) => recent.has(id));
  const changes = filled.map(({ field }): Change => ({ field, mode: 'append', values: [] }));
  const read = await Promise.all(
    batches(changes.length > 0 ? docs : [], ONE_BY_ONE_LIMIT).map((some) => currentItems(context, some, changes)),
  );
  const values = new Map(read.flat().map(({ id, old }) => [id, old]));
  return rows.map((row) => {
    const metadata = values.get(String(row.asset.id));
    return metadata ? { ...row, asset: { ...row.asset, metadata: { ...metadata } } } : row;
  });
}

/** Groups assets that get the same values; `same` counts values that an asset already has. */
export function groupByValues(rows: readonly Row[]): { readonly sets: ValueSet[]; readonly same: number } {
  const sets = new Map<string, { readonly changes: Change[]; readonly items: Item[] }>();
  let same = 0;
  for (const { asset, changes } of changesByAsset(rows)) {
    const { id = '', title = id, metadata } = asset;
    const open = changes.filter((one) => !holds(one, valuesIn(metadata, one.field.name)));
    same += changes.length - open.length;
    if (open.length === 0) continue;
    const key = JSON.stringify(open.map(({ field, values }) => [field.view_id, field.name, values]));
    const set = sets.get(key) ?? { changes: open, items: [] };
    const old = Object.fromEntries(open.map(({ field: { name } }) => [name, valuesIn(metadata, name)]));
    set.items.push({ id, title, old });
    sets.set(key, set);
  }
  return { sets: [...sets.values()], same };
}

/** Merges the rows of each asset: a field of several values collects those of all rows. */
function changesByAsset(rows: readonly Row[]): { readonly asset: Doc; readonly changes: readonly Change[] }[] {
  const byAsset = new Map<string, { readonly asset: Doc; readonly changes: Map<string, Change> }>();
  for (const { asset, values } of rows)
    for (const { field, values: given } of values) {
      const own = byAsset.get(String(asset.id)) ?? { asset, changes: new Map<string, Change>() };
      const before = field.multi ? (own.changes.get(field.name)?.values ?? []) : [];
      const merged = [...new Set<Value>([...before, ...given])];
      own.changes.set(field.name, { field, mode: field.multi ? 'append' : 'overwrite', values: merged });
      byAsset.set(String(asset.id), own);
    }
  return [...byAsset.values()].map(({ asset, changes }) => ({ asset, changes: [...changes.values()] }));
}

/** Values counted; assets for which they failed, are unconfirmed or were not started. */
export interface WrittenValues extends Pick<Written, 'failed' | 'unconfirmed' | 'rest'> {
  readonly changed: number;
  readonly same: number;
}

/** Writes the value sets concurrently, leaving out assets that have the values by now. */
export async function writeValues(context: Context, sets: readonly ValueSet[]): Promise<WrittenValues> {
  const { done, failed, rest } = await each(sets, context, async ({ changes, items }) => {
    const now = await readCurrent(context, changes, items);
    const open = now.filter(({ old }) => changes.some((one) => !holds(one, old[one.field.name] ?? [])));
    return { same: now.length - open.length, ...(await write(context, changes, open)) };
  });
  return {
    changed: done.reduce((sum, { item, result }) => sum + result.verified.length * item.changes.length, 0),
    same: done.reduce((sum, { item, result }) => sum + result.same * item.changes.length, 0),
    unconfirmed: done.flatMap(({ result }) => result.unconfirmed),
    failed: [
      ...done.flatMap(({ result }) => result.failed),
      ...failed.flatMap(({ item, error }) => item.items.map((one) => ({ item: one, error: error.message }))),
    ],
    rest: [...done.flatMap(({ result }) => result.rest), ...rest.flatMap(({ items }) => items)],
  };
}

/** The current values; if one asset cannot be read, those of the plan: writing then reports which asset fails. */
async function readCurrent(context: Context, changes: readonly Change[], items: readonly Item[]) {
  try {
    const docs = items.map(({ id, title, old }) => ({ id, title, metadata: { ...old } }));
    return await currentItems(context, docs, changes);
  } catch (error) {
    if (context.signal.aborted) throw error;
    return items;
  }
}
