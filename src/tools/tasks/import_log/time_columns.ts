import { MediaError } from '../../../media/errors.ts';
import { type DecimalSign, parseNumber } from '../../../media/numbers.ts';
import { frameToMilliseconds } from '../../../media/rate.ts';
import type { SheetRow } from '../../../media/sheet.ts';
import { type Clip, type Counting, countingOf, parseDuration, parseTime } from '../../../media/time.ts';
import { formatDuration } from '../../../media/units.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { MILLISECONDS, type Unit } from './headers.ts';

/** A column of times: what its plain numbers count and how they are written is the same in all of its cells. */
export interface TimeColumn {
  readonly header: string;
  readonly cell: (row: SheetRow) => string;
  readonly unit?: Unit | undefined;
  readonly decimal?: DecimalSign | undefined;
}

/** The columns of a sheet that place its segments. */
export interface TimeColumns {
  readonly in?: TimeColumn | undefined;
  readonly out?: TimeColumn | undefined;
  readonly duration?: TimeColumn | undefined;
}

const PLAIN_NUMBER = /^\d[\d.,]*$/;

/** The text of a cell, with the unit of its column. Throws `MediaError` for a plain number in a column without unit. */
function withUnit(column: TimeColumn, row: SheetRow, clip: Clip): string {
  const text = column.cell(row).trim();
  if (!PLAIN_NUMBER.test(text)) return text;
  const { header, unit, decimal } = column;
  if (!unit)
    throw new MediaError(
      `${inQuotes(text)} has no unit. Name it in the header of the column, e.g. "${header} (s)" or "${header} (ms)", or write mm:ss.`,
    );
  const number = parseNumber(text, { decimal, whole: isWhole(unit) });
  if (number === undefined) throw new MediaError(`${inQuotes(text)} is not a number.`);
  if (unit !== 'frames') return `${Math.round(number * MILLISECONDS[unit])}ms`;
  if (!clip.clock) throw new MediaError(`${inQuotes(text)} counts frames, but this clip's frame rate is not known.`);
  return `${frameToMilliseconds(number, clip.clock.rate)}ms`;
}

/** A time cell in milliseconds; undefined if it is empty. Throws `MediaError`. */
export const timeIn = (column: TimeColumn, row: SheetRow, clip: Clip, counting: Counting | undefined) => {
  const text = withUnit(column, row, clip);
  return text === '' ? undefined : parseTime(text, clip, counting);
};

/** A length in milliseconds; undefined if the cell is empty. Throws `MediaError`. */
export const durationIn = (column: TimeColumn, row: SheetRow, clip: Clip): number | undefined => {
  const text = withUnit(column, row, clip);
  return text === '' ? undefined : parseDuration(text, clip);
};

/** Milliseconds by which a cell may be off as it is written: whole minutes or seconds, or two frames. */
export function stepOf({ cell, unit }: TimeColumn, row: SheetRow, { clock }: Clip): number {
  const text = cell(row).trim();
  if (/^\d+$/.test(text) && (unit === 's' || unit === 'min' || unit === 'h')) return MILLISECONDS[unit];
  if (/^\d+(:\d\d){1,2}$|^\d+ ?s$/.test(text)) return MILLISECONDS.s;
  return clock ? 2 * frameToMilliseconds(1, clock.rate) : MAX_ROUNDING;
}

/** Milliseconds of two frames where their rate is not known. */
const MAX_ROUNDING = 100;

/** A row whose asset is known. */
interface Placed {
  readonly row: SheetRow;
  readonly clip: Clip;
}

/**
 * The columns with the decimal sign that fits the clips: a number with two readings, as `724.250`, shows the sign of its
 * column if only one of them is inside of its clip.
 */
export function withDecimalSigns(columns: TimeColumns, placed: readonly Placed[]): TimeColumns {
  const decided = (column: TimeColumn | undefined): TimeColumn | undefined => {
    if (!column?.unit || column.decimal || isWhole(column.unit)) return column;
    const signs = new Set(placed.flatMap(({ row, clip }) => signsInside(column, row, clip)));
    const [decimal] = signs;
    return signs.size === 1 ? { ...column, decimal } : column;
  };
  return { in: decided(columns.in), out: decided(columns.out), duration: decided(columns.duration) };
}

/** The decimal sign of a number of which one reading is inside of the clip; none if both are. */
function signsInside({ cell, unit }: TimeColumn, row: SheetRow, { duration }: Clip): DecimalSign[] {
  const text = cell(row).trim();
  if (!unit || unit === 'frames' || duration === undefined || !/[.,]/.test(text)) return [];
  const inside = (['.', ','] as const).filter((decimal) => {
    const number = parseNumber(text, { decimal });
    return number !== undefined && number * MILLISECONDS[unit] <= duration;
  });
  return inside.length === 1 ? inside : [];
}

const isWhole = (unit: Unit): boolean => unit === 'ms' || unit === 'frames';

/** Milliseconds that two readings of a time may differ and still mean the same. */
const SAME = 1000;

/**
 * What `HH:MM:SS` counts in all rows of a sheet: what the caller says, what the other cells show, or what fits the clips of
 * most rows. Throws `ToolError` that asks where both fit and differ.
 */
export function countingOfSheet(
  columns: TimeColumns,
  placed: readonly Placed[],
  given: Counting | undefined,
): { readonly counting?: Counting; readonly notes: readonly string[] } {
  const cells = ({ row }: Placed) => [columns.in, columns.out].flatMap((column) => column?.cell(row).trim() || []);
  const open = placed.filter((one) => cells(one).some((cell) => countingOf(cell) === 'either'));
  const [first] = open;
  if (!first) return { notes: [] };
  const note = (counting: Counting, why: string) => ({
    counting,
    notes: [`HH:MM:SS is read as ${NAMES[counting]} in every row: ${why}.`],
  });
  if (given) return note(given, 'as times says');
  const shown = new Set(placed.flatMap(cells).map(countingOf));
  const [only] = (['timecode', 'elapsed'] as const).filter((one) => shown.has(one));
  if (only && !(shown.has('timecode') && shown.has('elapsed'))) return note(only, 'other cells are written so');
  const timecode = open.map((one) => placeOf(columns, one, 'timecode'));
  const elapsed = open.map((one) => placeOf(columns, one, 'elapsed'));
  const [asTimecode, asElapsed] = [timecode, elapsed].map((places) => places.filter((one) => one !== undefined).length);
  if (asTimecode === undefined || asElapsed === undefined) return { notes: [] };
  const fit = `it fits ${Math.max(asTimecode, asElapsed)} of ${open.length} rows, and the other reading ${Math.min(asTimecode, asElapsed)}`;
  if (asTimecode > asElapsed) return note('timecode', fit);
  if (asElapsed > asTimecode) return note('elapsed', fit);
  const at = open.findIndex((_, index) => differ(timecode[index], elapsed[index]));
  const doubtful = open[at];
  if (!doubtful) return { counting: 'elapsed', notes: [] };
  throw question(doubtful, cells(doubtful)[0] ?? '', timecode[at], elapsed[at]);
}

const NAMES: Readonly<Record<Counting, string>> = {
  timecode: "the clip's timecode",
  elapsed: 'the time from the first frame',
};

const differ = (one: number | undefined, other: number | undefined): boolean =>
  one === undefined || other === undefined ? one !== other : Math.abs(one - other) > SAME;

/** Where the segment of a row starts; undefined if its times do not fit the clip. */
function placeOf(columns: TimeColumns, { row, clip }: Placed, counting: Counting): number | undefined {
  try {
    const start = columns.in && timeIn(columns.in, row, clip, counting)?.milliseconds;
    const end = columns.out && timeIn(columns.out, row, clip, counting)?.milliseconds;
    return start !== undefined && end !== undefined && end < start ? undefined : (start ?? end);
  } catch (error) {
    if (error instanceof MediaError) return undefined;
    throw error;
  }
}

function question({ row }: Placed, cell: string, timecode: number | undefined, elapsed: number | undefined): ToolError {
  const readings = [
    timecode !== undefined && `as timecode ${formatDuration(timecode)} from the first frame`,
    elapsed !== undefined && `else ${formatDuration(elapsed)} from the first frame`,
  ].filter(Boolean);
  return new ToolError(
    `csv: HH:MM:SS has two readings here. Line ${row.line}, ${inQuotes(cell)}: ${readings.join(', ')}. Say which it is in the whole sheet: times "timecode" or "elapsed".`,
  );
}
