import { statusOf, ToolError } from '../errors.ts';

/** One page of a list. `total` counts all pages. */
export interface Page<T> {
  readonly objects: readonly T[];
  readonly total?: number | undefined;
  readonly pages?: number | undefined;
}

interface WalkOptions<T> {
  /** Objects asked for per page; Iconik may return fewer, so a short page is not the last one. Default 1,000. */
  readonly size?: number;
  /** Objects after which a walk fails. Default 50,000. */
  readonly max?: number;
  /** What tells objects apart. Default: their id. */
  readonly keyOf?: (object: T) => unknown;
}

/** Iconik's maximum, as it documents it. */
const MAX_PAGE_SIZE = 1_000;
/** Objects asked for where a larger page is refused: what Iconik's own pages ask for. */
const SAFE_PAGE_SIZE = 150;
const MAX_OBJECTS = 50_000;
/** A search index counts to this number unless it is told to go on, so there may be more. */
const COUNT_LIMIT = 10_000;

/** The pages of a list that goes by page number. */
export const pagesByNumber = <T>(
  ask: (paging: { readonly page: number; readonly per_page: number }) => Promise<Page<T>>,
  { size = MAX_PAGE_SIZE, ...options }: WalkOptions<T> = {},
): AsyncGenerator<Page<T>> => {
  const sized = sizedPages(size, (page: number, per_page) => ask({ page, per_page }));
  return walk<T>(async (page) => {
    try {
      return await sized(page, page === 1);
    } catch (error) {
      // Iconik refuses the page after the last one.
      if (page > 1 && statusOf(error) === 404) return { objects: [] };
      throw error;
    }
  }, options);
};

/** The pages of a list that continues after the id of the last object seen. */
export const pagesByLastId = <T extends { readonly id?: string | undefined }>(
  ask: (paging: { readonly per_page: number; readonly last_id?: string }) => Promise<Page<T>>,
  { size = MAX_PAGE_SIZE, ...options }: WalkOptions<T> = {},
): AsyncGenerator<Page<T>> => {
  const sized = sizedPages(size, (last_id: string | undefined, per_page) =>
    ask({ per_page, ...(last_id && { last_id }) }),
  );
  return walk<T>((_, last) => sized(last?.id, last === undefined), options);
};

/** Asks for pages of `size`, and for smaller ones where the first is refused with 400. */
export function sizedPages<P, A>(size: number, ask: (place: P, per_page: number) => Promise<A>) {
  let per_page = size;
  return async (place: P, isFirst: boolean): Promise<A> => {
    try {
      return await ask(place, per_page);
    } catch (error) {
      if (!isFirst || statusOf(error) !== 400 || per_page <= SAFE_PAGE_SIZE) throw error;
      // If this fails too, the size was not what Iconik refused.
      const answer = await ask(place, SAFE_PAGE_SIZE).catch(() => Promise.reject(error));
      per_page = SAFE_PAGE_SIZE;
      return answer;
    }
  };
}

/**
 * Asks for page after page until as many objects came as there are in total, until the last page, or until one is
 * empty. Throws `ToolError` for a list that repeats a page before its end, and for one longer than `max`.
 */
export async function* walk<T>(
  ask: (page: number, last: T | undefined) => Promise<Page<T>>,
  { max = MAX_OBJECTS, keyOf = idOf }: Pick<WalkOptions<T>, 'max' | 'keyOf'> = {},
): AsyncGenerator<Page<T>> {
  const seen = new Set<unknown>();
  let last: T | undefined;
  for (let number = 1; ; number += 1) {
    const page = await ask(number, last);
    const before = seen.size;
    for (const object of page.objects) seen.add(keyOf(object) ?? object);
    const isNew = seen.size > before;
    if (isNew || number === 1) yield page;
    if (!isNew && page.objects.length > 0 && (page.total ?? 0) > seen.size)
      throw new ToolError(`Iconik repeats a page after ${seen.size} of ${page.total} objects. Narrow the request.`);
    if (!isNew || isLast(page, number, seen.size)) return;
    if (seen.size >= max) throw new ToolError(`There are more than ${max} objects. Narrow the request.`);
    last = page.objects.at(-1);
  }
}

const isLast = <T>({ total, pages }: Page<T>, number: number, seen: number): boolean =>
  total === undefined ? pages !== undefined && number >= pages : seen >= total && total !== COUNT_LIMIT;

const idOf = (object: unknown): unknown => (object as { readonly id?: unknown }).id;

/** All objects of a list, each once; `keyOf` tells them apart. */
export async function allOf<T>(pages: AsyncIterable<Page<T>>, keyOf: (object: T) => unknown = idOf): Promise<T[]> {
  const found = new Map<unknown, T>();
  for await (const { objects } of pages) for (const object of objects) found.set(keyOf(object) ?? object, object);
  return [...found.values()];
}
