import type { Context } from '../../types.ts';

/** Milliseconds for which the index is not trusted about what was just written. */
const BEHIND = 120_000;

const writtenAt = (context: Context): Promise<Map<string, number>> =>
  context.shelf.recent('written assets', Number.POSITIVE_INFINITY, async () => new Map<string, number>());

/** Keeps in mind that these assets were written: the search index comes to know it some seconds later. */
export async function rememberWritten(context: Context, ids: readonly string[]): Promise<void> {
  const known = await writtenAt(context);
  for (const [id, at] of known) if (performance.now() - at > BEHIND) known.delete(id);
  for (const id of ids) known.set(id, performance.now());
}

/** Of these assets those that this server wrote so short ago that they are to be read one by one. */
export async function freshOf(context: Context, ids: readonly string[]): Promise<Set<string>> {
  const known = await writtenAt(context);
  return new Set(ids.filter((id) => performance.now() - (known.get(id) ?? -BEHIND) < BEHIND));
}
