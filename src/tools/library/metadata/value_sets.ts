import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { type Change, type Changed, currentItems, holds, type Item } from './change.ts';
import { type Written, write } from './write.ts';

/** Values to write, and the assets that get them. */
export interface ValueSet {
  readonly changes: readonly Change[];
  readonly items: readonly Item[];
}

/** Groups assets that change in the same way; those without changes are left out. */
export function valueSets(all: readonly Changed[]): ValueSet[] {
  const sets = new Map<string, { readonly changes: readonly Change[]; readonly items: Item[] }>();
  for (const { id, title, old, permissions, changes } of all) {
    if (changes.length === 0) continue;
    const key = JSON.stringify(changes.map(({ field, mode, values }) => [field.view_id, field.name, mode, values]));
    const set = sets.get(key) ?? { changes, items: [] };
    set.items.push({ id, title, old, permissions });
    sets.set(key, set);
  }
  return [...sets.values()];
}

/** Values counted; assets for which they failed, are unconfirmed or were not started. */
export interface WrittenValues extends Pick<Written, 'failed' | 'unconfirmed' | 'rest'> {
  readonly changed: number;
  readonly same: number;
  /** Read back with new values. */
  readonly written: Written['verified'];
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
    written: done.flatMap(({ result }) => result.verified),
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
