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
export function pageOf({ query, body }: Call): Page {
  if (query.scroll === true || query.scroll_id !== undefined)
    throw new Refusal(400, 'Scrolling is deprecated and not supported: use search_after');
  const perPage = numberIn(query.per_page, 10);
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

function link(call: Call, page: number, perPage: number): string {
  const url = new URL(call.url.pathname + call.url.search, call.origin);
  url.searchParams.set('page', String(page));
  url.searchParams.set('per_page', String(perPage));
  return url.href;
}

/** The part of an answer that describes its pages. */
export function paging(call: Call, { page, perPage }: Page, total: number): Row {
  const pages = perPage === 0 ? 1 : Math.max(1, Math.ceil(total / perPage));
  if (page > pages) throw new Refusal(404, 'Requested page does not exist');
  return {
    page,
    pages,
    per_page: perPage,
    total,
    first_url: link(call, 1, perPage),
    last_url: link(call, pages, perPage),
    next_url: page < pages ? link(call, page + 1, perPage) : null,
    prev_url: page > 1 ? link(call, page - 1, perPage) : null,
    scroll_id: null,
  };
}
