import { countFittingLines, shortenToTokens } from '../../../text/tokens.ts';
import type { Field } from '../../library/metadata/fields.ts';
import { toShown } from '../../library/metadata/values.ts';
import { type Doc, page } from '../../library/search.ts';
import { SELECTION } from '../../library/selection.ts';
import type { Context } from '../../types.ts';
import { HIT_FIELDS, hitLine, inSegmentsOnly, matchOf } from './hit.ts';
import { placesInHits } from './places.ts';
import { CURSOR, type Query } from './query.ts';

/** Tokens of all hits of a page, of all its counts, and of one value. */
const MAX_HIT_TOKENS = 7_300;
const MAX_COUNT_TOKENS = 1_300;
const MAX_VALUE_TOKENS = 120;

/** One page of hits as lines, with the selection of the whole result and a cursor to continue. */
export async function findPage(context: Context, query: Query, limit: number) {
  const { criteria, shown, counted, after } = query;
  const fields = [...HIT_FIELDS, 'proxies', ...shown.map(({ name }) => `metadata.${name}`)];
  const found = await page(context, criteria, {
    per_page: limit,
    after,
    include_fields: fields,
    ...(counted.length > 0 && !after && { facets: counted.map(({ name }) => name) }),
  });
  const kind = criteria.doc_types[0];
  const places = await placesIn(context, found.docs, query);
  // Only words need a reason: matches by people, labels or places are obvious.
  const reasonFor = (doc: Doc): string | undefined => (query.words ? matchOf(doc) : undefined);
  const counts = found.facets && counted.length > 0 ? countsOf(found.facets, counted) : undefined;
  const lines = found.docs.map((doc) =>
    hitLine(doc, query.zone, [
      ...shown.map((field) => labelledValue(doc, field)),
      places.get(String(doc.id)) ?? reasonFor(doc),
    ]),
  );
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
  const notes = [...(after ? [] : query.notes), ...(counts?.notes ?? [])];
  return {
    total: found.total,
    shown: hits.length,
    hits,
    ...(counts && { counts: counts.shown }),
    ...(selection && { selection }),
    ...(last && { next: context.handles.keep(CURSOR, following) }),
    ...(notes.length > 0 && { notes }),
  };
}

async function placesIn(context: Context, docs: readonly Doc[], { inSegments, words }: Query) {
  if (inSegments) return placesInHits(context, docs, inSegments);
  const unexplained = words ? docs.filter(inSegmentsOnly) : [];
  return words && unexplained.length > 0 ? placesInHits(context, unexplained, words) : new Map<string, string>();
}

/** `Clearance: Pending`. */
function labelledValue(doc: Doc, field: Field): string {
  const values = doc.metadata?.[field.name];
  const list = (Array.isArray(values) ? values : [values]).filter((value) => value !== undefined && value !== null);
  return `${field.label}: ${shortenToTokens(list.map((value) => toShown(field, value)).join(', '), MAX_VALUE_TOKENS) || 'empty'}`;
}

interface Bucket {
  readonly key?: unknown;
  readonly doc_count?: unknown;
}

/** Counts by label and value, the most frequent first, as many as fit. */
function countsOf(facets: Readonly<Record<string, unknown>>, counted: Query['counted']) {
  const notes: string[] = [];
  const shown = counted.map(({ label, name, field }) => {
    const { buckets = [] } = (facets[name] ?? {}) as { readonly buckets?: readonly Bucket[] };
    const all = buckets.map(
      ({ key, doc_count }) => [shortenToTokens(toShown(field, key), MAX_VALUE_TOKENS), Number(doc_count)] as const,
    );
    const lines = all.map(([value, count]) => `${value}: ${count}`);
    const count = countFittingLines(lines, 0, MAX_COUNT_TOKENS / counted.length);
    if (count < all.length) notes.push(`${label}: showing the ${count} most frequent of ${all.length} or more values.`);
    return [label, Object.fromEntries(all.slice(0, count))] as const;
  });
  return { shown: Object.fromEntries(shown), notes };
}
