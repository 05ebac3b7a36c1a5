import { MediaError } from '../../../media/errors.ts';
import { onFrame } from '../../../media/points.ts';
import type { SheetRow } from '../../../media/sheet.ts';
import type { Clip, Counting } from '../../../media/time.ts';
import { formatDuration } from '../../../media/units.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import type { Field } from '../../library/metadata/fields.ts';
import type { Problem } from '../../library/metadata/line_problems.ts';
import { toStored, type Value } from '../../library/metadata/values.ts';
import type { Doc } from '../../library/search.ts';
import type { Note } from '../../library/segments/notes.ts';
import { requireNoteLength } from '../../library/segments/notes.ts';
import type { Columns } from './columns.ts';
import { durationIn, stepOf, timeIn } from './time_columns.ts';
import { valuesIn } from './value_columns.ts';

/** A valid row. */
export interface Row {
  readonly line: number;
  readonly asset: Doc;
  readonly clip: Clip;
  readonly segment?: Note;
  readonly readAs?: Counting;
  /** The length that its duration column says, where that is not what is between in and out. */
  readonly otherLength?: string;
  readonly values: readonly { readonly header: string; readonly field: Field; readonly values: readonly Value[] }[];
}

/** Parses the cells of a row: times by the asset's clock, values by their fields. `counting`: what `HH:MM:SS` counts. */
export function readRow(
  columns: Columns,
  row: SheetRow,
  asset: Doc,
  clip: Clip,
  counting: Counting | undefined,
): Row | Problem[] {
  const problems: Problem[] = [];
  const attempt = <T>(header: string, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ToolError || error instanceof MediaError)) throw error;
      problems.push({ line: row.line, kind: 'invalid', words: `column ${inQuotes(header)}: ${error.message}` });
      return undefined;
    }
  };
  const place = placeOf(columns, row, clip, counting, attempt);
  const values = columns.filled.flatMap((one) => {
    const { header, field, decimal } = one;
    const cells = valuesIn(one, row);
    const stored = cells.flatMap((cell) => attempt(header, () => [toStored(field, cell, { decimal })]) ?? []);
    return cells.length > 0 ? [{ header, field, values: stored }] : [];
  });
  const text = columns.text
    .map((cell) => cell(row))
    .filter(Boolean)
    .join(' · ');
  attempt('text', () => requireNoteLength(text));
  if (problems.length > 0) return problems;
  const segment = place && { start: place.start, end: place.end, text };
  const otherLength = place && otherLengthIn(columns, row, clip, place);
  return {
    ...{ line: row.line, asset, clip, values },
    ...(segment && { segment, readAs: place.readAs }),
    ...(otherLength && { otherLength }),
  };
}

type Attempt = <T>(header: string, read: () => T) => T | undefined;

/** Start and end of a row's segment; the end is that of the out column, or else start and duration. */
function placeOf(columns: Columns, row: SheetRow, clip: Clip, counting: Counting | undefined, attempt: Attempt) {
  const { in: start, out, duration } = columns;
  const time = (column: typeof start) =>
    column && attempt(column.header, () => timeIn(column, row, clip, counting) ?? null);
  const [from, to] = [time(start), time(out)];
  if (!start || from === undefined || (out && to === undefined)) return undefined;
  const refuse = (column: { readonly header: string }, words: string) =>
    attempt(column.header, () => {
      throw new ToolError(words);
    });
  const length = to || !duration ? null : attempt(duration.header, () => durationIn(duration, row, clip) ?? null);
  if (length === undefined) return undefined;
  if (from === null) return to || length ? refuse(start, 'is empty, but there is an end.') : undefined;
  if (out && to && to.milliseconds < from.milliseconds)
    return refuse(out, `${inQuotes(out.cell(row))} is before the start ${inQuotes(start.cell(row))}.`);
  const first = onFrame(from.milliseconds, clip);
  if (!duration || length === null)
    return { start: first, end: to && to.milliseconds > first ? to.milliseconds : first, readAs: from.readAs };
  const end = attempt(duration.header, () => {
    const { milliseconds, isInside } = endAfter(from.milliseconds + length, clip);
    if (isInside) return milliseconds;
    throw new ToolError(
      `${inQuotes(duration.cell(row))} from ${inQuotes(start.cell(row))} on goes beyond the end of the clip.`,
    );
  });
  return end === undefined ? undefined : { start: first, end: Math.max(first, end), readAs: from.readAs };
}

/** What a duration column says where in and out say something else: `"0:30", and "1:00" to "1:10" are 0:10`. */
function otherLengthIn(columns: Columns, row: SheetRow, clip: Clip, place: { start: number; end: number }) {
  const { in: from, out, duration } = columns;
  const written = [from, out, duration].map((column) => column?.cell(row).trim() ?? '');
  if (!from || !out || !duration || written.includes('')) return undefined;
  const length = readable(() => durationIn(duration, row, clip));
  const between = place.end - place.start;
  // Some programs count the last frame, and whoever writes whole seconds rounds.
  const step = Math.max(...[from, out, duration].map((column) => stepOf(column, row, clip)));
  if (length === undefined || Math.abs(length - between) <= step) return undefined;
  const [start = '', end = '', own = ''] = written.map(inQuotes);
  return `${own}, and ${start} to ${end} is ${formatDuration(between)}`;
}

/** A duration beside an end is not needed: one that nobody can read says nothing. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof MediaError) return undefined;
    throw error;
  }
}

/** An end less than a second beyond that of the clip is its end, as for times that are written. */
const endAfter = (end: number, { duration = Number.POSITIVE_INFINITY }: Clip) => ({
  milliseconds: Math.min(end, duration),
  isInside: end <= duration + 999,
});

/** Rows that give one asset different values for a field that holds one. */
export function conflictsIn(rows: readonly Row[]): Problem[] {
  const wanted = new Map<string, { readonly rows: Row[]; readonly values: Set<string>; readonly header: string }>();
  for (const row of rows)
    for (const { header, field, values } of row.values) {
      if (field.multi) continue;
      const key = `${row.asset.id} ${field.name}`;
      const known = wanted.get(key) ?? { rows: [], values: new Set<string>(), header };
      known.rows.push(row);
      for (const value of values) known.values.add(String(value));
      wanted.set(key, known);
    }
  return [...wanted.values()].flatMap(({ rows: own, values, header }) => {
    if (values.size < 2) return [];
    const [first] = own;
    const words = `column ${inQuotes(header)}: the rows of ${inQuotes(first?.asset.title ?? '')} want ${[...values].join(' and ')}, but the field holds one value. Give one value, or put the column in the text: columns {"text": [${inQuotes(header)}]}.`;
    return own.map(({ line }): Problem => ({ line, kind: 'invalid', words }));
  });
}
