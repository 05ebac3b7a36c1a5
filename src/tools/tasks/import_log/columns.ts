import { column, type Sheet, type SheetRow } from '../../../media/sheet.ts';
import { identityKey, withName } from '../../../text/compare.ts';
import { closestTo } from '../../../text/nearest.ts';
import { ToolError } from '../../errors.ts';
import { type Field, findField, findView, viewsOf } from '../../library/metadata/fields.ts';
import type { Context } from '../../types.ts';

type Cell = (row: SheetRow) => string;

/** A column with the values of a metadata field. */
export interface Filled {
  readonly header: string;
  readonly field: Field;
  readonly cell: Cell;
}

/** The role of each column of a log sheet. */
export interface Columns {
  readonly file: { readonly header: string; readonly cell: Cell };
  readonly in?: { readonly header: string; readonly cell: Cell };
  readonly out?: { readonly header: string; readonly cell: Cell };
  readonly text: readonly Cell[];
  readonly filled: readonly Filled[];
  readonly notes: readonly string[];
}

const ROLES = ['file', 'in', 'out', 'text'] as const;
type Role = (typeof ROLES)[number];

/** Headers that reveal the role of a column. */
const HEADERS_BY_ROLE: Readonly<Record<Role, readonly string[]>> = {
  file: ['file', 'file name', 'filename', 'clip', 'clip name', 'title', 'asset', 'source file'],
  in: ['in', 'tc in', 'start', 'from', 'in point', 'timecode in', 'start tc', 'timecode'],
  out: ['out', 'tc out', 'end', 'to', 'out point', 'timecode out', 'end tc'],
  text: ['text', 'note', 'notes', 'comment', 'comments', 'remark', 'description of shot'],
};

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
  for (const role of ROLES) {
    if (roles.has(role)) continue;
    const found = [...remaining].find((header) =>
      HEADERS_BY_ROLE[role].includes(identityKey(header).replaceAll('_', ' ')),
    );
    if (!found) continue;
    roles.set(role, [found]);
    remaining.delete(found);
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
  const columnOf = (role: 'file' | 'in' | 'out') => {
    const header = roles.get(role)?.[0];
    return header === undefined ? undefined : { header, cell: cellOf(sheet, header) };
  };
  const [file, from, to] = [columnOf('file'), columnOf('in'), columnOf('out')];
  if (!file) throw noFileColumn(sheet);
  if (to && !from)
    throw new ToolError(`"${to.header}" is the end, but no column is the start. Give columns, e.g. {"in": "Start"}.`);
  const asText = from && !roles.has('text') ? remaining : [];
  const texts = [...(roles.get('text') ?? []), ...asText];
  const unused = remaining.filter((header) => !asText.includes(header));
  const views = view === undefined ? await viewsOf(context) : [await findView(context, view)];
  const fields = views.flatMap((one) => one.fields);
  return {
    file,
    ...(from && { in: from }),
    ...(to && { out: to }),
    text: texts.map((header) => cellOf(sheet, header)),
    filled,
    notes: [
      roleNote(file.header, from?.header, to?.header, texts),
      ...(from && texts.length === 0
        ? ['The segments have no text: name a column, e.g. columns {"text": "Note"}.']
        : []),
      ...filled.map(({ header, field }) => `Column "${header}" → ${field.label} (${field.type}, view ${field.view}).`),
      ...[...unused, ...asText].flatMap((header) => hint(header, fields, unused.includes(header))),
    ],
  };
}

function noFileColumn({ headers }: Sheet): ToolError {
  const known = headers.map((name) => `"${name}"`).join(', ');
  return new ToolError(
    `No column is known to hold the file name or title. Columns: ${known}. Give columns, e.g. {"file": "${headers[0]}"}.`,
  );
}

/** `Columns: "Clip" → file or title; "In" → in; "Note" → text of the segment.` */
function roleNote(file: string, from: string | undefined, to: string | undefined, texts: readonly string[]): string {
  const parts = [
    `"${file}" → file or title`,
    from && `"${from}" → in`,
    to && `"${to}" → out`,
    texts.length > 0 && `${texts.map((name) => `"${name}"`).join(', ')} → text of the segment`,
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
  const use = label ? ` To fill the label ${label} with it, give columns {"${label}": "${header}"}.` : '';
  return [`Column "${header}" is ${isUnused ? 'not used' : 'taken as text'}.${use}`];
}

function headerOf(sheet: Sheet, key: string, name: unknown): string {
  const header = withName(sheet.headers, (one) => [one], String(name))[0];
  if (header !== undefined) return header;
  throw new ToolError(
    `columns: ${key}: there is no column "${String(name)}". Columns: ${sheet.headers.map((one) => `"${one}"`).join(', ')}.`,
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
  return { header, field, cell: cellOf(sheet, header) };
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
    return field.read_only ? [] : [{ header, field, cell: cellOf(sheet, header) }];
  });
}
