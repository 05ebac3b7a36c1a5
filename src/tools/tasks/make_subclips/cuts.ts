import type { Clip } from '../../../media/time.ts';
import { formatTimecode } from '../../../media/timecode.ts';
import { formatDuration } from '../../../media/units.ts';
import { inQuotes } from '../../../text/quote.ts';
import { sharedKind } from '../../cache.ts';
import { statusOf, ToolError } from '../../errors.ts';
import { assetsIn, type Destination, inCollection } from '../../library/destination.ts';
import { all } from '../../library/search.ts';
import { type Segment, segmentsOf } from '../../library/segments/segments.ts';
import type { Subject } from '../../library/subject.ts';
import { assets } from '../../operations/assets.ts';
import { collections } from '../../operations/collections.ts';
import { segments } from '../../operations/segments.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** A time range of a clip, in milliseconds from its first frame, and the name of its sub-clip. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** A cut and, if it exists, its sub-clip. */
export interface PlannedCut extends Cut {
  readonly id?: string;
  readonly title?: string;
  /** The sub-clip exists and is in the wanted collection. */
  readonly isDone: boolean;
}

/** `"Goal 1": 12:04-12:31, 01:12:04:00-01:12:31:00, 724000-751000 ms`. */
export const placeLine = ({ name, start, end }: Cut, { clock }: Clip): string => {
  const timecode = clock ? `, ${formatTimecode(start, clock)}-${formatTimecode(end, clock)}` : '';
  return `"${name}": ${formatDuration(start)}-${formatDuration(end)}${timecode}`;
};

export const cutLine = (cut: Cut, clip: Clip): string => `${placeLine(cut, clip)}, ${cut.start}-${cut.end} ms`;

/** Sub-clips that this server made in the last ten minutes, by id: the search index may not know them yet. */
const MADE = sharedKind<{ readonly id: string; readonly original: string }>({
  name: 'sub-clips made',
  max: 10_000,
  ttl: 600_000,
});

/** The type of the segments that sub-clips are made from. */
const GENERIC = { segment_type: 'GENERIC' };

/**
 * The existing sub-clips of an asset, read by id since the index may be late. Their ids come from the index, from a
 * collection, from segments and from this server's memory.
 */
async function subclipsOf(context: Context, asset_id: string, collection_id: string | undefined) {
  const terms = [{ name: 'original_asset_id', value_in: [asset_id] }];
  const [indexed, collected, marked] = await Promise.all([
    all(context, { doc_types: ['assets'], terms }, ['original_asset_id']),
    collection_id === undefined ? [] : assetsIn(context, collection_id),
    segmentsOf(context, asset_id, GENERIC),
  ]);
  const own = context.cache.values(MADE).flatMap(({ id, original }) => (original === asset_id ? [id] : []));
  const members = collected.filter(({ original_asset_id }) => original_asset_id === asset_id);
  const ids = [...indexed, ...members, ...marked.map(({ subclip_id: id }) => ({ id }))].flatMap(({ id }) => id ?? []);
  // One that was deleted, or that this user cannot see, does not count.
  const read = (id: string) =>
    context.use(assets.tools.get_asset, { asset_id: id }).catch((error: unknown) => {
      if ([403, 404].includes(statusOf(error) ?? 0)) return undefined;
      throw error;
    });
  const { done, failed } = await each([...new Set([...ids, ...own])], context, read, { untimed: true });
  if (failed[0]) throw failed[0].error;
  const clips = done.flatMap(({ result }) => (result && result.status !== 'DELETED' ? [result] : []));
  return clips.filter(({ original_asset_id }) => original_asset_id === asset_id);
}

/** Finds the cuts that exist as sub-clips of the same asset with the same times. */
export async function planCuts(
  context: Context,
  asset_id: string,
  cuts: readonly Cut[],
  destination: Destination | undefined,
): Promise<PlannedCut[]> {
  const clips = await subclipsOf(context, asset_id, destination?.id);
  const existing = cuts.map((cut) => clips.find((clip) => hasTimesOf(clip, cut)));
  const ids = existing.flatMap((clip) => clip?.id ?? []);
  const placed = destination?.id && ids.length > 0 ? await inCollection(context, destination.id, ids) : new Set();
  return cuts.map((cut, n) => {
    const { id, title } = existing[n] ?? {};
    const isDone = id !== undefined && (destination === undefined || placed.has(id));
    return { ...cut, ...(id && { id, title: title ?? id }), isDone };
  });
}

interface Times {
  readonly time_start_milliseconds?: number | undefined;
  readonly time_end_milliseconds?: number | undefined;
}

const hasTimesOf = ({ time_start_milliseconds: start, time_end_milliseconds: end }: Times, cut: Cut): boolean =>
  start === cut.start && end === cut.end;

export interface MadeCuts {
  readonly done: readonly PlannedCut[];
  readonly failed?: { readonly cut: PlannedCut; readonly error: Error };
  /** Not started: a cut failed or time ran out. */
  readonly remaining: readonly PlannedCut[];
}

/**
 * Creates for each cut what is missing: the segment (`POST …/segments/`), its sub-clip (`POST /assets/v1/assets/`, type
 * SUBCLIP), its entry in the collection. Stops at the first failure; a repeat continues there.
 */
export async function makeCuts(
  context: Context,
  original: { readonly id: string; readonly version_id: string },
  cuts: readonly PlannedCut[],
  collection_id: string | undefined,
): Promise<MadeCuts> {
  const marked = await segmentsOf(context, original.id, GENERIC);
  const done: PlannedCut[] = [];
  for (const [n, cut] of cuts.entries()) {
    if (context.timeLeft() <= 0) return { done, remaining: cuts.slice(n) };
    context.signal.throwIfAborted();
    try {
      const id = cut.id ?? (await createSubclip(context, original, cut, marked));
      if (collection_id !== undefined && !cut.isDone) {
        const content = { collection_id, object_type: 'assets' as const, object_id: id };
        await context.use(collections.tools.add_to_collection, content);
      }
      done.push({ ...cut, id });
    } catch (error) {
      if (context.signal.aborted) throw error;
      return { done, failed: { cut, error: error as Error }, remaining: cuts.slice(n + 1) };
    }
    context.progress(done.length, cuts.length);
  }
  return { done, remaining: [] };
}

async function createSubclip(
  context: Context,
  { id, version_id }: { readonly id: string; readonly version_id: string },
  cut: Cut,
  marked: readonly Segment[],
): Promise<string> {
  const times = { time_start_milliseconds: cut.start, time_end_milliseconds: cut.end };
  // An earlier call may have created the segment but not the sub-clip.
  const segment =
    marked.find((one) => hasTimesOf(one, cut) && one.segment_text === cut.name && !one.subclip_id) ??
    (await context.use(segments.tools.create_segment, {
      asset_id: id,
      version_id,
      segment_type: 'GENERIC',
      segment_text: cut.name,
      ...times,
    }));
  const clip = await context.use(assets.tools.create_asset, {
    title: cut.name,
    type: 'SUBCLIP',
    original_asset_id: id,
    original_version_id: version_id,
    ...(segment.id && { original_segment_id: segment.id }),
    ...times,
  });
  if (!clip.id)
    throw new ToolError('Iconik created the sub-clip without returning its id. Call again in a few seconds.');
  context.cache.set(MADE, clip.id, { id: clip.id, original: id });
  return clip.id;
}

/** The cuts whose sub-clips have the right times and are in the collection. */
export async function verifyCuts(
  context: Context,
  cuts: readonly PlannedCut[],
  collection_id: string | undefined,
): Promise<PlannedCut[]> {
  const ids = cuts.flatMap(({ id }) => id ?? []);
  const placed = collection_id === undefined ? undefined : await inCollection(context, collection_id, ids);
  const read = ({ id = '' }: PlannedCut) => context.use(assets.tools.get_asset, { asset_id: id });
  const { done } = await each(cuts, context, read, { untimed: true });
  return done
    .filter(({ item, result }) => hasTimesOf(result, item) && (!placed || placed.has(item.id ?? '')))
    .map(({ item }) => item);
}

/** Id of the version to cut from: the current one. Throws `ToolError` if the asset cannot have sub-clips. */
export function versionToCut({ title, type, current }: Subject): string {
  if (type === 'SUBCLIP') throw new ToolError(`${inQuotes(title)} is itself a sub-clip. Cut from its original.`);
  if (!current) throw new ToolError(`${inQuotes(title)} has no version to cut from.`);
  return current.id;
}
