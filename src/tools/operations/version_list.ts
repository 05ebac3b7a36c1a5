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

interface Versioned {
  readonly versions?: readonly Row[] | undefined;
  /** The current version. Newer systems answer it; no description has it. */
  readonly default_version_id?: string | undefined;
}

/**
 * The versions of an asset that are not deleted, oldest first: by number, or by date where numbers are missing; the order
 * that Iconik lists them in says nothing. `latest` is the current version: the default one, or the last.
 */
export function sortedVersions({ versions: rows = [], default_version_id }: Versioned): {
  readonly list: readonly Version[];
  readonly latest: Version | undefined;
} {
  const live = rows.filter(({ id, status }) => id && status !== 'DELETED' && status !== 'DELETING');
  const isNumbered = live.every(({ version_number }) => version_number !== undefined);
  const byAge = (a: Row, b: Row) => timeOf(a) - timeOf(b);
  const byNumber = (a: Row, b: Row) => Number(a.version_number) - Number(b.version_number) || byAge(a, b);
  const sorted = live.toSorted(isNumbered ? byNumber : byAge);
  const numbers = numbersOf(sorted);
  const list = sorted.map((row, index): Version => {
    const { id = '', status, is_online, archive_status, created_by_user } = row;
    return {
      id,
      name: `v${numbers[index]}`,
      date: row.date_created?.slice(0, 10) ?? 'no date',
      languages: row.transcribed_languages ?? [],
      ...(status && { status }),
      ...(is_online !== undefined && { online: is_online }),
      ...(archive_status && { archive: archive_status }),
      ...(created_by_user && { by: created_by_user }),
    };
  });
  return { list, latest: list.find(({ id }) => id === default_version_id) ?? list.at(-1) };
}

/** Versions without a date come first: what has none is from an old import. */
const timeOf = ({ date_created = '' }: Row): number => Date.parse(date_created) || 0;

/** The numbers of versions; one without a number gets the next that no other has. */
function numbersOf(sorted: readonly Row[]): number[] {
  const taken = new Set(sorted.flatMap(({ version_number }) => version_number ?? []));
  let next = 1;
  return sorted.map(({ version_number: own }) => {
    while (own === undefined && taken.has(next)) next += 1;
    const number = own ?? next;
    taken.add(number);
    next = Math.max(next, number + 1);
    return number;
  });
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
