import type { OutputOf } from '../types.ts';
import type { assets } from './assets.ts';

/** A version of an asset under the name that people use: `v3`. */
export interface Version {
  readonly id: string;
  readonly name: string;
  readonly status?: string;
  readonly online?: boolean;
  readonly archive?: string;
  /** Day, ISO 8601. */
  readonly date: string;
  /** Id of the user who created it. */
  readonly by?: string;
  /** Languages of its transcripts, in the order in which these were made. */
  readonly languages: readonly string[];
}

type Row = NonNullable<OutputOf<typeof assets.tools.get_asset.output.shape>['versions']>[number];

/**
 * The versions of an asset's document that are not deleted, oldest first: by number, or in Iconik's order where numbers
 * are missing. `latest` is the current version.
 */
export function sortedVersions(rows: readonly Row[] = []): {
  readonly list: readonly Version[];
  readonly latest: Version | undefined;
} {
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

/** `archived`, `offline` …; empty for a version that is active and online. */
export const versionStates = ({ status, online, archive }: Version): string[] =>
  [
    status && status !== 'ACTIVE' && status.toLowerCase().replaceAll('_', ' '),
    archive && archive !== 'NOT_ARCHIVED' && archive.toLowerCase().replaceAll('_', ' '),
    online === false && archive !== 'ARCHIVED' && 'offline',
  ].filter((word) => typeof word === 'string' && word !== '') as string[];

/** `v2 · current · 2025-05-20 · Maria Almeida · archived`, then the given details. */
export function versionLine(
  version: Version,
  { latest, author }: { readonly latest: Version | undefined; readonly author: string | undefined },
  ...details: readonly (string | undefined | false)[]
): string {
  const isCurrent = version.id === latest?.id;
  return [version.name, isCurrent && 'current', version.date, author, ...versionStates(version), ...details]
    .filter(Boolean)
    .join(' · ');
}
