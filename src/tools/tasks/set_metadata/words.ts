import { plural } from '../../../text/english.ts';
import { shorten } from '../../../text/tokens.ts';
import type { Change, Item } from '../../library/metadata/change.ts';
import { quotedValue } from '../../library/metadata/values.ts';

const VERBS: Readonly<Record<Change['mode'], string>> = {
  overwrite: 'Sets',
  append: 'Adds to',
  delete: 'Removes from',
};

/** `Sets Clearance on 2 of 11 assets.` */
export function summaryOf(changes: readonly Change[], count: number, total: number): string {
  const [mode, other] = new Set(changes.map((change) => change.mode));
  const verb = mode && other === undefined ? VERBS[mode] : 'Changes';
  const labels = changes.map(({ field }) => field.label).join(', ');
  const where = total === count ? plural(total, 'asset') : `${count} of ${plural(total, 'asset')}`;
  return `${verb} ${labels} on ${where}.`;
}

/** Old values that a plan counts, and characters of each. */
const MAX_OLD_VALUES = 12;
const MAX_VALUE_LENGTH = 40;

/** `Clearance now: Pending 180, Refused 12, empty 48`, a line for each field, where not every asset is listed. */
export function oldValues(changes: readonly Change[], items: readonly Item[]): string[] {
  return changes.map(({ field }) => {
    const counts = new Map<string, number>();
    for (const { old } of items) {
      const values = (old[field.name] ?? []).map((value) => quotedValue(field, value)).join(', ');
      const key = shorten(values || 'empty', MAX_VALUE_LENGTH);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const all = [...counts].sort((a, b) => b[1] - a[1]);
    const more = all.length > MAX_OLD_VALUES ? `, and ${all.length - MAX_OLD_VALUES} other values` : '';
    return `${field.label} now: ${all
      .slice(0, MAX_OLD_VALUES)
      .map(([value, count]) => `${value} ${count}`)
      .join(', ')}${more}`;
  });
}

export const outcome = (verified: number, all: number, failed: number): string =>
  failed === all
    ? `Nothing was changed: failed has the reason${all === 1 ? '' : ` for each of the ${all}`}.`
    : `Confirmed ${verified} of ${all}: Iconik shows the new values.`;

export const stoppedBy = (error: string, remaining: number): string =>
  `Iconik failed (${error}) with ${remaining} remaining. Call again without confirm to continue; finished items are skipped.`;
