import { type Call, Refusal, type Row } from './types.ts';

type PageRequest = Pick<Call, 'query' | 'url' | 'hard'>;

/** One page of a list, sorted by `sort`; 404 past the last page. With `scroll` there is an empty page after the last. */
export function pageOf(rows: readonly Row[], call: PageRequest): Row {
  const scroll = scrollOf(call);
  const page = scroll ?? numberOf(call.query.page, 1);
  const perPage = perPageOf(call);
  const pages = Math.max(1, Math.ceil(rows.length / perPage));
  if (page > pages && scroll === undefined) throw new Refusal(404, 'Requested page does not exist');
  const sorted = sortRows(rows, call.query.sort);
  const at = (number: number): string => linkTo(call, { page: String(number), per_page: String(perPage) });
  return {
    objects: sorted.slice((page - 1) * perPage, page * perPage),
    page,
    pages,
    per_page: perPage,
    total: rows.length,
    first_url: at(1),
    last_url: at(pages),
    next_url: page < pages ? at(page + 1) : null,
    prev_url: page > 1 ? at(page - 1) : null,
    ...(scroll !== undefined && { scroll_id: scrollId(page + 1) }),
  };
}

/** The page size of an answer: what was asked for, up to the limit. */
export const perPageOf = ({ query, hard }: Pick<PageRequest, 'query' | 'hard'>): number =>
  Math.min(numberOf(query.per_page, 10), hard.maxPerPage);

const SCROLL = /^page-(\d+)$/;
const scrollId = (page: number): string => Buffer.from(`page-${page}`).toString('base64url');

/** The page that a scroll is at; undefined without a scroll. */
function scrollOf({ query }: PageRequest): number | undefined {
  const { scroll, scroll_id: id } = query;
  if (id === undefined) return scroll === true ? 1 : undefined;
  const [, page] = SCROLL.exec(Buffer.from(String(id), 'base64url').toString()) ?? [];
  if (page === undefined) throw new Refusal(400, { scroll_id: 'Not a scroll id of this list.' });
  return Number(page);
}

/** One page of a list with a cursor: the value of `key` in the last row of the page before. */
export function cursorOf(rows: readonly Row[], call: PageRequest, cursor = 'last_id', key = 'id'): Row {
  const perPage = perPageOf(call);
  const lastId = call.query[cursor];
  const start = lastId === undefined ? 0 : rows.findIndex((row) => row[key] === lastId) + 1;
  if (lastId !== undefined && start === 0) throw new Refusal(400, { [cursor]: 'No such object in this list.' });
  const objects = rows.slice(start, start + perPage);
  const last = objects.at(-1)?.[key];
  const size = { per_page: String(perPage) };
  return {
    objects,
    page: Math.floor(start / perPage) + 1,
    pages: Math.max(1, Math.ceil(rows.length / perPage)),
    per_page: perPage,
    total: rows.length,
    first_url: linkTo(call, { ...size, [cursor]: undefined }),
    last_url: null,
    next_url: start + perPage < rows.length ? linkTo(call, { ...size, [cursor]: String(last) }) : null,
    prev_url: null,
  };
}

/** The rows sorted by `field,asc;other,desc`; rows without a value come last. */
export function sortRows(rows: readonly Row[], sort: unknown): readonly Row[] {
  if (typeof sort !== 'string' || sort === '') return rows;
  const keys = sort.split(';').map(sortKey);
  return rows.toSorted((a, b) => {
    for (const { name, sign } of keys) {
      const order = compare(valueAt(a, name), valueAt(b, name), sign);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** The value under a dotted name. */
export function valueAt(row: Row, name: string): unknown {
  if (Object.hasOwn(row, name)) return row[name];
  return name.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), row);
}

/** The rows that pass `field,eq,value;other,in,a,b`; an unknown comparison is a Refusal (400). */
export function filterRows(rows: readonly Row[], filter: unknown): readonly Row[] {
  if (typeof filter !== 'string' || filter === '') return rows;
  const tests = filter.split(';').map(filterTest);
  return rows.filter((row) => tests.every((test) => test(row)));
}

function filterTest(term: string): (row: Row) => boolean {
  const [name = '', operator = '', ...values] = term.split(',').map((part) => part.trim());
  const textOf = (row: Row): string => String(valueAt(row, name) ?? '');
  const [first = ''] = values;
  if (operator === 'eq' || operator === 'in') return (row) => values.includes(textOf(row));
  if (operator === 'ne' || operator === 'nin') return (row) => !values.includes(textOf(row));
  if (operator === 'gt') return (row) => textOf(row) > first;
  if (operator === 'gte') return (row) => textOf(row) >= first;
  if (operator === 'lt') return (row) => textOf(row) < first;
  if (operator === 'lte') return (row) => textOf(row) <= first;
  throw new Refusal(400, { filter: `Not understood: ${term}` });
}

const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null;
const numberOf = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

function sortKey(part: string): { name: string; sign: 1 | -1 } {
  const [name = '', order = 'asc'] = part.split(',').map((word) => word.trim());
  if (order !== 'asc' && order !== 'desc') throw new Refusal(400, { sort: `Not a sort order: ${order}` });
  return { name, sign: order === 'asc' ? 1 : -1 };
}

function compare(a: unknown, b: unknown, sign: 1 | -1): number {
  if (a == null || b == null) return (a == null ? 1 : 0) - (b == null ? 1 : 0);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  const [left, right] = [String(a), String(b)];
  return left === right ? 0 : left < right ? -sign : sign;
}

/** The path and query of the request with changes: Iconik's links to pages have no host. */
export function linkTo({ url }: Pick<Call, 'url'>, changes: Record<string, string | undefined>): string {
  const query = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  }
  return `${url.pathname}?${query}`;
}
