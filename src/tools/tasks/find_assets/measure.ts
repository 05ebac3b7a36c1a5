import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { MASTER_FIELDS, type Master, readMasters } from '../../library/masters/masters.ts';
import { type Criteria, type Doc, page } from '../../library/search.ts';
import { createReport } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import { bytesOf, FILE_FIELDS } from './holdings.ts';
import type { Query } from './query.ts';
import type { Measure, Order } from './sorting.ts';
import { rankOf, SIZE_NOTE } from './technical.ts';

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
  /** Bytes of all files of the hits. */
  readonly bytes: number;
  /** By id. */
  readonly masters: ReadonlyMap<string, Master>;
  readonly notes: readonly string[];
}

/** Looks at the assets that the criteria find, as many as there is room and time for, and says which it did not look at. */
export async function measure(
  context: Context,
  { criteria, counted }: Query,
  { tests, order }: Measure,
): Promise<Measured> {
  const report = createReport(context);
  const facts = [
    ...tests.flatMap(({ needsFormats, label }) => (needsFormats ? [label] : [])),
    ...(order && order.by !== 'size' ? [order.by] : []),
    ...counted.flatMap(({ fact }) => fact ?? []),
  ];
  const isAnalysed = facts.length > 0;
  const { docs, total } = await readDocuments(context, criteriaToRead(criteria, order), isAnalysed);
  const masters: readonly Master[] = isAnalysed
    ? await readMasters(context, report, docs, 'ORIGINAL', MAX_READS)
    : docs.map((doc) => ({ doc, tech: {}, files: [] }));
  const results = masters.map((master) => ({ master, passed: tests.map(({ check }) => check(master)) }));
  const hits = results.filter(({ passed }) => passed.every(Boolean)).map(({ master }) => master);
  const unknown = results.filter(({ passed }) => !passed.includes(false) && passed.includes(undefined));
  const sorted = order ? hits.toSorted(comparison(order)) : hits;
  return {
    hits: sorted.flatMap(({ doc }) => doc.id ?? []),
    isWhole: tests.length === 0 && docs.length >= total,
    bytes: hits.reduce((sum, { doc }) => sum + bytesOf(doc), 0),
    masters: new Map(masters.map((one) => [String(one.doc.id), one])),
    notes: [
      ...tests.map(({ label, wanted }) => `${label}: ${wanted}`),
      ...(isAnalysed ? [`${[...new Set(facts)].join(', ')}: of the original of the current version.`] : []),
      ...(docs.length < total
        ? [
            `Looked at ${docs.length} of ${total} assets; the other ${total - docs.length} are not counted. Narrow the search.`,
          ]
        : []),
      ...(unknown.length > 0 ? [unknownNote(unknown.map(({ master }) => master.doc))] : []),
      ...report.notes,
      SIZE_NOTE,
    ],
  };
}

const unknownNote = (docs: readonly Doc[]): string =>
  `Not known of ${plural(docs.length, 'asset')}, which may fit or not and ${docs.length === 1 ? 'is' : 'are'} no hit: ${docs
    .slice(0, MAX_TITLES)
    .map(({ title, id }) => inQuotes(title ?? String(id)))
    .join(', ')}${docs.length > MAX_TITLES ? ', …' : ''}.`;

const BY_ID = [{ name: 'id', order: 'asc' as const }];

/** The order to read in: that of the hits, where the index has it. */
const criteriaToRead = (criteria: Criteria, order: Order | undefined): Criteria =>
  order || !(criteria.sort || criteria.query) ? { ...criteria, sort: BY_ID } : criteria;

async function readDocuments(context: Context, criteria: Criteria, isAnalysed: boolean) {
  const max = isAnalysed ? MAX_ANALYSED : MAX_SIZED;
  const include_fields = ['id', 'title', ...FILE_FIELDS, ...(isAnalysed ? MASTER_FIELDS : [])];
  const docs = new Map<unknown, Doc>();
  let total = 0;
  let after: readonly unknown[] | undefined;
  do {
    const per_page = Math.min(isAnalysed ? ANALYSED_PAGE : SIZED_PAGE, max - docs.size);
    const found = await page(context, criteria, { per_page, after, include_fields });
    total = Math.max(total, found.total);
    for (const doc of found.docs) docs.set(doc.id, doc);
    after = found.after;
    context.progress(docs.size, Math.min(total, max));
  } while (after && docs.size < max && context.timeLeft() > RESERVED_MS);
  return { docs: [...docs.values()], total: after ? Math.max(total, docs.size + 1) : docs.size };
}

/** By value; what is not known comes last. */
function comparison({ by, isAscending = false }: Order) {
  const sign = isAscending ? 1 : -1;
  return (a: Master, b: Master): number => {
    const [one, other] = [rankOf(by, a), rankOf(by, b)];
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
    return one === other ? 0 : one < other ? -sign : sign;
  };
}
