import { Refusal, type Row } from '../types.ts';
import { rowsOf, textOf } from '../values.ts';
import { type Primitive, valuesOf } from './document.ts';
import type { Leaf } from './match.ts';
import { isDate, span } from './range.ts';
import { fold } from './text.ts';

/** One value of `_sort`; null if the document has none. */
export type Key = string | number | null;
export interface Ranked {
  readonly document: Row;
  /** Ends with the id, so that no two are equal, unless sort keys are shared. */
  readonly sort: readonly Key[];
}
interface Order {
  readonly name: string;
  readonly down: boolean;
}

const WEIGHTS: Readonly<Record<string, number>> = { title: 4, external_id: 4, 'files.name': 2, metadata: 2 };
const BY_SCORE: readonly Order[] = [
  { name: '_score', down: true },
  { name: 'date_created', down: true },
];
const BY_ID: Order = { name: 'id', down: false };

function orderOf(entry: Row): Order {
  const name = textOf(entry.name) ?? '';
  const order = textOf(entry.order)?.toLowerCase() ?? (name === '_score' ? 'desc' : 'asc');
  if (order !== 'asc' && order !== 'desc')
    throw new Refusal(400, { sort: `Unknown order '${order}': expected asc or desc` });
  return { name, down: order === 'desc' };
}

function ordersOf(sort: unknown, isShared: boolean): Order[] {
  const given = rowsOf(sort).map(orderOf);
  if (given.length === 0) return [...BY_SCORE, BY_ID];
  return isShared ? given : [...given, BY_ID];
}

function scoreOf(document: Row, leaves: readonly Leaf[]): number {
  let score = 0;
  for (const { paths, found } of leaves)
    for (const path of paths) if (found(document, path)) score += WEIGHTS[path] ?? 1;
  return score;
}

function comparable(value: Primitive): string | number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return (isDate(value) ? span(value)?.start : undefined) ?? fold(value);
}

/** Numbers before texts. */
function compare(a: string | number, b: string | number): number {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Of several values, the first in this order counts. */
function keyOf(document: Row, { name, down }: Order, leaves: readonly Leaf[]): Key {
  if (name === '_score') return scoreOf(document, leaves);
  if (name === 'id') return String(document.id);
  let best: Key = null;
  for (const value of valuesOf(document, name).map(comparable))
    if (best === null || compare(value, best) < 0 !== down) best = value;
  return best;
}

function compareKeys(orders: readonly Order[], a: readonly Key[], b: readonly Key[]): number {
  for (const [at, { down }] of orders.entries()) {
    const [left, right] = [a[at] ?? null, b[at] ?? null];
    if (left === right) continue;
    // Documents without the value come last in both directions.
    if (left === null || right === null) return left === null ? 1 : -1;
    return down ? compare(right, left) : compare(left, right);
  }
  return 0;
}

const isKey = (value: unknown): value is Key =>
  value === null || typeof value === 'string' || typeof value === 'number';

/** How a search orders its documents. */
export interface Ranking {
  readonly sort: unknown;
  /** The `_sort` of an earlier hit. */
  readonly after: unknown;
  /** See `Hard.sharedSortKeys`. */
  readonly isShared: boolean;
}

/** Sorts the documents and drops those up to `after`. */
export function rank(documents: readonly Row[], leaves: readonly Leaf[], { sort, after, isShared }: Ranking): Ranked[] {
  const orders = ordersOf(sort, isShared);
  const ranked = documents.map((document) => ({
    document,
    sort: orders.map((order) => keyOf(document, order, leaves)),
  }));
  ranked.sort((a, b) => compareKeys(orders, a.sort, b.sort));
  if (!Array.isArray(after) || after.length === 0) return ranked;
  const keys = after.filter(isKey);
  if (keys.length !== after.length || keys.length !== orders.length)
    throw new Refusal(400, { search_after: `Expected the _sort of a hit of this search: ${orders.length} values` });
  return ranked.filter((hit) => compareKeys(orders, hit.sort, keys) > 0);
}
