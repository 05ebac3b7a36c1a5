import { formatDuration } from '../../../media/units.ts';
import { assets } from '../../operations/assets.ts';
import type { Context } from '../../types.ts';

/** Where a sub-clip is cut from. Times in milliseconds from the first frame of its original. */
export interface Cut {
  readonly original: string;
  readonly version?: string;
  readonly start: number;
  readonly end: number | undefined;
}

interface Cuttable {
  readonly original_asset_id?: string | undefined;
  readonly original_version_id?: string | undefined;
  readonly time_start_milliseconds?: number | undefined;
  readonly time_end_milliseconds?: number | undefined;
}

/** What an asset is cut from; undefined for one that is no sub-clip, or whose place in its original is not known. */
export function cutOf(asset: Cuttable): Cut | undefined {
  const { original_asset_id: original, original_version_id: version, time_start_milliseconds: start } = asset;
  if (!original || start === undefined) return undefined;
  return { original, ...(version && { version }), start, end: asset.time_end_milliseconds };
}

/** The same by id. */
export const cutById = async (context: Context, asset_id: string): Promise<Cut | undefined> =>
  cutOf(await context.use(assets.tools.get_asset, { asset_id }));

/** Milliseconds. */
export const lengthOfCut = ({ start, end }: Cut): number | undefined => (end === undefined ? undefined : end - start);

/** `12:04 to 12:31 of its original`. */
export const cutLabel = ({ start, end }: Cut): string =>
  `${formatDuration(start)}${end === undefined ? '' : ` to ${formatDuration(end)}`} of its original`;
