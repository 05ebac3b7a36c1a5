import { countFittingLines } from '../../../text/tokens.ts';
import { twinsAmong } from '../plans/refusals.ts';
import { after, type Change, type Changed, holds } from './change.ts';
import { quotedValue, type Value } from './values.ts';

/** Assets listed in a plan, and tokens of their lines. */
const MAX_IN_PLAN = 50;
const MAX_PLAN_TOKENS = 2_000;

/** The first assets of a plan as lines and as rows; of one title, each with its id. */
export function planLines(all: readonly Changed[]) {
  const apart = apartAmong(all);
  const lines = all.slice(0, MAX_IN_PLAN).map((one) => changeLine(one, apart));
  const shown = countFittingLines(lines, 0, MAX_PLAN_TOKENS);
  const rows = all.slice(0, shown).flatMap((one) => changeRows(one, apart));
  return { affected: lines.slice(0, shown), rows, shown };
}

/** What tells assets of one title apart. */
export const apartAmong = (all: readonly Pick<Changed, 'id' | 'title'>[]): ((id: string) => string) =>
  twinsAmong(all.map(({ id, title }) => ({ id, title })));

/** `"Title": Clearance Pending → Cleared`, without what the asset has already. */
export function changeLine(one: Changed, apart: (id: string) => string): string {
  const parts = changeRows(one, apart).map((row) => `${row.label} ${row.old} → ${row.new}`);
  return `"${one.title}"${apart(one.id)}: ${parts.join('; ')}`;
}

/** The same as a row a label. */
function changeRows({ id, title, old, changes }: Changed, apart: (id: string) => string) {
  const shown = ({ field }: Change, values: readonly Value[]) =>
    values.map((value) => quotedValue(field, value)).join(', ') || 'empty';
  return changes.flatMap((change) => {
    const before = old[change.field.name] ?? [];
    if (holds(change, before)) return [];
    const { label } = change.field;
    const asset = `${title}${apart(id)}`;
    return [{ asset, label, old: shown(change, before), new: shown(change, after(change, before)) }];
  });
}
