import { titleOf } from '../plans/titles.ts';
import { after, type Change, holds, type Item } from './change.ts';
import { quotedValue, type Value } from './values.ts';

/** `"Title": Clearance Pending → Cleared`, without what the asset has already. */
export function changeLine(item: Item, changes: readonly Change[]): string {
  const parts = changeRows(item, changes).map((row) => `${row.label} ${row.old} → ${row.new}`);
  return `${titleOf(item)}: ${parts.join('; ')}`;
}

/** The same as a row a label. */
export function changeRows({ title, apart, old }: Item, changes: readonly Change[]) {
  const shown = ({ field }: Change, values: readonly Value[]) =>
    values.map((value) => quotedValue(field, value)).join(', ') || 'empty';
  return changes.flatMap((change) => {
    const before = old[change.field.name] ?? [];
    if (holds(change, before)) return [];
    const { label } = change.field;
    return [
      {
        asset: apart === undefined ? title : `${title} (${apart})`,
        label,
        old: shown(change, before),
        new: shown(change, after(change, before)),
      },
    ];
  });
}
