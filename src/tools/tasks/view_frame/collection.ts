import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { posterFirst, posterStill, type Still, stillsOfCollection } from '../../library/media/stills.ts';
import { findCollection } from '../../library/objects.ts';
import { collections } from '../../operations/collections.ts';
import type { Context } from '../../types.ts';
import { attachPictures } from './pictures.ts';

/** Assets that a cover is made of. */
const MAX_COVERS = 8;

/** Attaches what stands for a collection: its own picture, else the posters of the assets of its cover. Throws `ToolError` for neither. */
export async function attachCollection(context: Context, words: string) {
  const { id, title } = await findCollection(context, words);
  const own = posterFirst(await stillsOfCollection(context, id));
  const cover = own.length > 0 ? [] : await coverOf(context, id);
  if (own.length + cover.length === 0)
    throw new ToolError(`The collection ${inQuotes(title)} has no picture of its own, and no cover is chosen.`);
  const wanted = own.length > 0 ? [{ stills: own }] : cover.map((still) => ({ stills: [still] }));
  const { notes, ...answer } = await attachPictures(context, wanted, {});
  context.show({ kind: 'frames', lines: answer.pictures });
  const all = [...(cover.length > 0 ? ['Its cover: the posters of the chosen assets.'] : []), ...notes];
  return { title, id, ...answer, ...(all.length > 0 && { notes: all }) };
}

async function coverOf(context: Context, collection_id: string): Promise<Still[]> {
  const { keyframe_asset_ids = [] } = await context.use(collections.tools.get_collection, { collection_id });
  const posters = await Promise.all(
    keyframe_asset_ids.slice(0, MAX_COVERS).map((asset_id) => posterStill(context, asset_id, [])),
  );
  return posters.filter((still) => still !== undefined);
}
