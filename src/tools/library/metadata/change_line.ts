import { countFittingLines } from '../../../text/tokens.ts';
import { titleOf } from '../plans/titles.ts';
import { after, type Change, type Changed, holds } from './change.ts';
import { quotedValue, type Value } from './values.ts';

/** Assets listed in a plan, and tokens of their lines. */
const MAX_IN_PLAN = 50;
const MAX_PLAN_TOKENS = 2_000;

/** The first assets of a plan as lines and as rows. */
export function planLines(all: readonly Changed[]) {
  const lines = all.slice(0, MAX_IN_PLAN).map(changeLine);
  const shown = countFittingLines(lines, 0, MAX_PLAN_TOKENS);
  const rows = all.slice(0, shown).flatMap(changeRows);
  return { affected: lines.slice(0, shown), rows, shown };
}

/** `"Title": Clearance Pending → Cleared`, without what the asset has already. */
export function changeLine(one: Changed): string {
  const parts = changeRows(one).map((row) => `${row.label} ${row.old} → ${row.new}`);
  return `${titleOf(one)}: ${parts.join('; ')}`;
}

/** The same as a row a label. */
function changeRows({ title, apart, old, changes }: Changed) {
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
