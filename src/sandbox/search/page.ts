import { linkTo, perPageOf } from '../paging.ts';
import { type Call, Refusal, type Row } from '../types.ts';

const MAX_RESULT_WINDOW = 10_000;

export interface Page {
  readonly page: number;
  readonly perPage: number;
  /** Index of the first hit. */
  readonly start: number;
}

const numberIn = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback);

/** The requested page; with `search_after` it starts at the first hit. */
export function requestedPage(call: Call): Page {
  const { query, body } = call;
  if (query.scroll === true || query.scroll_id !== undefined)
    throw new Refusal(400, 'Scrolling is deprecated and not supported: use search_after');
  const perPage = perPageOf(call);
  const cursor = body.search_after;
  if (Array.isArray(cursor) && cursor.length > 0) return { page: 1, perPage, start: 0 };
  const page = numberIn(query.page, 1);
  if (page * perPage > MAX_RESULT_WINDOW)
    throw new Refusal(
      400,
      `Result window is too large: page × per_page must be at most ${MAX_RESULT_WINDOW}; use search_after`,
    );
  return { page, perPage, start: (page - 1) * perPage };
}

/** The part of an answer that describes its pages. */
export function paging(call: Call, { page, perPage }: Page, total: number): Row {
  const pages = perPage === 0 ? 1 : Math.max(1, Math.ceil(total / perPage));
  if (page > pages) throw new Refusal(404, 'Requested page does not exist');
  const at = (number: number): string => linkTo(call, { page: String(number), per_page: String(perPage) });
  return {
    page,
    pages,
    per_page: perPage,
    total,
    first_url: at(1),
    last_url: at(pages),
    next_url: page < pages ? at(page + 1) : null,
    prev_url: page > 1 ? at(page - 1) : null,
    scroll_id: null,
  };
}
