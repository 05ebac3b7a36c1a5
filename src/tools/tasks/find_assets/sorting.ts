import type { Criteria } from '../../library/search.ts';
import { BY_PLACE } from '../../library/subclips.ts';
import type { Fact, Test } from './technical.ts';

/** How hits are ordered by what the index cannot sort by: the largest first, unless it says otherwise. */
export interface Order {
  readonly by: Fact | 'size' | 'open_comments';
  readonly isAscending?: boolean;
}

/** What is asked for that the index cannot answer. */
export interface Measure {
  readonly tests: readonly Test[];
  readonly order?: Order | undefined;
}

/** Orders of the index; by relevance it sorts itself. */
const SORTS = {
  relevance: undefined,
  newest: { name: 'date_created', order: 'desc' },
  oldest: { name: 'date_created', order: 'asc' },
  changed: { name: 'date_modified', order: 'desc' },
  viewed: { name: 'date_viewed', order: 'desc' },
  title: { name: 'title', order: 'asc' },
  longest: { name: 'duration_milliseconds', order: 'desc' },
  shortest: { name: 'duration_milliseconds', order: 'asc' },
} as const;

/** Orders that it has no field for. */
const ORDERS = {
  largest: { by: 'size' },
  smallest: { by: 'size', isAscending: true },
  codec: { by: 'codec', isAscending: true },
  resolution: { by: 'resolution' },
  frame_rate: { by: 'frame_rate' },
  open_comments: { by: 'open_comments' },
} as const satisfies Readonly<Record<string, Order>>;

type Name = keyof typeof SORTS | keyof typeof ORDERS;
/** What `sort` takes. */
export const SORT_NAMES = [...Object.keys(SORTS), ...Object.keys(ORDERS)] as [Name, ...Name[]];

/** The order of the index, or the one that is to be looked up. Sub-clips come by their place, unless asked otherwise. */
export function sortingBy(
  given: Name | undefined,
  isByPlace: boolean,
): { readonly sort?: Criteria['sort']; readonly order?: Order } {
  if (given === undefined && isByPlace) return { sort: BY_PLACE };
  const name = given ?? 'relevance';
  if (isLookedUp(name)) return { order: ORDERS[name] };
  const sort = SORTS[name];
  // The id breaks ties, which keeps pages from repeating or skipping hits.
  return sort ? { sort: [sort, { name: 'id', order: 'asc' }] } : {};
}

const isLookedUp = (name: Name): name is keyof typeof ORDERS => Object.hasOwn(ORDERS, name);

/** What a hit shows by which it is sorted. */
export const SHOWN_BY_SORT: Readonly<Record<string, string>> = {
  changed: 'modified',
  viewed: 'viewed',
  largest: 'size',
  smallest: 'size',
  codec: 'codec',
  resolution: 'resolution',
  frame_rate: 'frame rate',
};
