import type { Clip } from '../../media/time.ts';
import { clockOf as readClock } from '../../media/timecode.ts';
import type { Context } from '../context.ts';
import { ToolError } from '../define.ts';
import { assets } from '../operations/assets.ts';
import { proxies } from '../operations/proxies.ts';
import { clipOf } from './clock.ts';
import { page } from './library.ts';
import { findAsset, type Named } from './objects.ts';

/** One version of an asset, and how its times are counted. */
export interface Footage extends Named {
  /** Only where an older version was asked for: everything else is about the latest. */
  readonly version_id?: string;
  readonly clip: Clip;
}

/** The asset that words mean, in its latest version or in the one of a number. Throws `ToolError`. */
export async function footageOf(context: Context, words: string, version?: number): Promise<Footage> {
  const named = await findAsset(context, words);
  if (version !== undefined) return olderOf(context, named, version);
  return { ...named, clip: await clipOf(context, named.id, await durationOf(context, named.id)) };
}

async function olderOf(context: Context, { id, title }: Named, number: number): Promise<Footage> {
  const { versions = [] } = await context.use(assets.tools.get_asset, { asset_id: id });
  const one = versions.find(({ version_number }) => version_number === number);
  if (!one?.id) {
    const known = versions.map(({ version_number }) => version_number ?? '?').join(', ') || 'none';
    throw new ToolError(`version: "${title}" has no version ${number}. Allowed: ${known}.`);
  }
  const place = { asset_id: id, version_id: one.id, per_page: 100 };
  const { objects } = await context.use(proxies.tools.list_version_proxies, place);
  const proxy = objects.find(({ frame_rate }) => frame_rate);
  const clock = proxy && readClock(proxy);
  return { id, title, version_id: one.id, clip: clock ? { clock } : {} };
}

/** Milliseconds; only the index knows them, and not of what was made a moment ago. */
async function durationOf(context: Context, id: string): Promise<number | undefined> {
  const criteria = { doc_types: ['assets' as const], terms: [{ name: 'id', value_in: [id] }] };
  const { docs } = await page(context, criteria, { per_page: 1, include_fields: ['id', 'duration_milliseconds'] });
  return docs[0]?.duration_milliseconds;
}
