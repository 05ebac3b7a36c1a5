import { after, type Change, type Item } from '../../library/metadata/change.ts';
import { undoCall } from '../../library/plans/undo_call.ts';
import { staysFilled } from '../../library/plans/value_runs.ts';

export interface Given {
  readonly values?: Readonly<Record<string, unknown>> | undefined;
  readonly view?: string | undefined;
}

/** One value of one asset; where it is lost, the answer has the call that brings it back. */
export const isSmall = (items: readonly Item[], changes: readonly Change[], given: Given): boolean =>
  items.length === 1 &&
  changes.length === 1 &&
  (lost(items, changes) === 0 || (lost(items, changes) === 1 && undoOfOne(items, changes, given).length > 0));

/** The call that sets one asset back. A single change takes back what it gave or took; several set all to what was. */
export function undoOfOne(
  [item, other]: readonly Item[],
  changes: readonly Change[],
  { values = {}, view }: Given,
): string[] {
  if (!item || other || changes.some(({ field }) => staysFilled(field, item.old[field.name] ?? []))) return [];
  const [{ mode } = { mode: 'overwrite' }] = changes;
  const isPart = changes.length === 1 && mode !== 'overwrite';
  const old = Object.keys(values).map((label, n) => {
    const change = changes[n] as Change;
    const had = item.old[change.field.name] ?? [];
    const took =
      mode === 'append' ? after(change, had).slice(had.length) : had.filter((one) => !after(change, had).includes(one));
    return { label, value: (isPart ? took : had).map(String) };
  });
  const how = isPart ? (mode === 'append' ? 'remove' : 'append') : 'replace';
  return undoCall('set_metadata', { assets: [item.id], values: old, how, ...(view && { view }) });
}

/** How many values the changes take away. */
const lost = (items: readonly Item[], changes: readonly Change[]): number =>
  items.flatMap(({ old }) =>
    changes.flatMap((change) => {
      const now = old[change.field.name] ?? [];
      const kept = after(change, now);
      return now.filter((value) => !kept.includes(value));
    }),
  ).length;
