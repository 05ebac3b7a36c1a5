import { inQuotes } from '../../text/quote.ts';
import { NotFound } from '../errors.ts';
import type { Context } from '../types.ts';
import { assets } from './assets.ts';

/**
 * For `onNotFound`: the empty list that a 404 of a list below an asset means. Throws `IconikError` where the asset itself
 * does not exist.
 */
export async function noneOfAsset({ asset_id }: { readonly asset_id: string }, { use }: Context) {
  await use(assets.tools.get_asset, { asset_id });
  return { objects: [], total: 0 };
}

/** The same for a list below a version. Throws `NotFound` where the asset has no such version. */
export async function noneOfVersion(
  { asset_id, version_id }: { readonly asset_id: string; readonly version_id: string },
  { use }: Context,
) {
  const { title = asset_id, versions = [] } = await use(assets.tools.get_asset, { asset_id });
  if (!versions.some(({ id }) => id === version_id.toLowerCase()))
    throw new NotFound(`The asset ${inQuotes(title)} has no version ${version_id}.`);
  return { objects: [], total: 0 };
}
