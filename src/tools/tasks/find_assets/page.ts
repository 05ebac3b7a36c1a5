import { inQuotes } from '../../../text/quote.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { stillShownNotes } from '../../library/bin/still_shown.ts';
import { SELECTION } from '../../library/kept_selections.ts';
import { type Master, readMasters, withChecksums } from '../../library/masters/masters.ts';
import { galleryItem } from '../../library/media/gallery.ts';
import { STORAGE } from '../../library/metadata/properties.ts';
import { type Doc, firstFew, onlyThese, type Page, page } from '../../library/search.ts';
import { createReport, type Report } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import { type Column, columnValue } from './columns.ts';
import { commentsOfHits } from './comments.ts';
import { countsOf, sizeOfAll } from './counts.ts';
import { HIT_FIELDS, hitLine } from './hit.ts';
import { collectionPaths, placeNames, withoutMediaNote } from './holdings.ts';
import { fittingInSize, measure } from './measure.ts';
import { CURSOR, type Query } from './query.ts';
import {
  collectionsCalled,
  collectionsHolding,
  coverage,
  datesThere,
  hitsOfEachPart,
  hitsOfEachWord,
  MAX_HITS_EXPLAINED,
  nearestPeople,
  reasonsFor,
} from './reasons.ts';
import { totalSize } from './technical.ts';

/** Tokens of all hits of a page. */
const MAX_HIT_TOKENS = 7_300;

/** One page of hits as lines, with the selection of the whole result and a cursor to continue. */
export async function findPage(context: Context, given: Query, limit: number) {
  const { query, measured } = await answered(context, given);
  const { counted, after, shownBefore = 0 } = query;
  const isFirst = !after && shownBefore === 0;
  const facets = isFirst ? counted.flatMap(({ by, name }) => (by ? [] : [name])) : [];
  const found = await pageOf(context, query, { limit, facets });
  const report = createReport(context);
  const [lines, counts] = await Promise.all([
    linesFor(context, report, found.docs, query),
    counted.length > 0 && isFirst
      ? countsOf(context, query, found.facets ?? {}, measured?.masters ?? new Map())
      : undefined,
  ]);
  const hits = lines.slice(0, countFittingLines(lines, 0, MAX_HIT_TOKENS));
  const selection = selectionOf(context, query, found.total);
  const known = counts?.total_size ?? (query.hits && measured?.bytes ? totalSize(measured.bytes) : undefined);
  const sized = isFirst && known === undefined ? await sizeOfAll(context, query, found) : undefined;
  const total_size = known ?? sized?.size;
  const next = keepNext(context, query, nextOf(query, found, hits.length), selection);
  const items = found.docs.slice(0, hits.length).flatMap(galleryItem);
  context.show({ kind: 'assets', total: found.total, items, ...next });
  const notes = [
    ...(isFirst ? [...query.notes, ...query.hints, ...(await stillShownNotes(context, given.criteria))] : []),
    ...(measured?.goingOn ?? []),
    ...(measured?.notes ?? []),
    ...(counts?.notes ?? []),
    ...(sized?.notes ?? []),
    ...(isFirst && query.isAboutMedia ? withoutMediaNote(found.docs.slice(0, hits.length)) : []),
    ...report.notes,
    ...(isFirst ? await whyFew(context, given, query.hits ? (measured?.total ?? found.total) : found.total) : []),
  ];
  return {
    total: found.total,
    ...(query.lookedAt && { looked_at: query.lookedAt }),
    shown: hits.length,
    hits,
    ...(counts && { counts: counts.counts }),
    ...(total_size && { total_size }),
    ...(selection && { selection }),
    ...next,
    ...(notes.length > 0 && { notes: [...new Set(notes)] }),
  };
}

function keepNext({ handles }: Context, query: Query, next: Query | undefined, selection: string | undefined) {
  if (!next) return {};
  const { parts: _, ...kept } = next;
  return { next: handles.keep(CURSOR, next === query.others ? kept : { ...kept, ...(selection && { selection }) }) };
}

/** The handle of all hits; of collections there is none. */
function selectionOf(context: Context, query: Query, total: number): string | undefined {
  const { criteria, selection, hits, orderedBy, words = '', notes, filters } = query;
  if (selection !== undefined || criteria.doc_types[0] !== 'assets' || total === 0) return selection;
  const description = [words, ...notes, ...filters].filter(Boolean).join('; ') || criteria.query || 'everything';
  const order = { ...(hits && { order: hits }), ...(orderedBy && { orderedBy }) };
  return context.handles.keep(SELECTION, { criteria, total, description, ...order });
}

const ORDERED = ' and the order is that of these alone';

/** The query with what the index cannot answer looked up: its criteria find exactly the hits, in whatever order. */
export async function answered(context: Context, { measure: asked, ...given }: Query) {
  if (!asked) return { query: given };
  const { query, total } = await fittingInSize(context, given, asked);
  const looked = await measure(context, query, asked);
  const measured = { ...looked, total: total ?? looked.total };
  const { tests, order } = asked;
  // To count by a technical field changes nothing of what is found.
  if (tests.length === 0 && !order) return { query, measured };
  const { hits, isWhole, read, lookedAt } = measured;
  const criteria = isWhole ? query.criteria : onlyThese(query.criteria, hits);
  const filters = [
    ...query.filters,
    ...tests.map(({ label, wanted }) => `${label}: ${wanted}`),
    ...(lookedAt ? [`looked at ${lookedAt}`] : []),
  ];
  const others = read && { others: { ...query, measure: asked, read } };
  const bound = lookedAt && { lookedAt: `${lookedAt}, so total is a lower bound${order ? ORDERED : ''}` };
  const sorted = order && { orderedBy: order.by.replaceAll('_', ' ') };
  const known: Query = { ...query, criteria, hits, filters, ...sorted, ...others, ...bound };
  return { query: known, measured };
}

/** The documents of one page, in the order of the hits. */
async function pageOf(
  context: Context,
  { criteria, shown, after, hits, shownBefore = 0, isAboutMedia }: Query,
  { limit, facets }: { readonly limit: number; readonly facets: readonly string[] },
): Promise<Page> {
  const media = isAboutMedia ? ['files.storage_id'] : [];
  const placed = criteria.doc_types.includes('collections') ? ['in_collections', 'ancestor_collections'] : [];
  const include_fields = [...new Set([...HIT_FIELDS, ...placed, ...media, ...shown.flatMap(({ names }) => names)])];
  const counting = facets.length > 0 && { facets };
  if (!hits) return page(context, criteria, { per_page: limit, after, include_fields, ...counting });
  const ids = hits.slice(shownBefore, shownBefore + limit);
  const { sort: _, ...unsorted } = criteria;
  const [found, whole] = await Promise.all([
    ids.length > 0 ? firstFew(context, onlyThese(unsorted, ids), limit, include_fields) : [],
    facets.length > 0 ? page(context, criteria, { per_page: 1, include_fields: ['id'], facets }) : undefined,
  ]);
  const docs = ids.flatMap((id): readonly Doc[] => found.filter((doc) => doc.id === id));
  return { docs, total: hits.length, ...(whole?.facets && { facets: whole.facets }) };
}

/** A total from here on may be that of the window that Iconik counts in. */
const MAX_EXACT_TOTAL = 10_000;

/** Where the next page starts: after the last hit that had room. Undefined on the last page. */
function nextOf(query: Query, { docs, after, total }: Page, count: number): Query | undefined {
  if (query.hits) {
    const last = docs[count - 1]?.id;
    const shownBefore = last === undefined ? query.hits.length : query.hits.indexOf(last) + 1;
    return shownBefore < query.hits.length ? { ...query, shownBefore } : query.others;
  }
  const shownBefore = (query.shownBefore ?? 0) + count;
  const last = count < docs.length ? docs[count - 1]?._sort : after;
  const isAll = shownBefore >= total && total < MAX_EXACT_TOTAL;
  return last && !isAll ? { ...query, after: last, shownBefore } : undefined;
}

/** What was looked at, where there are few hits or none. */
async function whyFew(context: Context, query: Query, total: number): Promise<string[]> {
  const looks = [
    ...(total <= MAX_HITS_EXPLAINED ? [coverage] : []),
    ...(total === 0 && !query.hits
      ? [hitsOfEachPart, datesThere, hitsOfEachWord, nearestPeople, collectionsHolding, collectionsCalled]
      : []),
  ];
  return (await Promise.all(looks.map((look) => look(context, query)))).flat();
}

async function linesFor(context: Context, report: Report, docs: readonly Doc[], query: Query): Promise<string[]> {
  const { criteria, shown, zone } = query;
  const storages = criteria.terms.flatMap(({ name, value_in }) => (name === STORAGE ? (value_in ?? []) : []));
  const none = new Map<string, string>();
  const [kind] = criteria.doc_types;
  const [reasons, comments, paths, names, masters] = await Promise.all([
    reasonsFor(context, docs, query),
    kind === 'assets' ? commentsOfHits(context, docs) : none,
    kind === 'collections' ? collectionPaths(context, docs) : none,
    placeNames(context, new Set(shown.map(({ kind: of }) => of)), docs),
    mastersOf(context, report, docs, shown),
  ]);
  return docs.map((doc) => {
    const id = String(doc.id);
    const values = shown.map((column) => columnValue(column, doc, { names, masters, zone, storages }));
    const path = paths.get(id);
    return hitLine(doc, zone, [comments.get(id), path && `in ${inQuotes(path)}`, ...values, reasons.get(id)]);
  });
}

/** The originals of the hits, by id, where something technical of them is shown. */
async function mastersOf(context: Context, report: Report, docs: readonly Doc[], shown: readonly Column[]) {
  const facts = shown.flatMap(({ fact }) => fact ?? []);
  if (facts.length === 0) return new Map<string, Master>();
  const masters = await readMasters(context, report, docs, 'ORIGINAL');
  const known = facts.includes('checksum') ? await withChecksums(context, report, masters) : masters;
  return new Map(known.map((one) => [String(one.doc.id), one]));
}
