import { ToolError } from '../errors.ts';
import { assets } from '../operations/assets.ts';
import type { Context, OutputOf } from '../types.ts';

/** A version of an asset, called as people call it: `v3`. */
export interface Version {
  readonly id: string;
  readonly name: string;
  readonly status?: string;
  readonly online?: boolean;
  readonly archive?: string;
  /** Day, ISO 8601. */
  readonly date: string;
  /** The id of who made it. */
  readonly by?: string;
  /** Of its transcripts, in the order in which they were made. */
  readonly languages: readonly string[];
}

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

type Row = NonNullable<OutputOf<typeof assets.tools.get_asset.output.shape>['versions']>[number];

/** The versions of an asset as they are now (`GET /assets/v1/assets/{id}/`). Throws `IconikError`. */
export async function versionsOf(context: Context, asset_id: string): Promise<Versions> {
  const { title = asset_id, type, versions } = await context.use(assets.tools.get_asset, { asset_id });
  return { asset_id, title, ...(type && { type }), ...inOrder(versions) };
}

/** The live versions of an asset's document, oldest first: by number, or as they stand where numbers are missing. */
export function inOrder(rows: readonly Row[] = []): Pick<Versions, 'list' | 'latest'> {
  const live = rows.filter(({ id, status }) => id && status !== 'DELETED' && status !== 'DELETING');
  const sorted = live.toSorted((a, b) => Number(a.version_number ?? 0) - Number(b.version_number ?? 0));
  const list = sorted.map((row, index): Version => {
    const { id = '', version_number = index + 1, status, is_online, archive_status, created_by_user } = row;
    return {
      id,
      name: `v${version_number}`,
      date: row.date_created?.slice(0, 10) ?? 'no date',
      languages: row.transcribed_languages ?? [],
      ...(status && { status }),
      ...(is_online !== undefined && { online: is_online }),
      ...(archive_status && { archive: archive_status }),
      ...(created_by_user && { by: created_by_user }),
    };
  });
  return { list, latest: list.at(-1) };
}

const LATEST = ['current', 'latest', 'newest', 'last'];
const BEFORE = ['previous', 'before', 'the one before'];

/** `v3`, `3`, `version 3`, `#3` as `v3`; undefined for other words. */
export const versionName = (words: string): string | undefined => {
  const number = /^(?:version|ver|v|#)?[\s.]*0*(\d+)$/i.exec(words.trim())?.[1];
  return number === undefined ? undefined : `v${number}`;
};

/** The version that a number, an id, `current` or `previous` means. Throws `ToolError` with the versions there are. */
export function pickVersion({ title, list, latest }: Versions, words: string): Version {
  const meant = words.trim().toLowerCase();
  const name = versionName(meant);
  const found = LATEST.includes(meant)
    ? latest
    : BEFORE.includes(meant)
      ? list.at(-2)
      : list.find((one) => one.id === meant || one.name === name);
  if (found) return found;
  const known = list.map((one) => `${one.name} (${one.date}${one === latest ? ', current' : ''})`).join(', ');
  throw new ToolError(
    `version: "${title}" has no version "${words}". Its versions: ${known || 'none'}. Give a number such as ${latest?.name ?? 'v1'}, an id, or current.`,
  );
}

/** `archived`, `offline` … where a version is not simply there. */
export const stateOf = ({ status, online, archive }: Version): string[] =>
  [
    status && status !== 'ACTIVE' && status.toLowerCase().replaceAll('_', ' '),
    archive && archive !== 'NOT_ARCHIVED' && archive.toLowerCase().replaceAll('_', ' '),
    online === false && archive !== 'ARCHIVED' && 'offline',
  ].filter((word) => typeof word === 'string' && word !== '') as string[];
