import type { Context } from '../types.ts';
import { search } from './search.ts';

/** Objects that a preview names; the rest is counted. */
const MAX_LINES = 50;

/**
 * Id, title, status and day of creation of objects, for a preview; the id alone of what the index does not have. One
 * request, whatever the number.
 */
export async function linesOfObjects(
  type: 'assets' | 'collections' | 'saved_searches',
  ids: readonly string[],
  { use }: Context,
): Promise<(string | Readonly<Record<string, unknown>>)[]> {
  const { objects } = await use(search.tools.search_documents, {
    doc_types: [type],
    filter: { operator: 'AND', terms: [{ name: 'id', value_in: ids.slice(0, MAX_LINES) }] },
    include_fields: ['id', 'title', 'status', 'date_created', 'archive_status'],
    per_page: MAX_LINES,
  });
  const found = new Map(objects.map((one) => [one.id, one]));
  const rows = ids.slice(0, MAX_LINES).map((id) => {
    const { title, status, date_created } = found.get(id) ?? {};
    return {
      id,
      ...(title && { title }),
      ...(status && { status }),
      ...(date_created && { date: date_created.slice(0, 10) }),
    };
  });
  const more = ids.length - rows.length;
  return more > 0 ? [...rows, `and ${more} more`] : rows;
}
