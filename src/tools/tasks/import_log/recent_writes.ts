import { sharedKind } from '../../cache.ts';
import type { Context } from '../../types.ts';

/**
 * Assets written less than two minutes ago: the search index may not know it yet. At 45 requests a second no more than
 * 5,400 can be written in that time.
 */
const RECENTLY_WRITTEN = sharedKind<{ readonly id: string }>({
  name: 'recently written assets',
  max: 10_000,
  ttl: 120_000,
});

/** Remembers that these assets were written. */
export function rememberWritten(context: Context, ids: readonly string[]): void {
  for (const id of ids) context.cache.set(RECENTLY_WRITTEN, id, { id });
}

/** Those of these assets that this server wrote so recently that they have to be read one by one. */
export const recentlyWritten = (context: Context, ids: readonly string[]): ReadonlySet<string> =>
  new Set(ids.filter((id) => context.cache.get(RECENTLY_WRITTEN, id)));
