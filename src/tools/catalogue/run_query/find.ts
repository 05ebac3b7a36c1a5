import { ToolError } from '../../errors.ts';
import { withoutDeleted } from '../../library/bin/fresh.ts';
import { type Master, readMasters, withChecksums } from '../../library/masters/masters.ts';
import { type Criteria, type Doc, firstFew, onlyThese, searchBody } from '../../library/search.ts';
import { batches } from '../../run/each.ts';
import { createReport } from '../../run/report.ts';
import { type Column, columnData } from '../../tasks/find_assets/columns.ts';
import { find_assets } from '../../tasks/find_assets/find_assets.ts';
import { type Known, placeNames } from '../../tasks/find_assets/holdings.ts';
import { answered } from '../../tasks/find_assets/page.ts';
import { type Query, readQuery } from '../../tasks/find_assets/query.ts';
import { readRow } from '../read_operation.ts';
import type { Budget } from './budget.ts';
import { messageOf } from './failure.ts';
import { type Item, itemOf, pagesOf } from './lists.ts';
import { collected, MAX_OBJECTS, type Reading, remember, stringsIn } from './reading.ts';

/** What every hit has; the rest is named in `fields`. */
const HIT_FIELDS = [
  ...['id', 'title', 'type', 'media_type', 'status', 'archive_status', 'is_online'],
  ...['duration_milliseconds', 'date_created'],
];

const SEARCH = 'POST /search/v1/search/';

const NOT_IN_PROGRAMS = ['count_by', 'cursor'];
const FIND_TAKES = [
  ...Object.keys(find_assets.input.shape).filter((name) => !NOT_IN_PROGRAMS.includes(name)),
  'fields',
];

/** The hits of find_assets as objects, all of them or the first `limit`, with the labels of `show` as keys. */
export async function find(reading: Reading, { fields, limit, ...given }: Item): Promise<unknown[]> {
  const { budget } = reading;
  const more = stringsIn(fields, 'fields');
  const most = Math.min(limitIn(limit), MAX_OBJECTS);
  const asked = await readQuery(budget.context, argumentsIn(given));
  for (const note of asked.notes) budget.note(note);
  const { criteria, hits } = await lookedUp(budget, asked, most);
  const { shown, zone } = asked;
  const plain = shown.filter((column) => !isRead(column)).flatMap(({ names }) => names);
  const wanted = [...new Set([...HIT_FIELDS, ...more, ...plain])];
  const found = await collected(budget, 'find', pagesOfHits(reading, criteria, hits?.slice(0, most), wanted), most);
  const known = await knownOf(budget, asked, found);
  const items = sortedByIds(found, hits).map((item) => {
    const doc = known.docs.get(item.id) ?? (item as Doc);
    const labels = shown.flatMap((column) => {
      const value = columnData(column, doc, { ...known, zone });
      return value === undefined ? [] : [[column.asked, value]];
    });
    return { ...Object(itemOf(item, { fields: [...HIT_FIELDS, ...more] })), ...Object.fromEntries(labels) };
  });
  remember(reading, 'find', items[0]);
  return items;
}

function argumentsIn(given: Item) {
  const refused = NOT_IN_PROGRAMS.find((name) => given[name] !== undefined);
  if (refused) throw new ToolError(`find takes no ${refused} in a program: count and go on there`);
  // Tasks call it a selection; find_assets takes one as the place to look in.
  const { selection, ...rest } = given;
  const place = selection === undefined ? {} : { collection: selection };
  if (selection !== undefined && given.collection !== undefined)
    throw new ToolError('find takes selection or collection, not both');
  const { data, error } = find_assets.input.safeParse({ ...rest, ...place, where: byLabel(given.where) });
  if (data) return data;
  const issues = error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim());
  throw new ToolError(`find: ${issues.join('; ')}. It takes ${FIND_TAKES.join(', ')}`);
}

/** `where` as find_assets lists it, as the object that stands for it. */
const byLabel = (where: unknown): unknown =>
  Array.isArray(where) && where.every((one) => typeof Object(one).label === 'string')
    ? Object.fromEntries(where.map(({ label, value }) => [label, value]))
    : where;

function limitIn(limit: unknown): number {
  if (limit === undefined || limit === null) return MAX_OBJECTS;
  if (Number.isSafeInteger(limit) && Number(limit) > 0) return Number(limit);
  throw new ToolError(`find: limit ${JSON.stringify(limit)} is not a whole number from 1`);
}

/**
 * What finds the hits: criteria, or their ids in order where the index cannot answer all that is asked. Goes on where
 * find_assets gives a cursor; what it cannot go on with is noted.
 */
async function lookedUp(budget: Budget, asked: Query, most: number): Promise<{ criteria: Criteria; hits?: string[] }> {
  const hits: string[] = [];
  let next: Query | undefined = asked;
  while (next && hits.length < most) {
    const { query, measured }: Awaited<ReturnType<typeof answered>> = await answered(budget.context, next);
    for (const note of measured?.notes ?? []) budget.note(note);
    if (!query.hits) return { criteria: query.criteria };
    hits.push(...query.hits);
    next = query.others;
    if (measured?.lookedAt && !query.others && asked.measure?.order)
      budget.note(
        `PARTIAL: find looked at ${measured.lookedAt}: hits and order are of these alone. Narrow the search.`,
      );
  }
  return { criteria: asked.criteria, hits };
}

/** Ids that are sent along with a request, which gives all of them. */
const IDS_PER_REQUEST = 1_000;

async function* pagesOfHits(
  { budget, catalogue }: Reading,
  criteria: Criteria,
  hits: readonly string[] | undefined,
  fields: readonly string[],
) {
  const row = readRow(catalogue, SEARCH);
  const pages = (body: Criteria) =>
    pagesOf({
      context: budget.context,
      catalogue,
      row,
      listing: { body: searchBody(withoutDeleted(budget.context, body)), fields },
    });
  if (!hits) return yield* pages(criteria);
  const { sort: _, ...unsorted } = criteria;
  for (const ids of batches(hits, IDS_PER_REQUEST))
    for await (const page of pages(onlyThese(unsorted, ids))) yield { ...page, total: hits.length };
}

function sortedByIds(items: readonly Item[], ids: readonly string[] | undefined): readonly Item[] {
  if (!ids) return items;
  const byId = new Map(items.map((item) => [item.id, item]));
  return ids.flatMap((id): readonly Item[] => {
    const item = byId.get(id);
    return item ? [item] : [];
  });
}

/** Whether more than a field of the document is needed for a column. */
const isRead = ({ kind }: Column): boolean =>
  ['technical', 'size', 'storage', 'collection', 'cut_from'].includes(kind ?? '');

/** Documents with media info are large. */
const DOCS_PER_REQUEST = 250;
/** Assets whose formats are read one by one, because the index has none. */
const MAX_READS = 200;

type Values = Omit<Known, 'zone'> & { readonly docs: ReadonlyMap<unknown, Doc> };

/** What the columns are made from, of as many hits as there is time for; others are noted. */
async function knownOf(budget: Budget, { shown, criteria }: Query, items: readonly Item[]): Promise<Values> {
  const { context } = budget;
  const columns = shown.filter(isRead);
  const docs = new Map<unknown, Doc>();
  const masters = new Map<unknown, Master>();
  const names = new Map<string, string>();
  const known = { docs, names, masters: masters as ReadonlyMap<string, Master> };
  if (columns.length === 0) return known;
  const fields = columns.flatMap((column) => column.names);
  const base: Criteria = { doc_types: criteria.doc_types, terms: [] };
  const ids = items.map(({ id }) => String(id));
  const limit = budget.requests + MAX_READS;
  try {
    for (const some of batches(ids, DOCS_PER_REQUEST)) {
      const found = await firstFew(context, onlyThese(base, some), some.length, fields);
      for (const doc of found) docs.set(doc.id, doc);
      for (const [id, name] of await placeNames(context, new Set(columns.map(({ kind }) => kind)), found))
        names.set(id, name);
      for (const one of await mastersOf(budget, columns, found, Math.max(0, limit - budget.requests)))
        masters.set(one.doc.id, one);
    }
  } catch (error) {
    if (!budget.isSpent()) throw error;
    const labels = columns.map(({ asked }) => asked).join(', ');
    budget.note(`PARTIAL: ${labels} of ${docs.size} of ${ids.length} hits: ${messageOf(error, budget)}.`);
  }
  return known;
}

async function mastersOf(budget: Budget, columns: readonly Column[], docs: readonly Doc[], max: number) {
  const facts = columns.flatMap(({ fact }) => fact ?? []);
  if (facts.length === 0) return [];
  const report = createReport(budget.context);
  const read = await readMasters(budget.context, report, docs, 'ORIGINAL', max);
  const masters = facts.includes('checksum') ? await withChecksums(budget.context, report, read) : read;
  for (const note of report.notes) budget.note(note);
  return masters;
}
