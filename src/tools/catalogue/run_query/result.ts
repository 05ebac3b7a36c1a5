import { randomUUID } from 'node:crypto';
import { writeCsv } from '../../../media/sheet.ts';
import type { Ending, Table } from '../../../programs/messages.ts';
import { clean } from '../../../text/clean.ts';
import { plural } from '../../../text/english.ts';
import { shorten, tokensIn } from '../../../text/tokens.ts';
import { MAX_DOCUMENT_LENGTH } from '../../documents.ts';
import { ToolError } from '../../errors.ts';
import type { Context } from '../../types.ts';

/** Tokens of a result as data. */
const MAX_TOKENS = 4_000;
const [PREVIEW_LINES, PREVIEW_LINE_LENGTH] = [4, 120];
/** Each row has a cell for each column: without a limit, rows with keys of their own would fill the memory. */
const MAX_COLUMNS = 500;
const MAX_TABLES = 10;

interface Result {
  readonly result?: unknown;
  readonly rows?: number;
  readonly uri?: string;
  readonly preview?: string[];
  readonly notes?: string[];
}

/** What a program returned, as data or as documents. Throws `ToolError` where it returned nothing, or too much. */
export function resultOf(context: Context, { value, tables }: Extract<Ending, { readonly ok: true }>): Result {
  if (tables.length > 0) return documentsOf(context, value, tables);
  if (value === undefined)
    throw new ToolError(
      'the program returned nothing: end it with return, and write await before read, pages and find: (await read(…)).objects',
    );
  if (value === null) throw new ToolError('the program returned null, which NaN becomes, too: check its arithmetic');
  const tokens = tokensIn(JSON.stringify(value));
  if (tokens <= MAX_TOKENS) return { result: value };
  if (isTable(value)) {
    const { notes = [], ...shown } = documentsOf(context, undefined, [{ rows: value }]);
    return { ...shown, notes: [`The result has about ${tokens} tokens, so it is a document.`, ...notes] };
  }
  throw new ToolError(
    `the result has about ${tokens} tokens; at most ${MAX_TOKENS} are shown. Return sums or the first rows, or table(rows)`,
  );
}

const isTable = (value: unknown): value is Table['rows'] =>
  Array.isArray(value) && value.every((row) => typeof row === 'object' && row !== null);

function documentsOf(context: Context, value: unknown, tables: readonly Table[]): Result {
  if (tables.length > MAX_TABLES)
    throw new ToolError(
      `the program made ${tables.length} tables; at most ${MAX_TABLES} are handed on. Make one of them`,
    );
  const notes: string[] = [];
  let room = MAX_DOCUMENT_LENGTH;
  const made = tables.map((table) => {
    const { lines, count, length } = csvOf(table, room);
    room -= length;
    if (count < table.rows.length)
      notes.push(`The document has ${count} of ${table.rows.length} rows: it would be too long.`);
    const uri = `iconik://table/${randomUUID()}.csv`;
    context.attach({ kind: 'document', uri, mimeType: 'text/csv', text: `\ufeff${lines.join('')}` });
    return { uri, lines, count };
  });
  const [first] = made;
  for (const { uri, count } of made.slice(1)) notes.push(`${uri}: ${plural(count, 'row')}.`);
  const preview = first?.lines.slice(0, PREVIEW_LINES).map((line) => shorten(line.trimEnd(), PREVIEW_LINE_LENGTH));
  return {
    ...(value !== undefined && !isHandle(value) && tokensIn(JSON.stringify(value)) <= MAX_TOKENS && { result: value }),
    ...(first && { rows: first.count, uri: first.uri, preview: preview ?? [] }),
    notes,
  };
}

/** What `table` hands back stands for the document. */
const isHandle = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).join() === 'table,rows';

/** The lines of a CSV file, with its headers, as many as there is room for. */
function csvOf({ rows, columns }: Table, room: number): { lines: string[]; count: number; length: number } {
  // What a table was when the program made it need not be what became of it.
  if (!isTable(rows)) throw new ToolError('table(rows): the rows are no list of objects or of lists any more');
  const names = Array.isArray(columns) && columns.length > 0 ? columns.map(String) : namesIn(rows);
  if (names.length > MAX_COLUMNS)
    throw new ToolError(
      `a table has at most ${MAX_COLUMNS} columns. Give all rows the same keys, or the columns: table(rows, ["id", "size"])`,
    );
  const lines = names.length > 0 ? [writeCsv([names.map(clean)])] : [];
  let length = lines[0]?.length ?? 0;
  let count = 0;
  for (const row of rows) {
    const cells = Array.isArray(row) ? row : names.map((name) => (row as Record<string, unknown>)[name]);
    const line = writeCsv([cells.map(cell)]);
    if (length + line.length > room) break;
    length += line.length;
    lines.push(line);
    count += 1;
  }
  return { lines, count, length };
}

/** The keys of all rows, one more than a table may have at most. */
function namesIn(rows: Table['rows']): string[] {
  const names = new Set<string>();
  for (const row of rows) {
    if (!Array.isArray(row)) for (const name of Object.keys(row)) names.add(name);
    if (names.size > MAX_COLUMNS) break;
  }
  return [...names];
}

/** Texts are cleaned before they are guarded against formulas: an invisible character would hide how they begin. */
function cell(value: unknown): string | number | boolean | null {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return clean(value.join(', '));
  return clean(typeof value === 'string' ? value : JSON.stringify(value));
}
