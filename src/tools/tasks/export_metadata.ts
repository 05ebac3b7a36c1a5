import * as z from 'zod';
import { writeExcelCsv } from '../../media/sheet.ts';
import { clean } from '../../text/clean.ts';
import { identityKey, withName } from '../../text/compare.ts';
import { plural } from '../../text/english.ts';
import { shorten } from '../../text/tokens.ts';
import { task } from '../define.ts';
import { attachDocument } from '../documents.ts';
import { CLEAR, toCell } from '../library/metadata/cells.ts';
import { type Change, currentItems, ONE_BY_ONE_LIMIT } from '../library/metadata/change.ts';
import { type Field, fieldBefore, findField, viewsOf } from '../library/metadata/fields.ts';
import { ID_HEADER, sheetHeaders, TITLE_HEADER } from '../library/metadata/sheet_headers.ts';
import type { Doc } from '../library/search.ts';
import { documentsOf, manyAssets, oneWay } from '../library/selection.ts';
import { integer, strings, text } from '../params.ts';
import { showing } from '../run/notes.ts';
import type { Context } from '../types.ts';

const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const;
const URI = 'iconik://metadata.csv';

/** Columns that an answer names, and characters of each. */
const MAX_COLUMNS = 40;
const MAX_HEADER_LENGTH = 60;

export const export_metadata = task({
  title: 'Export metadata as CSV',
  description:
    'Export metadata as a CSV spreadsheet for Excel: a line per asset with its id, a column per field. import_metadata takes it back in. In the chat: read_metadata.',
  effect: 'read',
  attaches: true,
  roles: ['can_read_metadata_values', 'can_search'],
  input: {
    ...manyAssets,
    columns: z.array(z.string().min(1)).min(1).describe('Labels, or a view.'),
    delimiter: z.enum(['comma', 'semicolon', 'tab']).optional().describe('Default comma.'),
  },
  output: { total: integer, columns: strings, uri: text, notes: strings },
  validate: oneWay,
  run: async ({ columns, delimiter = 'comma', ...targets }, context) => {
    const fields = await fieldsOf(context, columns);
    const wanted = fields.map(({ name }) => `metadata.${name}`);
    const found = await documentsOf(context, targets, wanted);
    const isOrdered = targets.first !== undefined || targets.assets !== undefined;
    const docs = isOrdered ? found.docs : found.docs.toSorted(byTitle);
    if (docs.length === 0) return { total: 0, notes: [...found.notes, 'No assets: no document was written.'] };
    const reading = fields.map((field): Change => ({ field, mode: 'append', values: [] }));
    const items = await currentItems(context, docs, reading);
    const headers = await sheetHeaders(context, fields);
    const rows = items.map(({ id, title, old }) => [
      id,
      clean(title),
      ...fields.map((field) => toCell(field, old[field.name] ?? [])),
    ]);
    const csv = writeExcelCsv([[ID_HEADER, TITLE_HEADER, ...headers.map(clean)], ...rows], DELIMITERS[delimiter]);
    const made = { of: plural(items.length, 'asset'), advice: 'Take fewer with first, or fewer columns.' };
    attachDocument(context, { uri: URI, mimeType: 'text/csv', text: csv }, made);
    return {
      total: items.length,
      columns: headers.slice(0, MAX_COLUMNS).map((header) => shorten(header, MAX_HEADER_LENGTH)),
      uri: URI,
      notes: [
        ...found.notes,
        ...(headers.length > MAX_COLUMNS ? [`Columns: ${showing(MAX_COLUMNS, headers.length)}`] : []),
        ...(found.total > items.length ? [`${items.length} of ${found.total} assets.`] : []),
        `Several values of a field are separated by ";". In import_metadata an empty cell changes nothing, and ${CLEAR} clears.`,
        ...(items.length > ONE_BY_ONE_LIMIT
          ? ['Values come from the search index, which lags a few seconds behind.']
          : []),
      ],
    };
  },
});

const byTitle = (a: Doc, b: Doc): number =>
  (a.title ?? '').localeCompare(b.title ?? '', 'en') || (a.id ?? '').localeCompare(b.id ?? '');

/** The fields that words mean, each once: a label its field, the name of a view all of its fields. Throws `ToolError`. */
async function fieldsOf(context: Context, columns: readonly string[]): Promise<Field[]> {
  const views = await viewsOf(context);
  const meant = await Promise.all(
    columns.map(async (words) => {
      const field = await fieldBefore(context, words);
      if (field) return [field];
      // Each row has them already.
      if ([ID_HEADER, TITLE_HEADER].includes(identityKey(words))) return [];
      const [view] = withName(views, ({ id, name }) => [id, name], words);
      return view?.fields ?? [await findField(context, words)];
    }),
  );
  return [...new Map(meant.flat().map((field) => [field.name, field])).values()];
}
