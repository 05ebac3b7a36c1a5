import { Refusal, type Row } from '../types.ts';
import { rowsOf, textOf, textsOf } from '../values.ts';
import { type Primitive, valuesOf } from './document.ts';
import { anyOf } from './filter.ts';
import type { Test } from './match.ts';

const MAX_BUCKETS = 100;

export interface FacetFilter {
  readonly name: string;
  readonly test: Test;
}
interface Bucket {
  readonly key: string | number;
  readonly doc_count: number;
}

/** Compiles `facets_filters`; entries without values are ignored. */
export function facetFilters(given: unknown): FacetFilter[] {
  return rowsOf(given).flatMap((entry) => {
    const name = textOf(entry.name) ?? '';
    return Array.isArray(entry.value_in) ? [{ name, test: anyOf(name, textsOf(entry.value_in)) }] : [];
  });
}

const keyOf = (value: Primitive): string | number => (typeof value === 'boolean' ? String(value) : value);

function order(a: Bucket, b: Bucket): number {
  if (a.doc_count !== b.doc_count) return b.doc_count - a.doc_count;
  return a.key < b.key ? -1 : 1;
}

function buckets(name: string, documents: readonly Row[]): Bucket[] {
  const counts = new Map<string | number, number>();
  for (const document of documents)
    for (const key of new Set(valuesOf(document, name).map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .map(([key, doc_count]) => ({ key, doc_count }))
    .sort(order)
    .slice(0, MAX_BUCKETS);
}

/** Counts the values of each facet over the hits of the query, filtered by the other facets only. */
export function countFacets(names: readonly string[], found: readonly Row[], filters: readonly FacetFilter[]): Row {
  const counted: Row = {};
  for (const name of names) {
    if (name === '') throw new Refusal(400, { facets: 'A facet needs a name' });
    const others = filters.filter((filter) => filter.name !== name);
    const documents = others.length > 0 ? found.filter((row) => others.every(({ test }) => test(row))) : found;
    counted[name] = { buckets: buckets(name, documents) };
  }
  return counted;
}
