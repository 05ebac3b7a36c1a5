import { firstOf, plural } from '../../../text/english.ts';
import { inQuotes, oneLine } from '../../../text/quote.ts';
import { hasMedia, MASTER_FIELDS, type Master, readMasters } from '../../library/masters/masters.ts';
import { type Criteria, type Doc, MAX_IDS, onlyThese, page } from '../../library/search.ts';
import { groupBy } from '../../run/group_by.ts';
import { createReport } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import { openCounts } from './comments.ts';
import { bytesOf, FILE_FIELDS } from './holdings.ts';
import type { Query } from './query.ts';
import type { Measure, Order } from './sorting.ts';
import { factOf, isFact, rankOf, SIZE_NOTE, type Test } from './technical.ts';

/** Assets that are looked at one by one: for their sizes, for their media info, and where the index lacks it. */
const MAX_SIZED = 20_000;
const MAX_ANALYSED = 2_000;
const MAX_READS = 500;
/** Documents in one request; those with media info are large. */
const SIZED_PAGE = 1_000;
const ANALYSED_PAGE = 250;
/** Milliseconds kept for what follows. */
const RESERVED_MS = 12_000;
/** Titles that a note names. */
const MAX_TITLES = 3;

/** What was found by looking at the assets themselves. */
export interface Measured {
  /** Ids of the hits in their order. */
  readonly hits: readonly string[];
  /** Whether the criteria alone find exactly the hits. */
  readonly isWhole: boolean;
  /** How many assets there were to look at. */
  readonly total: number;
  /** Bytes of all files of the hits. */
  readonly bytes: number;
  /** By id. */
  readonly masters: ReadonlyMap<string, Master>;
  /** How far it got, where there is more to look at. */
  readonly read?: Read;
  /** What was looked at, where it is not all: `2000 of 4086 assets`. */
  readonly lookedAt?: string;
  /** How to go on where it is not all, for who reads page by page. */
  readonly goingOn: readonly string[];
  readonly notes: readonly string[];
}

/** How far the assets were looked at. */
export interface Read {
  readonly count: number;
  /** Where the others begin. */
  readonly after: readonly unknown[];
}

/** Looks at the assets that the criteria find, as many as there is room and time for, and says which it did not look at. */
export async function measure(context: Context, query: Query, { tests, order }: Measure): Promise<Measured> {
  const report = createReport(context);
  const facts = factsOf(query, { tests, order });
  const { docs, total, after } = await readDocuments(context, query, order, facts.length > 0);
  const masters: readonly Master[] =
    facts.length > 0
      ? await readMasters(context, report, docs, 'ORIGINAL', MAX_READS)
      : docs.map((doc) => ({ doc, tech: {}, files: [] }));
  const results = masters.map((master) => ({
    master,
    passed: tests.map(({ check }) => (hasMedia(master.doc) ? check(master) : false)),
  }));
  const hits = results.filter(({ passed }) => passed.every(Boolean)).map(({ master }) => master);
  const unknown = results.filter(({ passed }) => !passed.includes(false) && passed.includes(undefined));
  const sorted = order ? hits.toSorted(await comparison(context, order)) : hits;
  const count = (query.read?.count ?? 0) + docs.length;
  // What is ordered cannot go on: the first of the others may come before the hits.
  const goesOn = !order && tests.length > 0;
  const isSized = order?.by !== 'open_comments';
  return {
    hits: sorted.flatMap(({ doc }) => doc.id ?? []),
    isWhole: tests.length === 0 && !after,
    total,
    bytes: isSized ? hits.reduce((sum, { doc }) => sum + bytesOf(doc), 0) : 0,
    masters: new Map(masters.map((one) => [String(one.doc.id), one])),
    ...(after && goesOn && { read: { count, after } }),
    ...((after || query.read) && { lookedAt: partOf(count - docs.length, count, total) }),
    goingOn: [
      ...(after ? [unreadNote(count, total, goesOn)] : []),
      ...(query.read && !after ? [`Looked at the last ${docs.length} of ${total} assets.`] : []),
    ],
    notes: [
      ...tests.map(({ label, wanted }) => `${label}: ${wanted}`),
      ...(facts.length > 0 ? [`${facts.join(', ')}: of the original of the current version.`] : []),
      ...(unknown.length > 0 ? [unknownNote(unknown.map(({ master }) => master.doc))] : []),
      ...(hits.length === 0 ? [...eachNote(tests, results), ...tests.flatMap((test) => foundNote(test, masters))] : []),
      ...report.notes,
      ...(isSized ? [SIZE_NOTE] : []),
    ],
  };
}

/**
 * The query of those assets alone whose size fits, where their formats are needed for other conditions: these are large,
 * and few of them can be looked at. `total`: how many there were before.
 */
export async function fittingInSize(context: Context, query: Query, { tests, order }: Measure) {
  const sizes = tests.filter(({ needsFormats }) => !needsFormats);
  if (sizes.length === 0 || query.read || factsOf(query, { tests, order }).length === 0) return { query };
  const { docs, after } = await readDocuments(context, query, order, false);
  const fitting = docs.filter((doc) => sizes.every(({ check }) => check({ doc, tech: {}, files: [] }) !== false));
  if (after || fitting.length > MAX_IDS) return { query };
  const ids = fitting.map(({ id = '' }) => id);
  return { query: { ...query, criteria: onlyThese(query.criteria, ids) }, total: docs.length };
}

/** The labels for which the formats of the assets are needed, each once. */
function factsOf({ counted }: Query, { tests, order }: Measure): string[] {
  const sorted = order && isFact(order.by) ? [order.by] : [];
  const tested = tests.flatMap(({ needsFormats, label }) => (needsFormats ? [label] : []));
  return [...new Set([...tested, ...sorted, ...counted.flatMap(({ fact }) => fact ?? [])])];
}

function partOf(before: number, count: number, total: number): string {
  if (before === 0) return `${count} of ${total} assets`;
  return count >= total
    ? `the last ${count - before} of ${total} assets`
    : `assets ${before + 1} to ${count} of ${total}`;
}

const unreadNote = (count: number, total: number, goesOn: boolean): string =>
  `Looked at ${count} of ${total} assets; the other ${total - count} are not counted. ${goesOn ? 'next goes on with them, or narrow' : 'Narrow'} the search.`;

const unknownNote = (docs: readonly Doc[]): string =>
  `Not known of ${plural(docs.length, 'asset')}, which may fit or not and ${docs.length === 1 ? 'is' : 'are'} no hit: ${docs
    .slice(0, MAX_TITLES)
    .map(({ title, id }) => inQuotes(title ?? String(id)))
    .join(', ')}${docs.length > MAX_TITLES ? ', …' : ''}.`;

/** Values that a note names. */
const MAX_VALUES = 8;
const MAX_VALUE_LENGTH = 60;

/** For conditions that nothing fits together: how many fit each. */
function eachNote(tests: readonly Test[], results: readonly { readonly passed: readonly unknown[] }[]): string[] {
  if (tests.length < 2 || results.length === 0) return [];
  const fit = tests.map(({ label }, n) => `${label} ${results.filter(({ passed }) => passed[n] === true).length}`);
  return [`Of the ${results.length} looked at fit: ${fit.join(', ')}.`];
}

/** For a condition that nothing fits: what there is instead, most first. */
function foundNote({ label, facts = [] }: Test, masters: readonly Master[]): string[] {
  const whatIs = (master: Master): string => facts.flatMap((fact) => factOf(fact, master) ?? []).join(' ');
  const groups = [...groupBy(masters, whatIs)].filter(([value]) => value !== '');
  const lines = groups
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([value, own]) => `${oneLine(value, MAX_VALUE_LENGTH)} (${own.length})`);
  return lines.length > 0 ? [`${label} there is: ${firstOf(lines, MAX_VALUES)}.`] : [];
}

const BY_ID = [{ name: 'id', order: 'asc' as const }];

/** The order to read in: that of the hits, where the index has it. */
const criteriaToRead = (criteria: Criteria, order: Order | undefined): Criteria =>
  order || !(criteria.sort || criteria.query) ? { ...criteria, sort: BY_ID } : criteria;

async function readDocuments(
  context: Context,
  { criteria, read }: Query,
  order: Order | undefined,
  isAnalysed: boolean,
) {
  const max = isAnalysed ? MAX_ANALYSED : MAX_SIZED;
  const more = isAnalysed ? MASTER_FIELDS : order?.by === 'open_comments' ? ['versions'] : [];
  const docs = new Map<unknown, Doc>();
  let total = 0;
  let after = read?.after;
  do {
    const per_page = Math.min(isAnalysed ? ANALYSED_PAGE : SIZED_PAGE, max - docs.size);
    const include_fields = ['id', 'title', 'type', ...FILE_FIELDS, ...more];
    const found = await page(context, criteriaToRead(criteria, order), { per_page, after, include_fields });
    total = Math.max(total, found.total);
    for (const doc of found.docs) docs.set(doc.id, doc);
    after = found.after;
    context.progress(docs.size, Math.min(total, max));
  } while (after && docs.size < max && context.timeLeft() > RESERVED_MS);
  const isAll = (read?.count ?? 0) + docs.size >= total;
  return { docs: [...docs.values()], total, ...(after && !isAll && { after }) };
}

/** By value; what is not known comes last. */
async function comparison(context: Context, { by, isAscending = false }: Order) {
  const countOf = by === 'open_comments' ? await openCounts(context) : undefined;
  const rank = (master: Master) => (by === 'open_comments' ? countOf?.(master.doc) : rankOf(by, master));
  const sign = isAscending ? 1 : -1;
  return (a: Master, b: Master): number => {
    const [one, other] = [rank(a), rank(b)];
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
    return one === other ? 0 : one < other ? -sign : sign;
  };
}
