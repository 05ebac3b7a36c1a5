import * as z from 'zod';
import { capitalized, plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { task } from '../../define.ts';
import { keepWritten } from '../../library/kept_selections.ts';
import { type WrittenValues, writeValues } from '../../library/metadata/value_sets.ts';
import { keepRun } from '../../library/plans/own_runs.ts';
import { undoCall } from '../../library/plans/undo_call.ts';
import { undoOfRun } from '../../library/plans/value_runs.ts';
import { RUNS, type Run } from '../../library/segments/runs.ts';
import { byLabel, integer, strings, text } from '../../params.ts';
import { outOfTime } from '../../run/notes.ts';
import type { Context } from '../../types.ts';
import { type Plan, planLog } from './plan.ts';
import { rememberWritten } from './recent_writes.ts';
import { type AddedSegments, addSegments } from './segments.ts';

export const import_log = task({
  title: 'Import a log sheet',
  description:
    'Import a log sheet or spreadsheet (CSV with file or title, in, out, more columns), or markers of Premiere, Avid, Resolve, Final Cut, as markers and metadata. Returns a plan first: which rows match, are ambiguous, unknown or invalid.',
  effect: 'update',
  roles: ['can_create_segments', 'can_read_segments', 'can_write_metadata_values', 'can_search'],
  input: {
    csv: z
      .string()
      .min(1)
      .describe('The table with its header line; or an ALE, EDL, FCPXML, SRT, VTT, or marker list.'),
    asset: z.string().min(1).optional().describe('The clip, where rows name none.'),
    columns: byLabel
      .optional()
      .describe('Column names by role (file, in, out, duration, text, skip) or metadata label. Default: by header.'),
    times: z.enum(['timecode', 'elapsed']).optional().describe('What HH:MM:SS counts. Default: what fits.'),
    kind: z.enum(['MARKER', 'COMMENT', 'TAG', 'GENERIC']).optional().describe('Default MARKER.'),
    collection: z.string().min(1).optional().describe('Only assets in it or below: name, path or id.'),
    view: z.string().min(1).optional().describe('If several have a label.'),
  },
  output: {
    rows: integer,
    in_place: integer,
    segments: integer,
    values: integer,
    already_there: integer,
    failed: strings,
    unconfirmed: strings,
    remaining: integer,
    not_written: strings,
    selection: text,
    notes: strings,
  },
  preview: async (args, context) => {
    const plan = await planLog(context, args);
    const isEmpty = plan.marked.length + plan.sets.length === 0;
    return {
      preview: {
        summary: isEmpty ? emptySummary(plan) : summaryOf(plan, context),
        affected: plan.examples,
        notes: [
          ...plan.notAsWritten,
          ...plan.notes,
          // Where nothing is to be written, the answer itself has these in `in_place` and `not_written`.
          ...(isEmpty ? [] : leftOut(plan)),
        ],
      },
      plan,
      touches: assetIdsOf(plan),
      skipConfirm: isEmpty,
    };
  },
  run: async (_, context, plan: Plan) => {
    rememberWritten(context, assetIdsOf(plan));
    const segments = await addSegments(context, plan.kind, plan.marked);
    const values = await writeValues(context, plan.sets);
    return report(context, plan, segments, values);
  },
});

const assetIdsOf = ({ marked, sets }: Plan): string[] => [
  ...new Set([...marked, ...sets.flatMap(({ items }) => items)].map(({ id }) => id)),
];

const leftOut = ({ same, problems }: Plan): string[] => [
  ...(same > 0 ? [`${same} segments and values exist already and are skipped.`] : []),
  ...problems.map((problem) => `Not written: ${problem}`),
];

function emptySummary({ rows, same }: Plan): string {
  const cause = same > 0 ? `${same} segments and values exist already` : 'no row is valid';
  return `Nothing to write for ${plural(rows, 'row')}: ${cause}.`;
}

/** `36 of 40 rows are valid. Creates 36 segments (MARKER) and sets 36 values (Rating) on 36 assets. Leaves out …` */
function summaryOf(plan: Plan, { offers }: Context): string {
  const { rows, lines, marked, sets, kind, counts } = plan;
  const created = marked.reduce((sum, { notes }) => sum + notes.length, 0);
  const labels = [...new Set(sets.flatMap(({ changes }) => changes.map(({ field }) => field.label)))];
  const filled = sets.reduce((sum, { changes, items }) => sum + changes.length * items.length, 0);
  const changes = [
    created > 0 && `creates ${plural(created, 'segment')} (${kind})`,
    filled > 0 && `sets ${plural(filled, 'value')} (${labels.join(', ')})`,
  ].filter(Boolean);
  return [
    `${lines.length} of ${plural(rows, 'row')} ${lines.length === 1 ? 'is' : 'are'} valid.`,
    `${capitalized(changes.join(' and '))} on ${plural(assetIdsOf(plan).length, 'asset')}.`,
    `Leaves out ${counts.ambiguous} ambiguous, ${counts.unknown} unknown and ${counts.invalid} invalid rows.`,
    undoAhead(offers, filled > 0, created > 0),
  ].join(' ');
}

function undoAhead(offers: Context['offers'], hasValues: boolean, hasSegments: boolean): string {
  const values = hasValues && offers('set_metadata') && 'the undo of the values';
  const segments = hasSegments && offers('annotate_asset') && 'the undo of the segments, asset by asset';
  const known = [values, segments].filter(Boolean);
  return known.length > 0 ? `The answer has ${known.join(' and ')}.` : 'There is no undo.';
}

/** The call that takes the segments of an asset back; its handle knows those of the others, too. */
function undoOfSegments(context: Context, [first, ...others]: readonly Run[]): string[] {
  if (!first || !context.offers('annotate_asset')) return [];
  const undo = keepRun(context, RUNS, { ...first, ...(others.length > 0 && { others }) });
  const more = others.length > 0 ? `; the same with each of the ${others.length} other assets` : '';
  return undoCall('annotate_asset', { asset: first.asset_id, undo }, 'Undo of the segments').map(
    (call) => `${call}${more}`,
  );
}

function report(context: Context, plan: Plan, segments: AddedSegments, values: WrittenValues) {
  const failures = [...segments.failed, ...values.failed];
  const unconfirmed = [...segments.unconfirmed, ...values.unconfirmed];
  const remaining = new Set([...segments.rest, ...values.rest].map(({ id }) => id));
  const incomplete = new Set([
    ...failures.map(({ item }) => item.id),
    ...unconfirmed.map(({ id }) => id),
    ...remaining,
  ]);
  const isAny = segments.created + values.changed > 0;
  const complete = isAny ? assetIdsOf(plan).filter((id) => !incomplete.has(id)) : [];
  const failed = failures.map(
    ({ item, error }) => `${lineNumbers(plan, item.id)}, ${inQuotes(item.title)} (${item.id}): ${error}`,
  );
  return {
    rows: plan.rows,
    in_place: plan.lines.filter(({ id }) => !incomplete.has(id)).length,
    segments: segments.created,
    values: values.changed,
    already_there: plan.same + segments.same + values.same,
    ...(failed.length > 0 && { failed }),
    ...(unconfirmed.length > 0 && { unconfirmed: unconfirmed.map(({ title, id }) => `${inQuotes(title)} (${id})`) }),
    ...(remaining.size > 0 && { remaining: remaining.size }),
    ...(plan.problems.length > 0 && { not_written: [...plan.problems] }),
    ...keepWritten(context, 'import_log', undefined, complete),
    notes: [
      outcomeNote(plan, segments.created + values.changed),
      ...plan.notAsWritten,
      ...undoOfRun(context, 'import_log', plan.sets, values),
      ...undoOfSegments(context, segments.runs),
      ...(remaining.size > 0 ? [outOfTime(remaining.size)] : []),
    ],
  };
}

function outcomeNote({ lines }: Plan, written: number): string {
  if (written > 0) return 'The counted segments and values were read back.';
  return lines.length === 0 ? 'Nothing was written: no row is valid, see not_written.' : 'Nothing was written.';
}

/** `lines 3, 7`: the rows about an asset. */
function lineNumbers({ lines }: Plan, id: string): string {
  const own = lines.filter((one) => one.id === id).map(({ line }) => line);
  return `line${own.length > 1 ? 's' : ''} ${own.join(', ')}`;
}
