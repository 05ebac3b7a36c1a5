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
  /** The rows above the headers, each as one text. */
  readonly titles: readonly string[];
}

export type Delimiter = '\t' | ';' | ',' | '|';

const DELIMITERS: readonly Delimiter[] = ['\t', ';', ',', '|'];

export interface SheetOptions {
  readonly delimiter?: Delimiter | undefined;
  /** How many cells of a row are known headers. The row with the most has the headers, rows above it are titles. */
  readonly knownHeaders?: (cells: readonly string[]) => number;
  /** Rows below the headers. Reading stops behind them. Throws `MediaError` if there are more. */
  readonly maxRows?: number;
}

/** Characters and delimiters of a table. */
const MAX_LENGTH = 1_000_000;
const MAX_CELLS = 100_000;
/** Rows that may come before the headers. */
const MAX_TITLES = 20;
/** Empty rows, which spreadsheets leave below a table, that are read beside those of a limit. */
const MAX_EMPTY_ROWS = 5_000;

/**
 * Reads a table as a spreadsheet gives it: CSV (RFC 4180), semicolons, bars or tabs, which a line `sep=;` or the line of
 * headers decides. Empty rows and columns at the edge are left out. Throws `MediaError` with the line.
 */
export function readSheet(text: string, options: SheetOptions = {}): Sheet {
  const { maxRows = Number.POSITIVE_INFINITY, knownHeaders = () => 0 } = options;
  if (text.length > MAX_LENGTH) throw new MediaError(`The table has more than ${MAX_LENGTH} characters. Split it.`);
  const { separator, plain } = withoutSeparatorLine(text.replace(/\r\n?/g, '\n'));
  const stated = options.delimiter ?? separator;
  const delimiter = stated ?? delimiterOf(plain, knownHeaders);
  if (plain.split(delimiter, MAX_CELLS + 1).length > MAX_CELLS)
    throw new MediaError(`The table has more than ${MAX_CELLS} cells. Split it.`);
  // Parsing stops early: counting comes before work.
  const read = records(plain, delimiter, MAX_TITLES + maxRows + MAX_EMPTY_ROWS);
  // Markdown rules off its headers.
  const isRule = (cell: string): boolean => cell === '' || (delimiter === '|' && /^:?-{3,}:?$/.test(cell));
  const all = read.filter(({ cells }) => !cells.every(isRule));
  const at = headerAt(all, knownHeaders);
  const [first, ...rows] = all.slice(at);
  if (!first) throw new MediaError('The table is empty. Give a line of headers and a line for each row.');
  if (rows.length > maxRows || read.length >= MAX_TITLES + maxRows + MAX_EMPTY_ROWS)
    throw new MediaError(`The table has more than ${maxRows} rows. Split it.`);
  const headers = named(trimEnd(first.cells), first.line);
  if (stated === undefined) requireOneDelimiter(headers, rows, delimiter);
  const titles = all.slice(0, at).map(({ cells }) => cells.filter(Boolean).join(' '));
  return { headers, rows: rows.map((row) => fitted(row, headers.length)), delimiter, titles };
}

/** Throws `MediaError` where the headers are split and no row is, since the rows have another delimiter. */
function requireOneDelimiter(headers: readonly string[], rows: readonly SheetRow[], delimiter: Delimiter): void {
  const [row] = rows;
  if (!row || headers.length < 2 || rows.some(({ cells }) => cells.filter(Boolean).length > 1)) return;
  const other = DELIMITERS.find((one) => one !== delimiter && (row.cells[0] ?? '').split(one).length >= headers.length);
  if (other)
    throw new MediaError(
      `The headers are separated by ${quote(delimiter)}, and line ${row.line} by ${quote(other)}. Separate all lines alike.`,
    );
}

/** The cells below a header, whatever its case and spaces, or undefined where there is none of this name. */
export function column(sheet: Sheet, name: string): ((row: SheetRow) => string) | undefined {
  const index = sheet.headers.findIndex((header) => sameName(header, name));
  return index < 0 ? undefined : (row) => row.cells[index] ?? '';
}

/** The first line `sep=;`, which Excel writes and reads as the delimiter. Keeps its line break: lines are counted. */
function withoutSeparatorLine(text: string): { readonly separator?: Delimiter; readonly plain: string } {
  const [line, sign = ''] = /^\ufeff?"?sep=(.?)"?(?=\n|$)/i.exec(text) ?? [];
  if (line === undefined) return { plain: text };
  const separator = DELIMITERS.find((one) => one === sign);
  if (separator) return { separator, plain: text.slice(line.length) };
  throw new MediaError(`Line 1 names ${quote(sign)} as the delimiter. Allowed: tab, semicolon, comma or bar.`);
}

/** The delimiter with which a line holds the most known headers; else that of the first line with any. */
function delimiterOf(text: string, knownHeaders: (cells: readonly string[]) => number): Delimiter {
  const lines = text.split('\n', 3 * MAX_TITLES).filter((line) => line.trim() !== '');
  const scored = lines.slice(0, MAX_TITLES + 1).flatMap((line) =>
    DELIMITERS.map((delimiter) => {
      const cells = line.split(delimiter).map((cell) => cell.trim().replace(/^\ufeff?"|"$/g, ''));
      return { delimiter, score: knownHeaders(cells) };
    }),
  );
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one), { delimiter: ',', score: 0 });
  if (best.score > 0) return best.delimiter as Delimiter;
  // A title line may have no delimiter. Commas alone do not make a table of the lines below it.
  const [first = ''] = lines;
  return delimiterIn(/[\t;,|]/.test(first) ? first : (lines.find((line) => /[\t;|]/.test(line)) ?? first));
}

/** Tabs where there are any, else what a line has more of. A line without any is one cell. */
function delimiterIn(headers: string): Delimiter {
  const line = headers.replace(/"[^"]*"/g, '');
  const count = (sign: string): number => line.split(sign).length - 1;
  if (count('\t') > 0) return '\t';
  if (count(';') === 0 && count(',') === 0) return count('|') > 0 ? '|' : '\t';
  return count(';') >= count(',') ? ';' : ',';
}

/**
 * The index of the row of headers. Without known headers it is the first row; a first row with fewer cells than one below
 * it is refused, since it must be a title.
 */
function headerAt(rows: readonly SheetRow[], knownHeaders: (cells: readonly string[]) => number): number {
  const head = rows.slice(0, MAX_TITLES + 1);
  const scores = head.map(({ cells }) => knownHeaders(cells));
  const best = Math.max(0, ...scores);
  if (best > 0) return scores.indexOf(best);
  const widths = head.map(({ cells }) => cells.filter(Boolean).length);
  const wide = head[widths.findIndex((width) => width > 1)];
  const [first] = head;
  if (!first || !wide || wide === first || trimEnd(first.cells).length > 1) return 0;
  throw new MediaError(
    `Line ${first.line} is one cell, ${quote(first.cells.join(''))}. Line ${wide.line} looks like the headers: ${wide.cells.filter(Boolean).map(quote).join(', ')}. Leave out the lines above it.`,
  );
}

function records(text: string, delimiter: Delimiter, max: number): SheetRow[] {
  try {
    return split(text, delimiter, max, true);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // What is copied from a spreadsheet has tabs, and quotes that mean themselves.
    if (delimiter === '\t') return split(text, delimiter, max, false);
    throw new MediaError(
      `Line ${String(error.lines ?? '?')}: a quoted cell is not closed, or has text behind its closing quote. Write a quote inside of a quoted cell twice.`,
    );
  }
}

function split(text: string, delimiter: Delimiter, max: number, quotes: boolean): SheetRow[] {
  const found = parse(text, {
    delimiter,
    quote: quotes ? '"' : false,
    relax_quotes: quotes,
    relax_column_count: true,
    skip_empty_lines: true,
    ...(Number.isFinite(max) && { to: max }),
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

/** Those around which `writeCsv` quotes cells. */
export type WrittenDelimiter = ',' | ';' | '\t';

/** Writes rows as CSV (RFC 4180, CRLF). Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function writeCsv(
  rows: readonly (readonly (string | number | boolean | null | undefined)[])[],
  delimiter: WrittenDelimiter = ',',
): string {
  return rows.map((row) => `${row.map(cell).join(delimiter)}\r\n`).join('');
}

function cell(value: string | number | boolean | null | undefined): string {
  if (typeof value !== 'string') return value === null || value === undefined ? '' : String(value);
  const safe = (FORMULA.test(value) && !NUMBER.test(value)) || GUARDED.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Takes the apostrophe of `writeCsv` off again. */
const unguarded = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text);

/** `writeCsv` for Excel, which on Windows reads a file without a byte order mark in its own code page. */
export const writeExcelCsv = (...table: Parameters<typeof writeCsv>): string => `\ufeff${writeCsv(...table)}`;
