import * as z from 'zod';
import { MAX_SOURCE } from '../../../programs/limits.ts';
import { task } from '../../define.ts';
import { integer, strings, text } from '../../params.ts';
import { answerOf } from './run.ts';

export const run_query = task({
  title: 'Run a query program',
  description:
    'Answer a question that takes many reads and arithmetic: your small JavaScript program runs here, reads the library, sums, groups, joins and compares, and returns its result as data or as a CSV document. It cannot change anything.',
  effect: 'read',
  attaches: true,
  roles: ['can_search', 'can_read_assets'],
  input: {
    program: z
      .string()
      .min(1)
      .describe(
        [
          'Body of an async function; end with return. It has only: find({…find_assets arguments, fields}) → all hits as an array; pages(operation, {path, query, body, fields}) → all objects of a list or search; read(operation, {…}) → one answer; table(rows) → CSV document; now. fields are dotted paths such as files.size; show of find adds labels as keys. Up to 500 requests, 2 s of computing.',
          'E.g. const hits = await find({ fields: ["date_viewed", "files.size", "files.status", "files.storage_id"] }); const bytes = {}; for (const { date_viewed = "", files = [] } of hits) if (date_viewed < "2026") for (const f of files) if (f.status === "CLOSED") bytes[f.storage_id] = (bytes[f.storage_id] ?? 0) + f.size; return bytes; // never viewed: no date',
        ].join('\n'),
      ),
  },
  output: {
    result: z.any().optional(),
    rows: integer,
    uri: text,
    preview: strings,
    requests: integer,
    notes: strings,
  },
  validate: ({ program }) =>
    program.length > MAX_SOURCE
      ? `program: it has ${program.length} characters, the limit is ${MAX_SOURCE}.`
      : undefined,
  run: ({ program }, context) => answerOf(context, program),
});
