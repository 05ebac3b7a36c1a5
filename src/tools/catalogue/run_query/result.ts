import { randomUUID } from 'node:crypto';
import { writeCsv } from '../../../media/sheet.ts';
import type { Ending, Table } from '../../../programs/messages.ts';
import { clean } from '../../../text/clean.ts';
import { plural } from '../../../text/english.ts';
import { shorten, tokensIn } from '../../../text/tokens.ts';
import { ToolError } from '../../errors.ts';
import type { Context } from '../../types.ts';

/** Tokens of a result as data. */
const MAX_TOKENS = 4_000;
/** Characters of a document: hosts refuse answers of a megabyte. */
const MAX_DOCUMENT_LENGTH = 700_000;
const [PREVIEW_LINES, PREVIEW_LINE_LENGTH] = [4, 120];

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
  if (value === undefined) throw new ToolError('the program returned nothing: end it with return');
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
  const notes: string[] = [];
  const made = tables.map((table) => {
    const { lines, count } = csvOf(table);
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
function csvOf({ rows, columns }: Table): { lines: string[]; count: number } {
  const names = Array.isArray(columns) && columns.length > 0 ? columns.map(String) : namesIn(rows);
  const cells = rows.map((row) =>
    Array.isArray(row) ? row : names.map((name) => (row as Record<string, unknown>)[name]),
  );
  const lines = names.length > 0 ? [writeCsv([names.map(clean)])] : [];
  let length = 0;
  let count = 0;
  for (const row of cells) {
    const line = writeCsv([row.map(cell)]);
    length += line.length;
    if (length > MAX_DOCUMENT_LENGTH) break;
    lines.push(line);
    count += 1;
  }
  return { lines, count };
}

const namesIn = (rows: Table['rows']): string[] => [
  ...new Set(rows.flatMap((row) => (Array.isArray(row) ? [] : Object.keys(row)))),
];

/** Texts are cleaned before they are guarded against formulas: an invisible character would hide how they begin. */
function cell(value: unknown): string | number | boolean | null {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === null || value === undefined) return null;
  return clean(typeof value === 'string' ? value : JSON.stringify(value));
}
