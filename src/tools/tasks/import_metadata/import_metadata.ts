import * as z from 'zod';
import { plural } from '../../../text/english.ts';
import { task } from '../../define.ts';
import { idsOf, keepWritten } from '../../library/kept_selections.ts';
import { CLEAR } from '../../library/metadata/cells.ts';
import { planLines } from '../../library/metadata/change_line.ts';
import { type ValueSet, valueSets, writeValues } from '../../library/metadata/value_sets.ts';
import { refusalNote } from '../../library/plans/refusals.ts';
import { labelOf } from '../../library/plans/titles.ts';
import { staysFilledNotes, undoAhead, undoOfRun } from '../../library/plans/value_runs.ts';
import { integer, strings, text } from '../../params.ts';
import { outOfTime, showing } from '../../run/notes.ts';
import { planSheet, type SheetPlan } from './plan.ts';

interface Plan {
  readonly sets: readonly ValueSet[];
  /** For an answer without a plan before it. */
  readonly unchanged: number;
  readonly problems: readonly string[];
}

export const import_metadata = task({
  title: 'Import metadata from CSV',
  description:
    'Take an edited metadata spreadsheet (CSV of export_metadata) back in by id. Returns a plan first: old → new where it changed, and refused cells. By title: import_log.',
  effect: 'update',
  roles: ['can_write_metadata_values', 'can_read_metadata_values', 'can_search'],
  input: {
    csv: z.string().min(1).describe(`Columns id and labels. An empty cell changes nothing, ${CLEAR} clears.`),
  },
  output: {
    changed: integer,
    unchanged: integer,
    failed: strings,
    unconfirmed: strings,
    remaining: integer,
    not_written: strings,
    selection: text,
    notes: strings,
  },
  preview: async ({ csv }, context) => {
    const sheet = await planSheet(context, csv);
    const { changed, unchanged, kept, problems } = sheet;
    const { affected, rows, shown } = planLines(changed);
    const plan: Plan = { sets: valueSets(changed), unchanged, problems };
    return {
      preview: {
        summary: summaryOf(sheet, undoAhead(context, shown, changed.length)),
        affected,
        rows,
        notes: [
          ...(changed.length > 0 ? [`Unchanged: ${plural(unchanged, 'value')}.`] : []),
          ...(kept > 0 ? [`Empty cells leave ${plural(kept, 'value')} as they are: ${CLEAR} clears.`] : []),
          ...sheet.notes,
          ...(changed.length > 0 ? problems.map((problem) => `Not written: ${problem}`) : []),
          ...(changed.length > shown ? [showing(shown, changed.length)] : []),
          ...staysFilledNotes(changed),
          ...refusalNote(changed, 'write'),
        ],
      },
      plan,
      touches: changed.map(({ id }) => id),
      skipConfirm: changed.length === 0,
    };
  },
  run: async (_, context, { sets, unchanged, problems }: Plan) => {
    const { changed, same, written, failed, unconfirmed, rest } = await writeValues(context, sets);
    return {
      changed,
      unchanged: unchanged + same,
      ...(failed.length > 0 && { failed: failed.map(({ item, error }) => `${labelOf(item)}: ${error}`) }),
      ...(unconfirmed.length > 0 && { unconfirmed: unconfirmed.map(labelOf) }),
      ...(rest.length > 0 && { remaining: rest.length }),
      ...(problems.length > 0 && { not_written: [...problems] }),
      ...keepWritten(context, 'import_metadata', undefined, idsOf(written)),
      notes: [
        changed > 0 ? 'The changed values were read back.' : nothingWritten(problems, unchanged),
        ...undoOfRun(context, 'import_metadata', sets, { failed, rest }),
        ...(rest.length > 0 ? [outOfTime(rest.length)] : []),
      ],
    };
  },
});

function nothingWritten(problems: readonly string[], unchanged: number): string {
  if (problems.length === 0) return 'Nothing was written.';
  return unchanged > 0
    ? 'Nothing was written: the valid cells are as they were, for the others see not_written.'
    : 'Nothing was written: no line is valid, see not_written.';
}

/** `Changes 14 values on 12 of 40 lines: Clearance 10, Rating 4. The answer has the undo; …`. */
function summaryOf({ rows, changed, unchanged, problems }: SheetPlan, undo: string): string {
  if (changed.length === 0)
    return `Nothing to write for ${plural(rows, 'line')}: ${problems.length > 0 ? 'see not_written' : `${plural(unchanged, 'value')} are as in the sheet`}.`;
  const counts = new Map<string, number>();
  for (const { changes } of changed)
    for (const { field } of changes) counts.set(field.label, (counts.get(field.label) ?? 0) + 1);
  const total = [...counts.values()].reduce((sum, one) => sum + one, 0);
  const labels = [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
  return `Changes ${plural(total, 'value')} on ${plural(changed.length, 'asset')} of ${plural(rows, 'line')}: ${labels}. ${undo}`;
}
