import type { DecimalSign } from '../../../media/numbers.ts';
import { column, type Sheet, type SheetRow } from '../../../media/sheet.ts';
import { type DayOrder, dateReadings, dayOrderOf } from '../../../media/sheet_dates.ts';
import { identityKey } from '../../../text/compare.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { isSameCell, partsOf, toCell } from '../../library/metadata/cells.ts';
import { decimalOf } from '../../library/metadata/decimal_sign.ts';
import type { Field } from '../../library/metadata/fields.ts';
import { headerField, ID_HEADER, TITLE_HEADER } from '../../library/metadata/sheet_headers.ts';
import { toStored, type Value } from '../../library/metadata/values.ts';
import type { Context } from '../../types.ts';

type Cell = (row: SheetRow) => string;

/** A column with the values of a field. */
export interface Column {
  readonly header: string;
  readonly field: Field;
  readonly cell: Cell;
}

export interface Columns {
  readonly id: Cell;
  readonly title: Cell;
  readonly fields: readonly Column[];
  /** Columns that are no fields, with the reason. */
  readonly left: readonly string[];
}

/** For `readSheet`: the headers of a metadata sheet have a column `id`. */
export const knownHeaders = (cells: readonly string[]): number =>
  cells.some((cell) => identityKey(cell) === ID_HEADER) ? cells.filter(Boolean).length : 0;

/** Finds the field of each column. Throws `ToolError` without a column of ids, without any field, and for two of one field. */
export async function readColumns(context: Context, sheet: Sheet): Promise<Columns> {
  const id = column(sheet, ID_HEADER);
  if (!id)
    throw new ToolError(
      `csv: there is no column ${inQuotes(ID_HEADER)}. export_metadata writes a sheet with it; for a log sheet with titles use import_log.`,
    );
  const fields: Column[] = [];
  const left: string[] = [];
  for (const header of sheet.headers) {
    if ([ID_HEADER, TITLE_HEADER].includes(identityKey(header))) continue;
    const cell = column(sheet, header) ?? (() => '');
    try {
      const field = await headerField(context, header);
      const twin = fields.find((one) => one.field.name === field.name);
      if (twin) throw new ToolError(`it is the field of column ${inQuotes(twin.header)}, too.`);
      fields.push({ header, field, cell });
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      if (sheet.rows.some((row) => cell(row) !== '')) left.push(`Column ${inQuotes(header)}: ${error.message}`);
    }
  }
  if (fields.length === 0) throw new ToolError(`csv: no column is a metadata field. ${left.join(' ')}`);
  return { id, title: column(sheet, TITLE_HEADER) ?? (() => ''), fields, left };
}

/** How the cells of a column are read that a spreadsheet may have rewritten. */
interface Habits {
  readonly decimal: DecimalSign | undefined;
  readonly order: DayOrder | undefined;
}

/** A row with what its asset holds in each field, by name. */
interface Held {
  readonly row: SheetRow;
  readonly old: Readonly<Record<string, readonly Value[]>>;
}

/** What the changed cells of a column show of numbers and dates. Throws `ToolError` for two decimal signs. */
export function habitsOf({ header, field, cell }: Column, rows: readonly Held[]): Habits {
  const changed = rows.filter(({ row, old }) => !isSameCell(cell(row), toCell(field, old[field.name] ?? [])));
  const isNumber = field.type === 'integer' || field.type === 'float';
  const texts = changed.map(({ row, old }) => ({ text: cell(row).trim(), before: String(old[field.name]?.[0] ?? '') }));
  return {
    decimal: isNumber
      ? decimalOf(
          header,
          cell,
          changed.map(({ row }) => row),
        )
      : undefined,
    order: field.type === 'date' ? dayOrderOf(texts) : undefined,
  };
}

/** The values of a cell as Iconik stores them. Throws `ToolError`. */
export function valuesOf(field: Field, text: string, before: readonly Value[], { decimal, order }: Habits): Value[] {
  return partsOf(field, text).map((part) => {
    if (field.type === 'date') return toStored(field, dayIn(field, part, before, order));
    if (field.type === 'float' && decimal !== ',' && isOurNumber(part)) return toStored(field, Number(part));
    return toStored(field, part, { decimal });
  });
}

/** A number as export_metadata writes it that people do not write: `9.8e-44`, or with all of its 17 digits. */
const isOurNumber = (text: string): boolean =>
  (/e/i.test(text) || text.replace(/\D/g, '').length > 16) && String(Number(text)) === text;

/** A date as ISO 8601, where a spreadsheet has written it in its own way; other texts as they are. */
function dayIn(field: Field, text: string, before: readonly Value[], order: DayOrder | undefined): string {
  const readings = dateReadings(text.trim());
  const ordered = readings.filter((one) => one.order === undefined || one.order === order);
  const possible = ordered.length > 0 ? ordered : readings;
  const meant = possible.length === 1 ? possible[0] : possible.find(({ day }) => before.includes(day));
  if (meant) return meant.day;
  if (possible.length > 1)
    throw new ToolError(
      `${field.label}: ${inQuotes(text)} can be ${possible.map(({ day }) => day).join(' or ')}. Write it as YYYY-MM-DD.`,
    );
  return text;
}
