import { inQuotes } from '../../text/quote.ts';
import { ToolError } from '../errors.ts';
import { assets } from '../operations/assets.ts';
import { sortedVersions, type Version } from '../operations/version_list.ts';
import type { Context } from '../types.ts';

export interface Versions {
  readonly asset_id: string;
  readonly title: string;
  /** ASSET, SUBCLIP, PLACEHOLDER … */
  readonly type?: string;
  /** Those that were not deleted, oldest first. */
  readonly list: readonly Version[];
  /** The current one. */
  readonly latest: Version | undefined;
}

/** The versions of an asset as they are now (`GET /assets/v1/assets/{id}/`). Throws `IconikError`. */
export async function versionsOf(context: Context, asset_id: string): Promise<Versions> {
  const asset = await context.use(assets.tools.get_asset, { asset_id });
  const { title = asset_id, type } = asset;
  return { asset_id, title, ...(type && { type }), ...sortedVersions(asset) };
}

const CURRENT = ['current', 'latest'];
const NEWEST = ['newest', 'last'];
const BEFORE = ['previous', 'before', 'the one before'];

/** `v3`, `3`, `version 3`, `#3` as `v3`; undefined for other words. */
export const versionName = (words: string): string | undefined => {
  const number = /^(?:version|ver|v|#)?[\s.]*(\d{1,9})$/i.exec(words.trim())?.[1];
  return number === undefined ? undefined : `v${Number(number)}`;
};

/** The version that a number, an id, `current` or `previous` means. Throws `ToolError` with the versions there are. */
export function pickVersion({ title, list, latest }: Versions, words: string): Version {
  const meant = words.trim().toLowerCase();
  const name = versionName(meant);
  const byPlace = (): Version | undefined => {
    if (CURRENT.includes(meant)) return latest;
    if (NEWEST.includes(meant)) return list.at(-1);
    return latest && BEFORE.includes(meant) ? list[list.indexOf(latest) - 1] : undefined;
  };
  const found = byPlace() ?? list.find((one) => one.id === meant || one.name === name);
  if (found) return found;
  const known = list.map((one) => `${one.name} (${one.date}${one === latest ? ', current' : ''})`).join(', ');
  throw new ToolError(
    `version: ${inQuotes(title)} has no version ${inQuotes(words)}. Its versions: ${known || 'none'}. Give a number such as ${latest?.name ?? 'v1'}, an id, or current.`,
  );
}
