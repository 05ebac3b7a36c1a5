import { inQuotes } from '../../../text/quote.ts';
import { NotFound } from '../../errors.ts';
import { cutById } from '../../library/media/cut.ts';
import { findAsset, findCollection } from '../../library/objects.ts';
import type { Titled } from '../../library/plans/titles.ts';
import { documentsOf } from '../../library/selection.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import type { Piece, Pieces } from './piece.ts';

/** An asset, or what is in a collection where none is called so. */
export async function ofName(context: Context, words: string): Promise<Pieces> {
  try {
    return await ofAssets(context, [await findAsset(context, words)]);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const found = await findCollection(context, words).catch((other: unknown) => {
      throw other instanceof NotFound ? error : other;
    });
    const { docs, notes } = await documentsOf(context, { collection: found.id, ordered: true }, []);
    const [, ...others] = notes;
    const byName = new Intl.Collator('en', { numeric: true });
    const read = await ofAssets(
      context,
      docs.toSorted((a, b) => byName.compare(a.title ?? '', b.title ?? '')),
    );
    const taken = `${inQuotes(words)} → collection ${inQuotes(found.title)}, in the order of titles`;
    return { ...read, notes: [taken, ...others] };
  }
}

/** Sub-clips as the ranges that they are, other assets whole. */
export async function ofAssets(context: Context, assets: readonly Titled[]): Promise<Pieces> {
  const quiet = { ...context, progress: () => undefined };
  const { done, failed } = await each(assets, quiet, ({ id }) => cutById(context, String(id)), { untimed: true });
  if (failed[0]) throw failed[0].error;
  const pieces = done.map(({ item, result }): Piece => {
    const id = String(item.id);
    if (!result) return { asset_id: id, start: 0, again: id };
    const { original, version, start, end } = result;
    return { asset_id: original, version_id: version, start, end, name: item.title, subclip: id, again: id };
  });
  return { pieces, leftOut: [], notes: [] };
}
