import type { Catalogue } from '../../../catalogue/types.ts';
import type { Functions } from '../../../programs/messages.ts';
import { plural } from '../../../text/english.ts';
import { ToolError } from '../../errors.ts';
import { toShown } from '../../library/metadata/values.ts';
import { searchBody } from '../../library/search.ts';
import { find_assets } from '../../tasks/find_assets/find_assets.ts';
import { readQuery } from '../../tasks/find_assets/query.ts';
import type { Context } from '../../types.ts';
import { chosen, shownAnswer } from '../answer.ts';
import { answerOf, readRow } from '../read_operation.ts';
import { requireCarried, withWritten } from '../request.ts';
import type { Budget } from './budget.ts';
import { messageOf } from './failure.ts';
import { type Item, itemOf, type Listing, pagesOf } from './lists.ts';

/** What every hit has; the rest is named in `fields`. */
const HIT_FIELDS = [
  ...['id', 'title', 'type', 'media_type', 'status', 'archive_status', 'is_online'],
  ...['duration_milliseconds', 'date_created'],
];

const SEARCH = 'POST /search/v1/search/';

/** Objects that one call brings together. */
const MAX_OBJECTS = 50_000;

export interface Reading {
  readonly budget: Budget;
  readonly catalogue: Catalogue;
  /** Keys of the first object that each operation gave: what an error can say that helps. */
  readonly seen: Map<string, readonly string[]>;
}

/** What a program can call. Each refuses with a sentence for the program. */
export function createFunctions(reading: Reading): Functions {
  const guarded = (work: (args: readonly unknown[]) => Promise<unknown>) => async (args: readonly unknown[]) => {
    try {
      return await work(args);
    } catch (error) {
      throw new Error(messageOf(error, reading.budget));
    }
  };
  return {
    read: guarded(([operation, options]) => read(reading, operationIn(operation), listingIn(options))),
    pages: guarded(([operation, options]) => pages(reading, operationIn(operation), listingIn(options))),
    find: guarded(([options]) => find(reading, objectIn(options, 'find'))),
  };
}

async function read(reading: Reading, operation: string, given: Listing): Promise<unknown> {
  const { budget, catalogue } = reading;
  const row = dataRow(reading, operation);
  const listing = withWritten(row, operation, given);
  const answer = chosen(
    shownAnswer(await answerOf(budget.context, catalogue, row, listing), { urls: false }),
    listing.fields,
  );
  remember(reading, row.operation, answer);
  return answer;
}

async function pages(reading: Reading, operation: string, given: Listing): Promise<unknown[]> {
  const { budget, catalogue } = reading;
  const row = dataRow(reading, operation);
  const listing = withWritten(row, operation, given);
  const found = await collected(budget, row.operation, pagesOf({ context: budget.context, catalogue, row, listing }));
  const items = found.map((item) => itemOf(item, listing));
  remember(reading, row.operation, items[0]);
  return items;
}

/** An operation whose answer a program may have: it reads, and hands out nothing that opens anything. */
function dataRow({ catalogue }: Reading, operation: string) {
  const row = readRow(catalogue, operation);
  requireCarried(row);
  if (!row.isJson) throw new ToolError(`${row.operation} answers with a text: use read_operation`);
  if (row.capability)
    throw new ToolError(`${row.operation} hands out an address or a token, which a program does not get`);
  return row;
}

/** All objects of a list; those that came where time or requests run out, which is noted. */
async function collected(
  budget: Budget,
  name: string,
  list: AsyncIterable<{ objects: readonly Item[]; total?: number | undefined }>,
  most = MAX_OBJECTS,
) {
  const found = new Map<unknown, Item>();
  let total: number | undefined;
  const partly = (why: string): void =>
    budget.note(`PARTIAL: ${name} gave ${found.size} of ${total ?? 'an unknown number of'} objects: ${why}.`);
  try {
    for await (const page of list) {
      total ??= page.total;
      for (const object of page.objects) found.set(object.id ?? object, object);
      if (found.size >= most) break;
    }
    if (found.size >= MAX_OBJECTS) partly(`${plural(MAX_OBJECTS, 'object')} at most`);
  } catch (error) {
    if (!budget.isSpent() || found.size === 0) throw error;
    partly(messageOf(error, budget));
  }
  return [...found.values()].slice(0, most);
}

/** `where` as find_assets lists it, as the object that stands for it. */
const byLabel = (where: unknown): unknown =>
  Array.isArray(where) && where.every((one) => typeof Object(one).label === 'string')
    ? Object.fromEntries(where.map(({ label, value }) => [label, value]))
    : where;

const NOT_IN_PROGRAMS = ['count_by', 'cursor'];
const FIND_TAKES = [
  ...Object.keys(find_assets.input.shape).filter((name) => !NOT_IN_PROGRAMS.includes(name)),
  'fields',
];

async function find(reading: Reading, { fields, limit, ...given }: Item): Promise<unknown[]> {
  const { budget, catalogue } = reading;
  const refused = NOT_IN_PROGRAMS.find((name) => given[name] !== undefined);
  if (refused) throw new ToolError(`find takes no ${refused} in a program: count and go on there`);
  const { data, error } = find_assets.input.safeParse({ ...given, where: byLabel(given.where) });
  if (error)
    throw new ToolError(
      `find: ${error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()).join('; ')}. It takes ${FIND_TAKES.join(', ')}`,
    );
  if (limit !== undefined && limit !== null && !(Number.isSafeInteger(limit) && Number(limit) > 0))
    throw new ToolError(`find: limit ${JSON.stringify(limit)} is not a whole number from 1`);
  const query = await readQuery(budget.context as Context, data);
  // What is looked up asset by asset cannot be dropped without a word.
  if (query.measure || query.shown.some(({ kind }) => kind === 'technical'))
    throw new ToolError(
      'find: in a program size, codec and other media info are no condition, no order and nothing to show: find_assets takes them, and find its selection as collection',
    );
  const more = stringsIn(fields, 'fields');
  const shown = query.shown.flatMap(({ names }) => names);
  const properties = query.shown.flatMap(({ field, names }) =>
    field ? [] : names.map((name) => name.split('.')[0] ?? ''),
  );
  const listing: Listing = {
    body: searchBody(query.criteria),
    fields: [...new Set([...HIT_FIELDS, ...more, ...shown])],
  };
  const row = readRow(catalogue, SEARCH);
  const most = Math.min(Number(limit ?? MAX_OBJECTS), MAX_OBJECTS);
  const found = await collected(budget, 'find', pagesOf({ context: budget.context, catalogue, row, listing }), most);
  for (const note of query.notes) budget.note(note);
  const items = found.map((item) => {
    const values = Object(item.metadata) as Item;
    const labels = query.shown.flatMap(({ field }, index) => {
      if (!field) return [];
      const list = [values[field.name]].flat().filter((value) => value !== undefined && value !== null);
      return [[data.show?.[index] ?? field.label, list.map((value) => toShown(field, value))]];
    });
    return {
      ...Object(itemOf(item, { fields: [...HIT_FIELDS, ...more, ...properties] })),
      ...Object.fromEntries(labels),
    };
  });
  remember(reading, 'find', items[0]);
  return items;
}

/** Names of fields that an error lists. */
const MAX_KEYS = 30;

function remember({ seen }: Reading, operation: string, answer: unknown): void {
  if (seen.has(operation) || typeof answer !== 'object' || answer === null) return;
  seen.set(operation, Object.keys(answer).slice(0, MAX_KEYS));
}

function operationIn(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new ToolError('the first argument is the operation as a text, such as "GET /assets/v1/assets/"');
}

function objectIn(value: unknown, name: string): Item {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Item;
  throw new ToolError(`${name} takes an object`);
}

const PARTS = ['path', 'query', 'body', 'fields'];

function listingIn(value: unknown): Listing {
  const { fields, ...given } = objectIn(value, 'the second argument');
  const unknown = Object.keys(given).find((name) => !PARTS.includes(name));
  if (unknown) throw new ToolError(`"${unknown}" is unknown: the second argument takes ${PARTS.join(', ')}`);
  for (const name of PARTS.slice(0, -1)) if (given[name] !== undefined) objectIn(given[name], name);
  return { ...given, fields: stringsIn(fields, 'fields') };
}

function stringsIn(value: unknown, name: string): string[] {
  const list = [value ?? []].flat();
  if (list.every((one) => typeof one === 'string')) return list as string[];
  throw new ToolError(`${name} takes a list of names`);
}
