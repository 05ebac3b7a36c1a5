import type { Call, Documents, Endpoint, Reply, Row } from '../types.ts';
import { textOf, textsOf } from '../values.ts';
import { criteria, parameters } from './criteria.ts';
import { searchPaths } from './document.ts';
import { countFacets, facetFilters } from './facets.ts';
import { compileFilter } from './filter.ts';
import { highlight } from './highlight.ts';
import { compile, type Leaf, type Test } from './match.ts';
import { paging, requestedPage } from './page.ts';
import { parse } from './parse.ts';
import { projection } from './project.ts';
import { type Ranked, rank } from './rank.ts';
import { signer } from './urls.ts';

const DELETED_STATUSES = new Set<unknown>(['DELETED', 'DELETING']);

const isLive: Test = ({ status }) => !DELETED_STATUSES.has(status);

/** What a document shows of itself in a hit. */
function asHit({ hard }: Call, { approval_status: _, ...document }: Row): Row {
  if (!hard.textlessSegmentHits || document.segment_type !== 'TRANSCRIPTION') return document;
  const { segment_text: text, ...rest } = document;
  return { ...rest, metadata_cache: text };
}

function hits(call: Call, ranked: readonly Ranked[], leaves: readonly Leaf[]): Row[] {
  const sign = signer(call);
  const project = projection(call.body.include_fields, call.body.exclude_fields);
  return ranked.map(({ document, sort }) => ({
    ...project(sign(asHit(call, document))),
    _sort: sort,
    _highlight: highlight(document, leaves),
  }));
}

function search(documents: Documents, call: Call): Reply {
  const { body } = call;
  const page = requestedPage(call);
  const matcher = compile(parse(textOf(body.query) ?? ''), searchPaths(textsOf(body.search_fields)));
  const filter = compileFilter(body.filter);
  const narrowing = facetFilters(body.facets_filters);
  const types = new Set<string>(textsOf(body.doc_types));
  const inScope: Test = (one) => (types.size === 0 || types.has(String(one.object_type))) && isLive(one);
  const found = documents(types).filter((one) => inScope(one) && filter(one) && matcher.test(one));
  const results = found.filter((document) => narrowing.every(({ test }) => test(document)));
  const order = { sort: body.sort, after: body.search_after, isShared: call.hard.sharedSortKeys };
  const ranked = rank(results, matcher.leaves, order);
  const about = paging(call, page, results.length);
  return {
    status: 200,
    body: {
      objects: hits(call, ranked.slice(page.start, page.start + page.perPage), matcher.leaves),
      facets: countFacets(textsOf(body.facets), found, narrowing),
      ...about,
    },
  };
}

export type RunSearch = (call: Call) => Reply;

/** Answers a search whose criteria are the body of the call. */
export const searchIn =
  (documents: Documents): RunSearch =>
  (call) =>
    search(documents, call);

/** Search over the documents; a changed document has to be a new object. */
export function createSearch(documents: Documents): Endpoint {
  return {
    route: 'POST /API/search/v1/search/',
    roles: ['can_search'],
    query: parameters,
    body: criteria,
    handle: searchIn(documents),
  };
}
