import type { Catalogue, Row } from '../../../catalogue/types.ts';
import { statusOf } from '../../errors.ts';
import { type Page, pagesByLastId, pagesByNumber, sizedPages, walk } from '../../run/pages.ts';
import type { Context } from '../../types.ts';
import { chosen, rowsOf, shownAnswer } from '../answer.ts';
import { answerOf } from '../read_operation.ts';
import type { Given } from '../request.ts';

export interface Listing extends Given {
  readonly fields?: readonly string[] | undefined;
}

/** One object of a list. */
export type Item = Readonly<Record<string, unknown>>;

interface Asking {
  readonly context: Context;
  readonly catalogue: Catalogue;
  readonly row: Row;
  readonly listing: Listing;
}

const SIZE = 1_000;

/** The budget of its program ends a walk, not its length. Some lists have objects without ids. */
const WALK = {
  max: Number.POSITIVE_INFINITY,
  keyOf: (object: Item): unknown => object.id ?? JSON.stringify(object),
};

/** The pages of a list or a search, in whatever way it is paged. */
export function pagesOf(asking: Asking): AsyncGenerator<Page<Item>> {
  const { query, body } = asking.row;
  const walkOptions = { ...WALK, size: Math.min(SIZE, query.per_page?.maximum ?? SIZE) };
  if (body && 'search_after' in body.fields) return searchPages(asking);
  const ask = (paging: Item) => pageOf(asking, { ...asking.listing.query, ...paging });
  if ('last_field_name' in query) return fieldPages(ask, walkOptions.size);
  if ('last_id' in query) return pagesByLastId<Item>(ask, walkOptions);
  if ('page' in query && 'per_page' in query) return pagesByNumber<Item>(ask, walkOptions);
  return single(asking);
}

/** `GET /metadata/v1/fields/` goes on behind a name, where other lists have an id. */
const fieldPages = (ask: (paging: Item) => Promise<Page<Item>>, per_page: number): AsyncGenerator<Page<Item>> =>
  walk<Item>((_, last) => ask({ per_page, ...(last && { last_field_name: last.name }) }), {
    ...WALK,
    keyOf: ({ name }) => name,
  });

async function* single(asking: Asking): AsyncGenerator<Page<Item>> {
  yield await pageOf(asking, asking.listing.query);
}

async function pageOf(
  { context, catalogue, row, listing }: Asking,
  query: Item | undefined,
  body = listing.body,
): Promise<Page<Item>> {
  const answer = shownAnswer(await answerOf(context, catalogue, row, { ...listing, query, body }), { urls: false });
  const { total, pages } = Object(answer) as { readonly total?: number; readonly pages?: number };
  const objects = (rowsOf(answer) ?? [answer].flat()) as readonly Item[];
  return { objects, total, pages };
}

/** The order in which pages neither repeat nor skip, and the one where that is refused. */
const ORDERS = [
  [{ name: 'id', order: 'asc' }],
  [
    { name: 'date_created', order: 'asc' },
    { name: 'title', order: 'asc' },
  ],
];

/** The pages of a search, each continued behind the last hit of the one before. */
function searchPages(asking: Asking): AsyncGenerator<Page<Item>> {
  const { query, body = {}, fields } = asking.listing;
  const include = fields && fields.length > 0 && { include_fields: ['id', ...fields] };
  let orders = body.sort === undefined ? ORDERS : [body.sort];
  const ask = async (after: unknown, per_page: number, sort: unknown): Promise<Page<Item>> =>
    pageOf(
      asking,
      { ...query, per_page },
      { ...include, ...body, sort, ...(after !== undefined && { search_after: after }) },
    );
  const sized = sizedPages(SIZE, async (after: unknown, per_page): Promise<Page<Item>> => {
    try {
      return await ask(after, per_page, orders[0]);
    } catch (error) {
      if (statusOf(error) !== 400 || after !== undefined || orders.length < 2) throw error;
      // If this fails too, the order was not what Iconik refused.
      const page = await ask(after, per_page, orders[1]).catch(() => Promise.reject(error));
      orders = orders.slice(1);
      return page;
    }
  });
  return walk<Item>((_, last) => sized(last?._sort, last === undefined), WALK);
}

/** Only the fields that were asked for, and the id where none were. */
export const itemOf = (item: Item, { fields }: Listing): unknown => {
  const { _sort, _highlight, ...own } = item;
  return chosen(own, fields);
};
