import { inQuotes } from '../../../text/quote.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { type Doc, page } from '../../library/search.ts';
import { SELECTION } from '../../library/selection.ts';
import type { Context } from '../../types.ts';
import { columnValue } from './columns.ts';
import { commentsOfHits } from './comments.ts';
import { countsOf } from './counts.ts';
import { HIT_FIELDS, hitLine } from './hit.ts';
import { collectionPaths, placeNames } from './holdings.ts';
import { CURSOR, type Query } from './query.ts';
import { coverage, MAX_HITS_EXPLAINED, nearestPeople, reasonsFor } from './reasons.ts';

/** Tokens of all hits of a page. */
const MAX_HIT_TOKENS = 7_300;

/** One page of hits as lines, with the selection of the whole result and a cursor to continue. */
export async function findPage(context: Context, query: Query, limit: number) {
  const { criteria, shown, counted, after } = query;
  const placed = criteria.doc_types.includes('collections') ? ['in_collections', 'ancestor_collections'] : [];
  const fields = [...HIT_FIELDS, ...placed, ...shown.flatMap(({ names }) => names)];
  const facets = counted.flatMap(({ by, name }) => (by ? [] : [name]));
  const found = await page(context, criteria, {
    per_page: limit,
    after,
    include_fields: [...new Set(fields)],
    ...(facets.length > 0 && !after && { facets }),
  });
  const kind = criteria.doc_types[0];
  const [lines, counts] = await Promise.all([
    linesFor(context, found.docs, query),
    counted.length > 0 && !after ? countsOf(context, query, found.facets ?? {}) : undefined,
  ]);
  const hits = lines.slice(0, countFittingLines(lines, 0, MAX_HIT_TOKENS));
  // If not all lines fit, the next page starts after the last one that did.
  const last = hits.length < lines.length ? found.docs[hits.length - 1]?._sort : found.after;
  const description =
    [query.words ?? '', ...query.notes, ...query.filters].filter(Boolean).join('; ') || criteria.query || 'everything';
  const selection =
    query.selection ??
    (kind === 'assets' && found.total > 0
      ? context.handles.keep(SELECTION, { criteria, total: found.total, description })
      : undefined);
  const following: Query = { ...query, ...(selection && { selection }), ...(last && { after: last }) };
  const notes = [
    ...(after ? [] : query.notes),
    ...(counts?.notes ?? []),
    ...(found.total <= MAX_HITS_EXPLAINED && !after ? await coverage(context, query) : []),
    ...(found.total === 0 ? await nearestPeople(context, query) : []),
  ];
  return {
    total: found.total,
    shown: hits.length,
    hits,
    ...(counts && { counts: counts.counts }),
    ...(counts?.total_size && { total_size: counts.total_size }),
    ...(selection && { selection }),
    ...(last && { next: context.handles.keep(CURSOR, following) }),
    ...(notes.length > 0 && { notes }),
  };
}

async function linesFor(context: Context, docs: readonly Doc[], query: Query): Promise<string[]> {
  const { criteria, shown, zone } = query;
  const none = new Map<string, string>();
  const [kind] = criteria.doc_types;
  const [reasons, comments, paths, names] = await Promise.all([
    reasonsFor(context, docs, query),
    kind === 'assets' ? commentsOfHits(context, docs) : none,
    kind === 'collections' ? collectionPaths(context, docs) : none,
    placeNames(context, new Set(shown.map(({ kind: of }) => of)), docs),
  ]);
  return docs.map((doc) => {
    const id = String(doc.id);
    const values = shown.map((column) => columnValue(column, doc, names, zone));
    const path = paths.get(id);
    return hitLine(doc, zone, [comments.get(id), path && `in ${inQuotes(path)}`, ...values, reasons.get(id)]);
  });
}
