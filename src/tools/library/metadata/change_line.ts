import { after, type Change, type Item } from './change.ts';
import { quotedValue, type Value } from './values.ts';

/** `"Title": Clearance Pending → Cleared`. */
export function changeLine({ title, old }: Item, changes: readonly Change[]): string {
  const shown = ({ field }: Change, values: readonly Value[]) =>
    values.map((value) => quotedValue(field, value)).join(', ') || 'empty';
  const parts = changes.map((change) => {
    const before = old[change.field.name] ?? [];
    return `${change.field.label} ${shown(change, before)} → ${shown(change, after(change, before))}`;
  });
  return `"${title}": ${parts.join('; ')}`;
}
