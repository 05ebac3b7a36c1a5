import { identityKey } from '../../../text/compare.ts';
import type { Context } from '../../types.ts';
import { type Field, fieldBefore, findField } from './fields.ts';

/** Columns of a metadata sheet that are no fields. */
export const ID_HEADER = 'id';
export const TITLE_HEADER = 'title';

/** Whether a sheet begins as export_metadata writes it. */
export const isMetadataSheet = ([id = '', title = '']: readonly string[]): boolean =>
  identityKey(id) === ID_HEADER && identityKey(title) === TITLE_HEADER;

/** Before the name of a field whose own name is that of another column. */
const PREFIX = 'field ';

/** The header of each field: its label where that means no other field, else its name. Each is there once. */
export async function sheetHeaders(context: Context, fields: readonly Field[]): Promise<string[]> {
  const taken = new Set([ID_HEADER, TITLE_HEADER]);
  const headers: string[] = [];
  for (const { label, name } of fields) {
    const forms = [label, name, `${PREFIX}${name}`].filter((form) => form.trim() !== '');
    const meant = await Promise.all(
      forms.map(async (form) => (await headerField(context, form).catch(() => undefined))?.name === name),
    );
    const header = forms.find((form, index) => meant[index] && !taken.has(identityKey(form))) ?? `${PREFIX}${name}`;
    taken.add(identityKey(header));
    headers.push(header);
  }
  return headers;
}

/** The field that a header means. Throws `ToolError` with the fields there are. */
export async function headerField(context: Context, header: string): Promise<Field> {
  const named = header.startsWith(PREFIX) ? await fieldBefore(context, header) : undefined;
  return named ?? findField(context, header.startsWith(PREFIX) ? header.slice(PREFIX.length) : header);
}
