import * as z from 'zod';
import { loadCatalogue } from '../../catalogue/index.ts';
import type { Catalogue, Row } from '../../catalogue/types.ts';
import { plural } from '../../text/english.ts';
import { task } from '../define.ts';
import { attachDocument } from '../documents.ts';
import { ToolError } from '../errors.ts';
import { integer, strings, text } from '../params.ts';
import type { Context } from '../types.ts';
import { chosen, fitted, missing, shownAnswer } from './answer.ts';
import { requestInput } from './params.ts';
import {
  asksForUrls,
  type Given,
  isText,
  operationRow,
  requestFor,
  requireCarried,
  withMissing,
  withRolesOf,
  withWritten,
} from './request.ts';

export const read_operation = task({
  title: 'Read with any operation',
  description:
    'Call an operation of Iconik that only reads and that no other tool covers; find_operations finds it, describe_operation says what it takes. Returns its answer without signed URLs, or a text (subtitles, CSV) as a document.',
  effect: 'read',
  attaches: true,
  roles: ['can_read_assets'],
  input: {
    ...requestInput,
    fields: z.array(z.string()).optional().describe('Only these: ["id", "files.size"].'),
  },
  output: { answer: z.any().optional(), uri: text, characters: integer, notes: strings },
  run: async ({ operation, fields, ...rest }, context) => {
    const catalogue = await loadCatalogue();
    const row = readRow(catalogue, operation);
    const given = withWritten(row, operation, rest);
    requireCarried(row);
    if (isText(row)) return readText(context, catalogue, row, given);
    const raw = await answerOf(context, catalogue, row, given).catch(withMissing(context, given));
    const whole = shownAnswer(raw, { urls: row.capability || asksForUrls(row, given) });
    const { answer, note } = fitted(chosen(whole, fields), 'per_page' in row.query);
    const absent = missing(whole, fields);
    const notes = [
      ...(note ? [note] : []),
      ...(absent.length > 0 ? [`Not in this answer, or empty: ${absent.join(', ')}.`] : []),
    ];
    return { answer: answer ?? 'Iconik answered with nothing.', ...(notes.length > 0 && { notes }) };
  },
});

/** Upload addresses come with the act that needs them. */
const HANDS_OUT_UPLOADS = /\/multipart(_url)?\/|\/multipart_url\/$|compose_url/;

/** The operation, if it only reads. Throws `ToolError`. */
export function readRow(catalogue: Catalogue, operation: string): Row {
  const row = operationRow(catalogue, operation);
  if (row.effect !== 'read')
    throw new ToolError(`${row.operation} changes things (${row.effect}): use change_operation`);
  if (row.capability && HANDS_OUT_UPLOADS.test(row.path))
    throw new ToolError(`${row.operation} hands out addresses to upload to, which no reading tool does`);
  return row;
}

/** The answer of a reading operation, as Iconik gives it. */
export async function answerOf(context: Context, catalogue: Catalogue, row: Row, given: Given): Promise<unknown> {
  if (given.query?.save_search_history === true || given.query?.save_search_history === 'true')
    throw new ToolError('query.save_search_history: true writes, and this only reads');
  // Iconik keeps each search in the history of the user unless it is told not to.
  const quiet = row.query.save_search_history && { save_search_history: given.query?.save_search_history || false };
  const parts = requestFor(catalogue, row, { ...given, query: { ...given.query, ...quiet } });
  const options = { signal: context.signal, readOnly: true, text: isText(row) };
  const { body } = await context.call(parts, options).catch(withRolesOf(row));
  return body;
}

async function readText(context: Context, catalogue: Catalogue, row: Row, given: Given) {
  const body = String((await answerOf(context, catalogue, row, given).catch(withMissing(context, given))) ?? '');
  const name = row.path
    .split('/')
    .filter((part) => part && !part.startsWith('{'))
    .slice(-2)
    .join('-');
  const uri = `iconik://text/${Object.values(given.path ?? {}).join('-')}/${name}`;
  attachDocument(context, { uri, mimeType: row.media ?? 'text/plain', text: body }, { of: 'The texts of this answer' });
  return { uri, characters: body.length, notes: [`The text is a document of ${plural(body.length, 'character')}.`] };
}
