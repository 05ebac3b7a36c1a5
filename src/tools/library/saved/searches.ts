import { withName } from '../../../text/compare.ts';
import { nearestOf } from '../../../text/nearest.ts';
import { inQuotes } from '../../../text/quote.ts';
import { NotFound, ToolError } from '../../errors.ts';
import { savedSearches } from '../../operations/saved_searches.ts';
import { allOf, pagesByNumber } from '../../run/pages.ts';
import type { Context, OutputOf } from '../../types.ts';
import { onlyNear, readReference } from '../names.ts';
import type { Criteria, Term } from '../search.ts';

const { list_saved_searches } = savedSearches.tools;

/** A search that is kept under a name. */
export type SavedSearch = OutputOf<typeof list_saved_searches.output.shape>['objects'][number];

/** All that the user can see. */
export const allSaved = (context: Context): Promise<SavedSearch[]> =>
  allOf(pagesByNumber((paging) => context.use(list_saved_searches, { sort: 'name,asc', ...paging })));

/** Candidates that an error lists. */
const CANDIDATES = 8;

/** The saved search that a name or an id means. Throws `ToolError` with the names there are. */
export function findSaved(
  context: Context,
  all: readonly SavedSearch[],
  words: string,
): SavedSearch & { readonly id: string } {
  const reference = readReference(words);
  const found =
    reference.by === 'id'
      ? all.filter(({ id }) => id === reference.id)
      : withName(all, ({ name }) => [name ?? ''], reference.title);
  const [only, ...more] = found;
  if (more.length > 0)
    throw new ToolError(
      `${found.length} saved searches are called ${inQuotes(words)}. Call again with the id: ${found.map(({ id }) => id).join(', ')}.`,
    );
  const meant = only ?? onlyNear(context, words, all, { noun: 'the saved search', nameOf: ({ name = '' }) => name });
  if (meant?.id) return { ...meant, id: meant.id };
  const names = all.flatMap(({ name }) => name ?? []);
  const near = nearestOf(words, names, CANDIDATES).map(inQuotes).join(', ');
  throw new NotFound(
    `No saved search is called ${inQuotes(words)}. Looked at the ${all.length} that this user can see${near ? `: ${near}` : ''}.`,
  );
}

const TERM_KEYS = ['name', 'value', 'value_in', 'range', 'exists', 'missing'];
const CRITERIA_KEYS = ['query', 'doc_types', 'filter', 'sort', 'search_fields'];

type Free = Readonly<Record<string, unknown>>;
const isFree = (value: unknown): value is Free => typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/**
 * What a saved search looks for, where a selection can hold it: assets, by words and by conditions that must all be true.
 * Undefined for nested groups and for whatever else Iconik's own pages keep.
 */
export function criteriaOf(saved: unknown): Criteria | undefined {
  if (!isFree(saved)) return undefined;
  const kept = Object.entries(saved).filter(([, value]) => !isEmpty(value));
  if (kept.some(([name]) => !CRITERIA_KEYS.includes(name))) return undefined;
  const { query, doc_types, filter, sort, search_fields } = Object.fromEntries(kept);
  if (!Array.isArray(doc_types) || doc_types.join() !== 'assets') return undefined;
  const terms = termsOf(filter);
  if (!terms || (query !== undefined && typeof query !== 'string')) return undefined;
  return {
    doc_types: ['assets'],
    terms,
    ...(query && { query }),
    ...(Array.isArray(search_fields) && { search_fields: search_fields.map(String) }),
    ...(Array.isArray(sort) && {
      sort: sort.filter(isFree).map(({ name, order }) => ({
        name: String(name),
        order: order === 'desc' ? ('desc' as const) : ('asc' as const),
      })),
    }),
  };
}

function termsOf(filter: unknown): readonly Term[] | undefined {
  if (filter === undefined) return [];
  if (!isFree(filter)) return undefined;
  const { operator, terms = [], filters } = filter;
  if (!isEmpty(filters) || !Array.isArray(terms)) return undefined;
  if (operator !== 'AND' && terms.length > 1) return undefined;
  const isTerm = (term: unknown): boolean => isFree(term) && Object.keys(term).every((key) => TERM_KEYS.includes(key));
  return terms.every(isTerm) ? (terms as readonly Term[]) : undefined;
}
