import * as z from 'zod';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { assets } from '../../operations/assets.ts';
import { collections } from '../../operations/collections.ts';
import type { Context } from '../../types.ts';
import { findAsset, findCollection, pathOf } from '../objects.ts';
import type { Shared } from './shares.ts';

/** One asset or one collection, for tasks that share. */
export const assetOrCollection = {
  asset: z.string().min(1).optional().describe('Id, web address or title.'),
  collection: z.string().min(1).optional().describe('Id, name or path "A / B".'),
};

interface Named {
  readonly asset?: string | undefined;
  readonly collection?: string | undefined;
}

/** The object that is named, if one is. */
export async function namedObject(context: Context, { asset, collection }: Named): Promise<Shared | undefined> {
  if (asset !== undefined) {
    const { id, title } = await findAsset(context, asset);
    return { object_type: 'assets', object_id: id, title };
  }
  if (collection === undefined) return undefined;
  const { id } = await findCollection(context, collection);
  return { object_type: 'collections', object_id: id, title: (await pathOf(context, id)).join(' / ') };
}

/** Throws `ToolError` for what is in the recycle bin: Iconik shares nothing from there. */
export async function notInBin(context: Context, { object_type, object_id, title }: Shared): Promise<void> {
  const { status } =
    object_type === 'assets'
      ? await context.use(assets.tools.get_asset, { asset_id: object_id })
      : await context.use(collections.tools.get_collection, { collection_id: object_id });
  if (status === 'DELETED')
    throw new ToolError(`${inQuotes(title)} is in the recycle bin: it has to be restored first.`);
}
