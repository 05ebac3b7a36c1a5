import type { CacheKind } from '../cache.ts';
import { statusOf, ToolError } from '../errors.ts';
import { search } from '../operations/search.ts';
import { allOf, sizedPages, walk } from '../run/pages.ts';
import type { Context } from '../types.ts';
import { lateDeletions, withoutDeleted } from './bin/fresh.ts';
import type { Titled } from './plans/titles.ts';

/** What is searched for: the body of a search without its paging. */
export interface Criteria {
  readonly query?: string;
  readonly doc_types: readonly ('assets' | 'collections' | 'segments')[];
  readonly terms: readonly Term[];
  /** Where the words of `query` are looked for. */
  readonly search_fields?: readonly string[];
  readonly sort?: readonly { readonly name: string; readonly order: 'asc' | 'desc' }[];
}

export interface Term {
  readonly name: string;
  readonly value?: string;
  readonly value_in?: readonly string[];
  readonly range?: { readonly min?: string; readonly max?: string };
  readonly exists?: boolean;
  readonly missing?: boolean;
}

export const ACTIVE = { name: 'status', value_in: ['ACTIVE'] } as const;

/** Everything in a collection and in those below it. */
export const under = (collection_id: string): Criteria => ({
  doc_types: ['assets'],
  terms: [ACTIVE, { name: 'ancestor_collections', value_in: [collection_id] }],
});

const { search_documents } = search.tools;
type Answer = Awaited<ReturnType<typeof send>>;
/** A hit; those that a plan is about say what tells them from others of their title. */
export type Doc = Answer['objects'][number] & Pick<Titled, 'apart'>;

/** What was made a moment ago is not in the index yet, and is there all the same: nothing but its title is known. */
export const unindexed = (id: string, title: string): Doc => ({ id, title, unindexed: true });
export const isUnindexed = (doc: Doc): boolean => doc.unindexed === true;

/** Iconik's maximum. */
const PAGE_SIZE = 1_000;
/** Breaks ties, which keeps pages from repeating or skipping documents. */
const BY_ID = { name: 'id', order: 'asc' } as const;
/** Documents that are read page by page: more than a selection may hold. */
export const MAX_DOCUMENTS = 20_000;

interface Paging {
  readonly per_page: number;
  readonly after?: readonly unknown[] | undefined;
  readonly include_fields?: readonly string[];
  readonly facets?: readonly string[];
}

/** The body of a search (`POST /search/v1/search/`) for what is searched for. */
export const searchBody = (criteria: Criteria) => ({
  doc_types: [...criteria.doc_types],
  ...(criteria.query && { query: criteria.query }),
  ...(criteria.search_fields && { search_fields: [...criteria.search_fields] }),
  ...(criteria.terms.length > 0 && {
    filter: {
      operator: 'AND',
      terms: criteria.terms.map(({ value_in, ...term }) => ({
        ...term,
        ...(value_in && { value_in: [...value_in] }),
      })),
    },
  }),
  ...(criteria.sort && { sort: criteria.sort.map((one) => ({ ...one })) }),
});

/** Ids that are sent along with each request. */
export const MAX_IDS = 5_000;

/** The objects with these ids; none where there is no id. */
export const byIds = (ids: readonly string[]): Term => ({ name: 'id', value_in: ids.length > 0 ? ids : ['none'] });

/** Of what the criteria find, these ids alone. */
export const onlyThese = (criteria: Criteria, ids: readonly string[]): Criteria => ({
  ...criteria,
  terms: [...criteria.terms, byIds(ids)],
});

const send = (context: Context, criteria: Criteria, paging: Paging) =>
  sendAll(context, withoutDeleted(context, criteria), paging);

const sendAll = (context: Context, criteria: Criteria, { per_page, after, include_fields, facets }: Paging) =>
  context.use(search_documents, {
    ...searchBody(criteria),
    ...(after && { search_after: [...after] }),
    ...(include_fields && { include_fields: [...include_fields] }),
    ...(facets && { facets: [...facets] }),
    per_page,
  });

/** Documents that are named of what search still shows. */
const MAX_STILL_SHOWN = 10;

/** What criteria would find, had it not gone to the recycle bin a moment ago. */
export async function stillShown(context: Context, { sort: _, ...criteria }: Criteria): Promise<Page> {
  const clauses = lateDeletions(context);
  if (clauses.length === 0) return { docs: [], total: 0 };
  const query = [criteria.query && `(${criteria.query})`, `(${clauses.join(' OR ')})`].filter(Boolean).join(' AND ');
  const paging = { per_page: MAX_STILL_SHOWN, include_fields: ['id', 'title'] };
  const { objects, total = objects.length } = await sendAll(context, { ...criteria, query }, paging);
  return { docs: objects, total };
}

/** Set once this Iconik has refused to sort by id. */
const SORT_BY_ID_REFUSED: CacheKind<{ readonly since: number }> = {
  name: 'sorting by id refused',
  max: 1,
  ttl: 24 * 3_600_000,
};

/** Sends a search. No client is known to sort by id: where that is refused, the date of creation takes its place. */
async function ask(context: Context, criteria: Criteria, paging: Paging): Promise<Found> {
  const sortsById = criteria.sort?.some(({ name }) => name === 'id') === true;
  if (!sortsById) return send(context, criteria, paging);
  if (context.cache.get(SORT_BY_ID_REFUSED, '')) return wholeTies(context, withoutId(criteria), paging);
  try {
    return await send(context, criteria, paging);
  } catch (error) {
    if (statusOf(error) !== 400 || paging.after) throw error;
    // If Iconik refuses this too, the order was not what it refused.
    const answer = await wholeTies(context, withoutId(criteria), paging).catch((other: unknown) =>
      Promise.reject(statusOf(other) === undefined ? other : error),
    );
    context.cache.set(SORT_BY_ID_REFUSED, '', { since: Date.now() });
    return answer;
  }
}

/** Two keys in place of one, which tell most objects apart. */
function withoutId({ sort = [], ...criteria }: Criteria): Criteria {
  const others = sort.filter(({ name }) => name !== 'id');
  const order = sort.find(({ name }) => name === 'id')?.order ?? 'asc';
  const unique = ['date_created', 'title'].filter((key) => !others.some(({ name }) => name === key));
  return { ...criteria, sort: [...others, ...unique.map((name) => ({ name, order }))] };
}

/** A page; `isCut` where more of its objects come with the next one. */
type Found = Answer & { readonly isCut?: boolean };

const keyOf = ({ _sort }: Doc): string => JSON.stringify(_sort);

/**
 * Asks for a page in an order that does not tell all objects apart. `search_after` goes on behind all that are equal to
 * the last one, so the page ends before those: the next one has them. Where the whole page is equal, it is made larger.
 * Throws `ToolError` if that is not enough.
 */
async function wholeTies(context: Context, criteria: Criteria, paging: Paging): Promise<Found> {
  const answer = await send(context, criteria, paging);
  const { objects, total = objects.length, per_page = paging.per_page } = answer;
  const [first] = objects;
  const last = objects.at(-1);
  const isFull = objects.length >= Math.min(paging.per_page, per_page);
  if (!first || !last || !(paging.after ? isFull : objects.length < total)) return answer;
  const start = objects.findIndex((doc) => keyOf(doc) === keyOf(last));
  if (start > 0) return cutAt(answer, start);
  if (per_page >= PAGE_SIZE || per_page < paging.per_page)
    throw new ToolError(
      `More than ${objects.length} objects have the same date and title, and Iconik refuses to sort by id. Narrow the search.`,
    );
  const larger = await wholeTies(context, criteria, { ...paging, per_page: PAGE_SIZE });
  const end = larger.objects.findIndex((doc) => keyOf(doc) !== keyOf(first));
  return end > 0 ? cutAt(larger, end) : larger;
}

/** The number of pages is left out: there are more of them now. */
const cutAt = ({ objects, pages: _, ...rest }: Found, length: number): Found => ({
  ...rest,
  objects: objects.slice(0, length),
  isCut: true,
});

export interface Page {
  readonly docs: readonly Doc[];
  readonly total: number;
  /** Where the next page begins; absent on the last one. */
  readonly after?: readonly unknown[];
  readonly facets?: Readonly<Record<string, unknown>>;
}

/** One page of documents (`POST /search/v1/search/`). */
export async function page(context: Context, criteria: Criteria, paging: Paging): Promise<Page> {
  const found = await ask(context, criteria, paging);
  const { objects, total = objects.length, facets, per_page = paging.per_page, isCut = false } = found;
  const after = objects.at(-1)?._sort;
  // Iconik may give fewer than asked for, and says how many.
  const isFull = objects.length >= Math.min(paging.per_page, per_page) && objects.length > 0;
  const more =
    (isCut || isFull || (!paging.after && objects.length < total)) && objects.length > 0 && Array.isArray(after);
  return { docs: objects, total, ...(more && { after }), ...(facets && { facets }) };
}

/**
 * All documents, each once, by `search_after`. Throws `ToolError` where there are too many, or where a page repeats.
 */
export async function all(context: Context, criteria: Criteria, include_fields: readonly string[]): Promise<Doc[]> {
  // A stable order: pages must neither repeat nor skip while others write.
  const sorted = { ...criteria, sort: [BY_ID] };
  const fields = ['id', ...include_fields];
  const sized = sizedPages(PAGE_SIZE, (after: readonly unknown[] | undefined, per_page) =>
    ask(context, sorted, { after, per_page, include_fields: fields }),
  );
  const next = (_: number, last: Doc | undefined) => {
    const after = last?._sort;
    if (last && !Array.isArray(after)) throw new ToolError('Iconik’s search gives no way to its next page.');
    return sized(after, last === undefined);
  };
  return (await allOf(walk(next, { max: MAX_DOCUMENTS }))).filter(({ id }) => id);
}

/** The first documents in the order of the criteria; in that of Iconik where they have none. */
export async function firstFew(
  context: Context,
  { sort, ...criteria }: Criteria,
  count: number,
  include_fields: readonly string[],
): Promise<Doc[]> {
  const tied = sort && { sort: sort.some(({ name }) => name === 'id') ? sort : [...sort, BY_ID] };
  const found: Doc[] = [];
  let after: readonly unknown[] | undefined;
  do {
    const per_page = Math.min(count - found.length, PAGE_SIZE);
    const next = await page(
      context,
      { ...criteria, ...tied },
      { per_page, after, include_fields: ['id', ...include_fields] },
    );
    found.push(...next.docs);
    after = next.docs.length > 0 ? next.after : undefined;
  } while (after && found.length < count);
  return found.filter(({ id }) => id).slice(0, count);
}
