import { column, type Sheet, type SheetRow } from '../../../media/sheet.ts';
import { folded } from '../../../text/compare.ts';
import { closestTo } from '../../../text/nearest.ts';
import { ToolError } from '../../errors.ts';
import { type Field, findField, findView, viewsOf } from '../../library/metadata/fields.ts';
import type { Context } from '../../types.ts';

type Cell = (row: SheetRow) => string;

/** A column that holds the values of a metadata field. */
export interface Filled {
  readonly header: string;
  readonly field: Field;
  readonly cell: Cell;
}

/** What each column of a log sheet is. */
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

/** Headers that say by themselves what a column is. */
const KNOWN: Readonly<Record<Role, readonly string[]>> = {
  file: ['file', 'file name', 'filename', 'clip', 'clip name', 'title', 'asset', 'source file'],
  in: ['in', 'tc in', 'start', 'from', 'in point', 'timecode in', 'start tc', 'timecode'],
  out: ['out', 'tc out', 'end', 'to', 'out point', 'timecode out', 'end tc'],
  text: ['text', 'note', 'notes', 'comment', 'comments', 'remark', 'description of shot'],
};

/**
 * Understands the headers: first what the caller says (`{"file": "Clip", "text": ["Player", "Note"], "Rating": "Stars"}`),
 * then by their names, then by metadata labels. Where no column is a text, what is left over makes the text of the
 * segments. Throws `ToolError` for columns and labels that there are not.
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
    const found = [...remaining].find((header) => KNOWN[role].includes(folded(header).replaceAll('_', ' ')));
    if (!found) continue;
    roles.set(role, [found]);
    remaining.delete(found);
  }
  const filled = [
    ...(await Promise.all(labels.map(([label, header]) => mapped(context, sheet, label, header, view)))),
    ...(await byLabel(context, sheet, remaining, view)),
  ];
  for (const { header } of filled) remaining.delete(header);
  return assembled(context, sheet, roles, filled, [...remaining], view);
}

async function assembled(
  context: Context,
  sheet: Sheet,
  roles: ReadonlyMap<Role, readonly string[]>,
  filled: readonly Filled[],
  remaining: readonly string[],
  view: string | undefined,
): Promise<Columns> {
  const one = (role: 'file' | 'in' | 'out') => {
    const header = roles.get(role)?.[0];
    return header === undefined ? undefined : { header, cell: cellOf(sheet, header) };
  };
  const [file, from, to] = [one('file'), one('in'), one('out')];
  if (!file)
    throw new ToolError(
      `No column is known to hold the file name or title. Columns: ${sheet.headers.map((name) => `"${name}"`).join(', ')}. Give columns, e.g. {"file": "${sheet.headers[0]}"}.`,
    );
  if (to && !from)
    throw new ToolError(`"${to.header}" is the end, and no column is the start: give columns, e.g. {"in": "Start"}.`);
  const over = from && !roles.has('text') ? remaining : [];
  const texts = [...(roles.get('text') ?? []), ...over];
  const unused = remaining.filter((header) => !over.includes(header));
  const known = (view === undefined ? await viewsOf(context) : [await findView(context, view)]).flatMap(
    (v) => v.fields,
  );
  return {
    file,
    ...(from && { in: from }),
    ...(to && { out: to }),
    text: texts.map((header) => cellOf(sheet, header)),
    filled,
    notes: [
      `Columns: "${file.header}" → file or title${from ? `; "${from.header}" → in` : ''}${to ? `; "${to.header}" → out` : ''}${texts.length > 0 ? `; ${texts.map((name) => `"${name}"`).join(', ')} → text of the segment` : ''}.`,
      ...(from && texts.length === 0
        ? ['The segments get no text: name a column, e.g. columns {"text": "Note"}.']
        : []),
      ...filled.map(({ header, field }) => `Column "${header}" → ${field.label} (${field.type}, view ${field.view}).`),
      ...[...unused, ...over].flatMap((header) => hint(header, known, unused.includes(header))),
    ],
  };
}

function hint(header: string, known: readonly Field[], unused: boolean): string[] {
  const label = closestTo(
    header,
    known.filter((field) => !field.read_only).map((field) => field.label),
  );
  if (!unused && !label) return [];
  const use = label ? ` To fill the label ${label} with it give columns {"${label}": "${header}"}.` : '';
  return [`Column "${header}" is ${unused ? 'not used' : 'taken as text'}.${use}`];
}

function headerOf(sheet: Sheet, key: string, name: unknown): string {
  const header = sheet.headers.find((one) => folded(one) === folded(String(name)));
  if (header !== undefined) return header;
  throw new ToolError(
    `columns, ${key}: there is no column "${String(name)}". Columns: ${sheet.headers.map((one) => `"${one}"`).join(', ')}.`,
  );
}

const cellOf = (sheet: Sheet, header: string): Cell => column(sheet, header) ?? (() => '');

async function mapped(
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

/** Columns that are called like a label, where it means one field that can be written. */
async function byLabel(
  context: Context,
  sheet: Sheet,
  headers: ReadonlySet<string>,
  view: string | undefined,
): Promise<Filled[]> {
  const views = view === undefined ? await viewsOf(context) : [await findView(context, view)];
  const fields = views.flatMap((one) => one.fields);
  const known = [...headers].filter((header) =>
    fields.some((field) => [field.label, field.name].map(folded).includes(folded(header))),
  );
  const found = await Promise.all(known.map((header) => findField(context, header, view)));
  return found.flatMap((field, index): Filled[] => {
    const header = known[index] ?? '';
    return field.read_only ? [] : [{ header, field, cell: cellOf(sheet, header) }];
  });
}
