import { deletedLately } from '../../operations/own_writes.ts';
import type { Context } from '../../types.ts';

/** Ids in one clause: a search index takes 1,024 at most. */
const MAX_IDS = 1_000;

/** Clauses for what went to the recycle bin a moment ago: search still shows it. */
export function lateDeletions(context: Pick<Context, 'cache'>): string[] {
  const all = [...deletedLately(context)];
  const clause = (field: string, what: 'object' | 'contents'): string[] => {
    const ids = all.filter(([, deleted]) => deleted[what]).map(([id]) => `"${id}"`);
    return ids.length > 0 ? [`${field}:(${ids.slice(-MAX_IDS).join(' OR ')})`] : [];
  };
  return [...clause('id', 'object'), ...clause('ancestor_collections', 'contents')];
}

/** A search with its query narrowed to what is not in the recycle bin by now. */
export function withoutDeleted<C extends { readonly query?: string }>(context: Pick<Context, 'cache'>, criteria: C): C {
  const clauses = lateDeletions(context);
  if (clauses.length === 0) return criteria;
  const query = [criteria.query && `(${criteria.query})`, ...clauses.map((one) => `NOT ${one}`)];
  return { ...criteria, query: query.filter(Boolean).join(' AND ') };
}
