import type { Clip } from '../../media/time.ts';
import { formatTimecode } from '../../media/timecode.ts';
import { statusOf } from '../errors.ts';
import type { Version } from '../operations/version_list.ts';
import type { Context } from '../types.ts';
import { clipOf } from './clock.ts';
import { findAsset, type Named } from './objects.ts';
import { type Titled, titleOf } from './plans/titles.ts';
import { page } from './search.ts';
import { pickVersion, type Versions, versionsOf } from './versions.ts';

/** One version of one asset, and how its times are counted. */
export interface Subject extends Pick<Versions, 'type'>, Pick<Titled, 'apart'> {
  readonly id: string;
  readonly title: string;
  /** Absent where the asset has none. */
  readonly version?: Version;
  readonly current?: Version;
  /** Oldest first. */
  readonly versions: readonly Version[];
  readonly clip: Clip;
}

/**
 * The asset that is named and the version that is meant: by number, id, or the current one. Throws `ToolError` with
 * the versions there are.
 */
export const subjectOf = async (context: Context, asset: string, wanted?: string): Promise<Subject> =>
  subjectAt(context, await findAsset(context, asset), wanted);

/** The same for an asset that is known. */
export async function subjectAt(context: Context, { id, title }: Named, wanted?: string): Promise<Subject> {
  const known = await versionsOf(context, id);
  const { list: versions, latest: current, type } = known;
  const version = wanted === undefined ? current : pickVersion(known, wanted);
  const old = version && version !== current ? version : undefined;
  // The index knows the duration of the current version alone.
  const clip = await clipOf(context, id, old ? { version_id: old.id } : { duration: await durationOf(context, id) });
  return { id, title, ...(type && { type }), ...(version && { version }), ...(current && { current }), versions, clip };
}

/** The id of the version, where it is not the current one: Iconik's lists are about that one if nothing is said. */
export const olderOf = ({ version, current }: Subject): string | undefined =>
  version === current ? undefined : version?.id;

/** Hands the version to the player, where the host shows one. */
export function showInPlayer(context: Context, subject: Subject): void {
  const older = olderOf(subject);
  context.show({ kind: 'asset', id: subject.id, ...(older && { version: older }) });
}

/** `v3, current`, `v2, not current`. */
export function versionLabel({ version, current }: Subject): string {
  if (!version) return 'none';
  return `${version.name}, ${version === current ? 'current' : 'not current'}`;
}

/** `"Interview Jordan Reyes, Lisbon" (v3, current)`. */
export const subjectLabel = (subject: Subject): string =>
  `${titleOf(subject)}${subject.version ? ` (${versionLabel(subject)})` : ''}`;

/** Only the index has the duration. Without the right to search, times are not checked against it. */
async function durationOf(context: Context, id: string): Promise<number | undefined> {
  try {
    const criteria = { doc_types: ['assets' as const], terms: [{ name: 'id', value_in: [id] }] };
    const { docs } = await page(context, criteria, { per_page: 1, include_fields: ['id', 'duration_milliseconds'] });
    return docs[0]?.duration_milliseconds;
  } catch (error) {
    if (statusOf(error) === 403) return undefined;
    throw error;
  }
}

/** `10:12:04:00`, or `10:12:04:00-10:12:31:00`. */
export function when({ clip }: Pick<Subject, 'clip'>, start: number | undefined, end?: number): string {
  if (start === undefined) return 'whole asset';
  const from = formatTimecode(start, clip.clock);
  const to = end === undefined ? from : formatTimecode(end, clip.clock);
  return from === to ? from : `${from}-${to}`;
}
