import * as z from 'zod';
import { type Catalogue, type Field, type Fields, loadCatalogue, type Row, titleOf } from '../../catalogue/index.ts';
import { tokensIn } from '../../text/tokens.ts';
import { task } from '../define.ts';
import { ToolError } from '../errors.ts';
import { strings, text } from '../params.ts';
import type { BetterTools } from './better.ts';
import { fittingLines } from './fields.ts';
import { offered } from './find_operations.ts';
import { requestInput } from './params.ts';
import { rowNamed } from './request.ts';

/** Tokens of all the fields that a call takes, and of the keys that it answers. */
const [MAX_FIELD_TOKENS, MAX_ANSWER_TOKENS] = [450, 140];

export const describeOperation = (better: BetterTools) =>
  task({
    title: 'Describe an operation',
    description:
      'Show what an operation of the API takes and does: path, query and body with types, limits and allowed values, roles, keys of the answer, whether it asks first or has no way back. * is required. Find it with find_operations.',
    effect: 'read',
    roles: [],
    input: {
      operation: requestInput.operation,
      field: z.string().trim().optional().describe('Only this field of the body, in full.'),
    },
    output: {
      operation: text,
      title: text,
      does: text,
      path: strings,
      query: strings,
      body: strings,
      answers: text,
      roles: strings,
      notes: strings,
    },
    run: async ({ operation, field }, context) => {
      const catalogue = await loadCatalogue();
      const row = rowNamed(catalogue, operation);
      const title = titleOf(row.operation);
      const head = { operation: row.operation, ...(title !== undefined && { title }), does: deed(row) };
      if (row.refuse !== undefined) return { ...head, notes: [`Never called: ${row.refuse}.`] };
      if (field !== undefined) return { ...head, body: oneField(catalogue, row, field) };
      const { body, query, cut } = argumentLines(catalogue, row);
      return {
        ...head,
        ...(row.pathNames.length > 0 && { path: [...row.pathNames] }),
        ...(query.length > 0 && { query }),
        ...(body.length > 0 && { body }),
        ...(row.answers.length > 0 && { answers: answerLine(row.answers) }),
        ...(row.roles.length > 0 && { roles: [...row.roles] }),
        ...someNotes(notesOf(row, cut, offered(better(row.operation), context))),
      };
    },
  });

const someNotes = (notes: string[]): { readonly notes?: string[] } => (notes.length > 0 ? { notes } : {});

/** `deletes, asks first, no way back`. */
function deed({ effect, outbound, asks, noWayBack, access, refuse }: Row): string {
  const parts = [
    VERBS[effect],
    outbound !== undefined && `leaves the company (${outbound})`,
    access && 'changes access',
    asks && refuse === undefined && 'asks first',
    noWayBack && 'no way back',
  ];
  return parts.filter(Boolean).join(', ');
}

const VERBS = {
  read: 'reads',
  create: 'creates',
  update: 'changes',
  delete: 'deletes',
  purge: 'deletes for good',
  never: 'is not for people',
} as const;

interface Arguments {
  readonly query: string[];
  readonly body: string[];
  /** Types of the body's fields, or of those inside, are left out. */
  readonly cut: boolean;
}

function argumentLines(catalogue: Catalogue, { query, body, isJson }: Row): Arguments {
  const inQuery = fittingLines(query, catalogue.fieldsOf, MAX_FIELD_TOKENS);
  const left = MAX_FIELD_TOKENS - inQuery.lines.reduce((sum, line) => sum + tokensIn(line), 0);
  if (!body) return { query: inQuery.lines, body: [], cut: false };
  if (body.free && isJson) return { query: inQuery.lines, body: ['{}'], cut: false };
  const { lines, detail } = fittingLines(body.fields, catalogue.fieldsOf, left);
  return { query: inQuery.lines, body: lines, cut: detail !== 'types' };
}

function oneField(catalogue: Catalogue, { operation, body, query }: Row, name: string): string[] {
  const path = name.split('.').map((part) => part.replace('[]', ''));
  let fields: Fields = { ...query, ...body?.fields };
  let found: Field | undefined;
  for (const part of path) {
    found = fields[part];
    if (!found) {
      const known = Object.keys(fields).join(', ') || 'none';
      throw new ToolError(`${operation} has no field "${name.slice(0, 60)}". Known: ${known.slice(0, 1_000)}.`);
    }
    fields = catalogue.fieldsOf(found);
  }
  const own = { [name]: found as Field };
  return fittingLines(Object.keys(fields).length > 0 ? fields : own, catalogue.fieldsOf, MAX_FIELD_TOKENS).lines;
}

/** Keys that people ask for first. */
const FIRST = 'id title name status type object_type object_id date_created date_modified size email url'.split(' ');
/** Keys with which Iconik's lists lead on. */
const PAGING = new Set(
  'page pages per_page first_url last_url next_url prev_url scroll_id search_after facets'.split(' '),
);

/** `objects[id, title], total`, as many as there is room for. */
function answerLine(keys: readonly string[]): string {
  const rank = (key: string): number => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
  const sorted = (some: readonly string[]) => [...some].sort((a, b) => rank(a) - rank(b));
  const top = sorted(keys.filter((key) => !key.includes('.') && !PAGING.has(key)));
  const rows = sorted(keys.filter((key) => key.includes('.')).map((key) => key.slice(key.indexOf('.') + 1)));
  const some = (all: readonly string[], count: number): string =>
    [...all.slice(0, count), ...(all.length > count ? [`… ${all.length - count} more`] : [])].join(', ');
  const line = (count: number): string =>
    [rows.length > 0 && `objects[${some(rows, count)}]`, some(top, count)].filter(Boolean).join(', ');
  const fits = (count: number): boolean => tokensIn(line(count)) <= MAX_ANSWER_TOKENS;
  let [low, high] = [1, Math.max(1, rows.length, top.length)];
  if (fits(high)) return line(high);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return line(low);
}

function notesOf(row: Row, cut: boolean, tool: string | undefined): string[] {
  const flags = row.finalFlags.map(({ name, value }) => `${name}: ${value}`);
  const opening = row.openingBody.map(({ field, values: [value = ''] }) => `${field}: ${value.toLowerCase()}`);
  const deleting = row.deletingBody.map(({ field, values }) => `${field}: ${values.join(' or ')}`);
  return [
    tool && `${tool} does it, better.`,
    cut && 'Give field for the types inside a field.',
    deleting.length > 0 && `${deleting.join(', ')} deletes, and asks first.`,
    row.openingBody.length > 0 && `${opening.join(', ')} opens it to people outside, and asks first.`,
    flags.length > 0 && `${flags.join(', ')} keeps nothing, and asks first.`,
    row.byFilter && 'Without ids or a filter it would take all: give some.',
    row.capability && 'It hands out an address or a token that lets its holder in.',
    row.signedUrlFlags.length > 0 && `${row.signedUrlFlags.join(', ')} adds temporary signed addresses.`,
    row.body?.optional && 'The body may be left out.',
    notJson(row),
    row.since > 2025 && `New in ${row.since}.`,
    row.deprecated && 'Deprecated.',
  ].filter((note): note is string => Boolean(note));
}

function notJson({ isJson, media = '' }: Row): string | undefined {
  if (isJson) return undefined;
  if (media.startsWith('text/')) return `It answers ${media}, which comes as a document.`;
  return `Not by this tool: it takes or answers ${media}, not JSON.`;
}
