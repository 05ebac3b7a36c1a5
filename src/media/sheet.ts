import { CsvError, type Info, parse } from 'csv-parse/sync';
import { MediaError, quote } from './errors.ts';

export interface SheetRow {
  /** The line of the text where the row starts, from 1. */
  readonly line: number;
  /** One cell per header; empty if the row is shorter. */
  readonly cells: readonly string[];
}

export interface Sheet {
  readonly headers: readonly string[];
  readonly rows: readonly SheetRow[];
  readonly delimiter: Delimiter;
}

export type Delimiter = '\t' | ';' | ',';

/**
 * Reads a table as a spreadsheet gives it: CSV (RFC 4180), semicolons or tabs, which the first line decides. The first row
 * that isn't empty has the headers; empty rows and columns at the edge are left out. Throws `MediaError` with the line.
 */
export function readSheet(text: string, delimiter?: Delimiter): Sheet {
  const plain = text.replace(/\r\n?/g, '\n');
  const used = delimiter ?? delimiterOf(plain);
  const [first, ...rest] = records(plain, used).filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (!first) throw new MediaError('The table is empty. Give a line of headers and a line for each row.');
  const headers = named(trimEnd(first.cells), first.line);
  return { headers, rows: rest.map((row) => fitted(row, headers.length)), delimiter: used };
}

/** The cells below a header, whatever its case and spaces, or undefined where there is none of this name. */
export function column(sheet: Sheet, name: string): ((row: SheetRow) => string) | undefined {
  const index = sheet.headers.findIndex((header) => sameName(header, name));
  return index < 0 ? undefined : (row) => row.cells[index] ?? '';
}

/** Tabs where there are any, else what the first line has more of. A line without either is one cell. */
function delimiterOf(text: string): Delimiter {
  const headers = text.split('\n').find((line) => line.trim() !== '') ?? '';
  const line = headers.replace(/"[^"]*"/g, '');
  const count = (sign: string): number => line.split(sign).length - 1;
  if (count('\t') > 0) return '\t';
  if (count(';') === 0 && count(',') === 0) return '\t';
  return count(';') >= count(',') ? ';' : ',';
}

function records(text: string, delimiter: Delimiter): SheetRow[] {
  try {
    return split(text, delimiter, true);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // What is copied from a spreadsheet has tabs, and quotes that mean themselves.
    if (delimiter === '\t') return split(text, delimiter, false);
    throw new MediaError(
      `Line ${String(error.lines ?? '?')}: a quoted cell is not closed, or has text behind its closing quote. Write a quote inside of a quoted cell twice.`,
    );
  }
}

function split(text: string, delimiter: Delimiter, quotes: boolean): SheetRow[] {
  const found = parse(text, {
    delimiter,
    quote: quotes ? '"' : false,
    relax_quotes: quotes,
    relax_column_count: true,
    skip_empty_lines: true,
    // Takes a byte order mark off, too.
    trim: true,
    info: true,
  }) as unknown as { readonly record: string[]; readonly info: Info }[];
  return found.map(({ record, info }) => ({
    line: info.lines - record.join('').split('\n').length + 1,
    cells: record.map(unguarded),
  }));
}

/** Headers without gaps or twins, which would make "the column rating" mean nothing. */
function named(cells: readonly string[], line: number): string[] {
  const headers = cells.map((cell, index) => cell || `Column ${index + 1}`);
  const twin = headers.find((header, index) => headers.findIndex((other) => sameName(other, header)) < index);
  if (twin === undefined) return headers;
  throw new MediaError(`Line ${line}: two columns are called ${quote(twin)}. Each needs a name of its own.`);
}

const sameName = (one: string, other: string): boolean => plainName(one) === plainName(other);
const plainName = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();

function fitted({ line, cells }: SheetRow, width: number): SheetRow {
  const used = trimEnd(cells);
  if (used.length > width)
    throw new MediaError(
      `Line ${line} has ${used.length} cells, the headers are ${width}. Quote a cell that has the delimiter in it.`,
    );
  return { line, cells: Array.from({ length: width }, (_, index) => used[index] ?? '') };
}

const trimEnd = (cells: readonly string[]): readonly string[] =>
  cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);

/** What a spreadsheet would take for a formula: text that begins so. Numbers do too, and stay numbers. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?(?:\d+(?:[.,]\d+)*|\.\d+)%?$/;
const GUARDED = /^'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** Writes rows as CSV (RFC 4180, CRLF). Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function writeCsv(rows: readonly (readonly (string | number | boolean | null | undefined)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | boolean | null | undefined): string {
  if (typeof value !== 'string') return value === null || value === undefined ? '' : String(value);
  const safe = (FORMULA.test(value) && !NUMBER.test(value)) || GUARDED.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Takes the apostrophe of `writeCsv` off again. */
const unguarded = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text);
