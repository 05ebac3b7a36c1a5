import { column, type Sheet, type SheetRow } from '../../../media/sheet.ts';
import { withName } from '../../../text/compare.ts';
import { closestTo } from '../../../text/nearest.ts';
import { inQuotes } from '../../../text/quote.ts';
import { shorten } from '../../../text/tokens.ts';
import { ToolError } from '../../errors.ts';
import { decimalOf } from '../../library/metadata/decimal_sign.ts';
import { type Field, findField, findView, viewsOf } from '../../library/metadata/fields.ts';
import type { Context } from '../../types.ts';
import { ROLES, type Role, rolesByHeader, splitHeader } from './headers.ts';
import type { TimeColumn, TimeColumns } from './time_columns.ts';
import { type Filled, valueColumn, valueNote } from './value_columns.ts';

type Cell = (row: SheetRow) => string;

/** The role of each column of a log sheet. */
export interface Columns extends TimeColumns {
  readonly file: { readonly header: string; readonly cell: Cell };
  readonly text: readonly Cell[];
  readonly filled: readonly Filled[];
  readonly notes: readonly string[];
}

/**
 * Finds the role of each column: by the caller's mapping (`{"file": "Clip", "text": ["Player", "Note"], "Rating":
 * "Stars"}`), then by its header, then by metadata labels. Without a text column, the remaining columns become the text
 * of the segments. Throws `ToolError` for unknown columns and labels.
 */
export async function readColumns(
  context: Context,
  sheet: Sheet,
  mapping: Readonly<Record<string, unknown>>,
  view: string | undefined,
): Promise<Columns> {
  const roles = new Map<Role, string[]>();
  const labels: [label: string, header: string][] = [];
  const remaining = new Set(sheet.headers);
  for (const [key, given] of Object.entries(mapping)) {
    const headers = (Array.isArray(given) ? given : [given]).map((name) => headerOf(sheet, key, name));
    for (const header of headers) remaining.delete(header);
    const role = ROLES.find((one) => one === key);
    if (role) roles.set(role, headers);
    else if (key !== 'skip') for (const header of headers) labels.push([key, header]);
  }
  for (const [role, headers] of rolesByHeader([...remaining], new Set(roles.keys()))) {
    roles.set(role, headers);
    for (const header of headers) remaining.delete(header);
  }
  const filled = [
    ...(await Promise.all(labels.map(([label, header]) => columnForLabel(context, sheet, label, header, view)))),
    ...(await columnsNamedLikeLabels(context, sheet, remaining, view)),
  ];
  for (const { header } of filled) remaining.delete(header);
  return assemble(context, sheet, roles, filled, [...remaining], view);
}

async function assemble(
  context: Context,
  sheet: Sheet,
  roles: ReadonlyMap<Role, readonly string[]>,
  filled: readonly Filled[],
  remaining: readonly string[],
  view: string | undefined,
): Promise<Columns> {
  const headerOfRole = (role: Role) => roles.get(role)?.[0];
  const file = headerOfRole('file');
  if (file === undefined) throw noFileColumn(sheet);
  const times = timeColumns(sheet, headerOfRole);
  const { in: from, out: to, duration } = times;
  const start = [to, duration].find((column) => column && !from);
  if (start)
    throw new ToolError(
      `${inQuotes(start.header)} is the end, but no column is the start. Give columns, e.g. {"in": "Start"}.`,
    );
  if (!from && filled.length === 0) throw noUse(sheet, file);
  const asText = from && !roles.has('text') ? remaining : [];
  const texts = [...(roles.get('text') ?? []), ...asText];
  const unused = remaining.filter((header) => !asText.includes(header));
  const views = view === undefined ? await viewsOf(context) : [await findView(context, view)];
  const fields = views.flatMap((one) => one.fields);
  return {
    file: { header: file, cell: cellOf(sheet, file) },
    ...times,
    text: texts.map((header) => cellOf(sheet, header)),
    filled,
    notes: [
      ...titlesNote(sheet),
      roleNote(file, times, texts),
      ...(from && texts.length === 0
        ? ['The segments have no text: name a column, e.g. columns {"text": "Note"}.']
        : []),
      ...filled.map(valueNote),
      ...[...unused, ...asText].flatMap((header) => hint(header, fields, unused.includes(header))),
    ],
  };
}

function timeColumns(sheet: Sheet, headerOfRole: (role: Role) => string | undefined): TimeColumns {
  const columnOf = (role: 'in' | 'out' | 'duration'): TimeColumn | undefined => {
    const header = headerOfRole(role);
    if (header === undefined) return undefined;
    const cell = cellOf(sheet, header);
    const { unit } = splitHeader(header);
    return { header, cell, unit, decimal: unit && decimalOf(header, cell, sheet.rows) };
  };
  return { in: columnOf('in'), out: columnOf('out'), duration: columnOf('duration') };
}

/** Title lines, as many as are told. */
const titlesNote = ({ titles, headers }: Sheet): string[] =>
  titles.length === 0
    ? []
    : [
        `Left out above the headers (${headers.map((name) => `${inQuotes(name)}`).join(', ')}): ${titles.map((title) => `${inQuotes(shorten(title, 60))}`).join(', ')}.`,
      ];

function noFileColumn({ headers }: Sheet): ToolError {
  const known = headers.map((name) => `${inQuotes(name)}`).join(', ');
  return new ToolError(
    `No column is known to hold the file name or title. Columns: ${known}. Give columns, e.g. {"file": ${inQuotes(headers[0] ?? '')}}.`,
  );
}

function noUse({ headers }: Sheet, file: string): ToolError {
  const others = headers.filter((header) => header !== file).map((name) => `${inQuotes(name)}`);
  return new ToolError(
    `No column holds times or the values of a label. Other columns than ${inQuotes(file)}: ${others.join(', ') || 'none'}. Give columns, e.g. {"in": "Start"}.`,
  );
}

/** `Columns: "Clip" → file or title; "In (s)" → in, in s; "Note" → text of the segment.` */
function roleNote(file: string, { in: from, out: to, duration }: TimeColumns, texts: readonly string[]): string {
  const time = (column: TimeColumn | undefined, role: string) =>
    column && `${inQuotes(column.header)} → ${role}${column.unit ? `, numbers are ${column.unit}` : ''}`;
  const parts = [
    `${inQuotes(file)} → file or title`,
    time(from, 'in'),
    time(to, 'out'),
    time(duration, to ? 'duration, where there is no out' : 'duration, out = in + duration'),
    texts.length > 0 && `${texts.map((name) => `${inQuotes(name)}`).join(', ')} → text of the segment`,
  ];
  return `Columns: ${parts.filter(Boolean).join('; ')}.`;
}

/** How to use a column that has no role, or only became text by default. */
function hint(header: string, fields: readonly Field[], isUnused: boolean): string[] {
  const label = closestTo(
    header,
    fields.filter((field) => !field.read_only).map((field) => field.label),
  );
  if (!isUnused && !label) return [];
  const use = label
    ? ` To fill the label ${label} with it, give columns {${inQuotes(label)}: ${inQuotes(header)}}.`
    : '';
  return [`Column ${inQuotes(header)} is ${isUnused ? 'not used' : 'taken as text'}.${use}`];
}

function headerOf(sheet: Sheet, key: string, name: unknown): string {
  const header = typeof name === 'string' ? withName(sheet.headers, (one) => [one], name)[0] : undefined;
  if (header !== undefined) return header;
  throw new ToolError(
    `columns: ${key}: there is no column ${JSON.stringify(name)}. Columns: ${sheet.headers.map((one) => `${inQuotes(one)}`).join(', ')}.`,
  );
}

const cellOf = (sheet: Sheet, header: string): Cell => column(sheet, header) ?? (() => '');

async function columnForLabel(
  context: Context,
  sheet: Sheet,
  label: string,
  header: string,
  view: string | undefined,
): Promise<Filled> {
  const field = await findField(context, label, view);
  if (field.read_only) throw new ToolError(`columns: ${field.label} is read-only in the view ${field.view}.`);
  return valueColumn(header, field, cellOf(sheet, header), sheet.rows);
}

/** Columns whose header is the label of exactly one writable field. */
async function columnsNamedLikeLabels(
  context: Context,
  sheet: Sheet,
  headers: ReadonlySet<string>,
  view: string | undefined,
): Promise<Filled[]> {
  const views = view === undefined ? await viewsOf(context) : [await findView(context, view)];
  const fields = views.flatMap((one) => one.fields);
  const known = [...headers].filter(
    (header) => withName(fields, ({ label, name }) => [label, name], header).length > 0,
  );
  const found = await Promise.all(known.map((header) => findField(context, header, view)));
  return found.flatMap((field, index): Filled[] => {
    const header = known[index] ?? '';
    return field.read_only ? [] : [valueColumn(header, field, cellOf(sheet, header), sheet.rows)];
  });
}
