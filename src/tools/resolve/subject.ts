import type { Clip } from '../../media/time.ts';
import { clockOf, formatTimecode } from '../../media/timecode.ts';
import type { Context } from '../context.ts';
import { ToolError } from '../define.ts';
import { assets } from '../operations/assets.ts';
import { proxies } from '../operations/proxies.ts';
import { clipOf } from './clock.ts';
import { page } from './library.ts';
import { findAsset, type Named } from './objects.ts';

export interface Version {
  readonly id: string;
  readonly number?: number;
  /** Of its transcripts, in the order in which they were made. */
  readonly languages: readonly string[];
}

/** One version of one asset, and how its times are counted. */
export interface Subject {
  readonly id: string;
  readonly title: string;
  /** Absent where the asset has none. */
  readonly version?: Version;
  readonly current?: Version;
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
  const versions = await versionsOf(context, id);
  const current = versions.at(-1);
  const version = wanted === undefined ? current : pick(versions, wanted, title);
  const old = version && version !== current ? version : undefined;
  const clip = old ? await oldClip(context, id, old.id) : await clipOf(context, id, await durationOf(context, id));
  return { id, title, ...(version && { version }), ...(current && { current }), versions, clip };
}

/** Oldest first: by number, or as they come where numbers are missing. */
async function versionsOf(context: Context, asset_id: string): Promise<Version[]> {
  const { versions = [] } = await context.use(assets.tools.get_asset, { asset_id });
  return versions
    .filter(({ id, status }) => id && status !== 'DELETED' && status !== 'DELETING')
    .map(({ id, version_number: number, transcribed_languages: languages = [] }) => ({
      id: String(id),
      ...(number !== undefined && { number }),
      languages,
    }))
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
}

function pick(versions: readonly Version[], wanted: string, title: string): Version {
  const word = wanted.trim().toLowerCase();
  const number = /^(?:v|version)?\s*(\d+)$/.exec(word)?.[1];
  const last = versions.at(-1);
  if (last && ['current', 'latest'].includes(word)) return last;
  const found = versions.find((one) => one.id === word || (number !== undefined && one.number === Number(number)));
  if (found) return found;
  const known = versions.map(called).join(', ') || 'none';
  throw new ToolError(`"${title}" has no version "${wanted}". Versions: ${known}. Leave it out for the current one.`);
}

/** A version as people call it: its number, else its id. */
export const called = ({ id, number }: Version): string => (number === undefined ? id : String(number));

/** `3, current`, `2, not current`. */
export function versionSaid({ version, current }: Subject): string {
  if (!version) return 'none';
  return `${called(version)}, ${version === current ? 'current' : 'not current'}`;
}

async function oldClip(context: Context, asset_id: string, version_id: string): Promise<Clip> {
  const { objects } = await context.use(proxies.tools.list_version_proxies, { asset_id, version_id, per_page: 100 });
  const proxy = objects.find(({ frame_rate }) => frame_rate);
  const clock = proxy && clockOf(proxy);
  return clock ? { clock } : {};
}

/** Only the index tells it. Without a right to search, times are taken as they come. */
async function durationOf(context: Context, id: string): Promise<number | undefined> {
  try {
    const criteria = { doc_types: ['assets' as const], terms: [{ name: 'id', value_in: [id] }] };
    const { docs } = await page(context, criteria, { per_page: 1, include_fields: ['id', 'duration_milliseconds'] });
    return docs[0]?.duration_milliseconds;
  } catch (error) {
    if ((error as { readonly status?: unknown }).status === 403) return undefined;
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
