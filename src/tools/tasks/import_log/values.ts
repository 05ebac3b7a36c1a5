import { type Change, currentItems, holds, ONE_BY_ONE_LIMIT, valuesIn } from '../../library/metadata/change.ts';
import { type ValueSet, valueSets } from '../../library/metadata/value_sets.ts';
import type { Value } from '../../library/metadata/values.ts';
import type { Doc } from '../../library/search.ts';
import { batches } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import type { Columns } from './columns.ts';
import type { Row } from './rows.ts';

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
  const all = changesByAsset(rows).map(({ asset, changes }) => {
    const { id = '', title = id, metadata } = asset;
    const old = Object.fromEntries(changes.map(({ field: { name } }) => [name, valuesIn(metadata, name)]));
    return { id, title, old, changes: changes.filter((one) => !holds(one, old[one.field.name] ?? [])), all: changes };
  });
  const same = all.reduce((sum, one) => sum + one.all.length - one.changes.length, 0);
  return { sets: valueSets(all), same };
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
