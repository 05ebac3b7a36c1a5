import type { Clip } from '../../../media/time.ts';
import { parseTimeRange } from '../../../media/time.ts';
import { formatTimecode } from '../../../media/timecode.ts';
import { formatDuration } from '../../../media/units.ts';
import type { CacheKind } from '../../cache.ts';
import { statusOf, ToolError } from '../../errors.ts';
import { assetsIn, type Destination, inCollection } from '../../library/destination.ts';
import { all } from '../../library/search.ts';
import { type Segment, segmentsOf } from '../../library/segments/timeline.ts';
import type { Subject } from '../../library/subject.ts';
import { assets } from '../../operations/assets.ts';
import { collections } from '../../operations/collections.ts';
import { segments } from '../../operations/segments.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** A part of a clip, in milliseconds from its first frame. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** A cut with the sub-clip that stands for it already, and whether that lies where it belongs. */
export interface Planned extends Cut {
  readonly id?: string;
  readonly title?: string;
  readonly inPlace: boolean;
}

/** Ranges and names as people write them. Throws `MediaError` for a range, `ToolError` for names that do not fit. */
export function readCuts(ranges: readonly string[], names: readonly string[], first: number, clip: Clip): Cut[] {
  const [pattern = ''] = names;
  if (names.length > 1 && names.length !== ranges.length) {
    throw new ToolError(
      `names: ${names.length} names for ${ranges.length} ranges. Give one for each, or one pattern with {n}, such as "Goal {n}".`,
    );
  }
  const cuts = ranges.map((range, n): Cut => {
    const { start, end } = parseTimeRange(range, clip);
    const plain = ranges.length === 1 || names.length > 1;
    const numbered = plain || pattern.includes('{n}') ? (names[n] ?? pattern) : `${pattern} {n}`;
    return { start, end, name: numbered.replaceAll('{n}', String(first + n)) };
  });
  const twin = cuts.find((one, n) => cuts.findIndex(({ start, end }) => start === one.start && end === one.end) < n);
  if (twin) throw new ToolError(`ranges: the range of "${twin.name}" is given twice.`);
  return cuts;
}

/** `"Goal 1": 12:04-12:31, 01:12:04:00-01:12:31:00, 724000-751000 ms`. */
export const cutLine = ({ name, start, end }: Cut, { clock }: Clip): string => {
  const timecode = clock ? `${formatTimecode(start, clock)}-${formatTimecode(end, clock)}, ` : '';
  return `"${name}": ${formatDuration(start)}-${formatDuration(end)}, ${timecode}${start}-${end} ms`;
};

/** Sub-clips that this server made in the last ten minutes, by id: the search index may not know them yet. */
const MADE: CacheKind<{ readonly id: string; readonly original: string }> = {
  name: 'sub-clips made',
  max: 10_000,
  ttl: 600_000,
};

/** The type of the segments that sub-clips stand for. */
const GENERIC = { segment_type: 'GENERIC' };

/** The sub-clips of an asset that are there, wherever they are known from, as Iconik and not its index has them. */
async function subclipsOf(context: Context, asset_id: string, place: string | undefined) {
  const terms = [{ name: 'original_asset_id', value_in: [asset_id] }];
  const [indexed, inPlace, marked] = await Promise.all([
    all(context, { doc_types: ['assets'], terms }, ['original_asset_id']),
    place === undefined ? [] : assetsIn(context, place),
    segmentsOf(context, asset_id, GENERIC),
  ]);
  const own = context.cache.values(MADE).flatMap(({ id, original }) => (original === asset_id ? [id] : []));
  const placed = inPlace.filter(({ original_asset_id }) => original_asset_id === asset_id);
  const ids = [...indexed, ...placed, ...marked.map(({ subclip_id: id }) => ({ id }))].flatMap(({ id }) => id ?? []);
  // One that was deleted, or that this user cannot see, does not count.
  const read = (id: string) =>
    context.use(assets.tools.get_asset, { asset_id: id }).catch((error: unknown) => {
      if ([403, 404].includes(statusOf(error) ?? 0)) return undefined;
      throw error;
    });
  const { done, failed } = await each([...new Set([...ids, ...own])], context, read, { untimed: true });
  if (failed[0]) throw failed[0].error;
  const clips = done.flatMap(({ result }) => (result && result.status !== 'DELETED' ? [result] : []));
  return { clips: clips.filter(({ original_asset_id }) => original_asset_id === asset_id), marked };
}

/** What of the cuts is there already: the same original and the same times. */
export async function planCuts(
  context: Context,
  asset_id: string,
  cuts: readonly Cut[],
  destination: Destination | undefined,
): Promise<Planned[]> {
  const { clips } = await subclipsOf(context, asset_id, destination?.id);
  const there = cuts.map((cut) => clips.find((clip) => isCut(clip, cut)));
  const ids = there.flatMap((clip) => clip?.id ?? []);
  const placed = destination?.id && ids.length > 0 ? await inCollection(context, destination.id, ids) : new Set();
  return cuts.map((cut, n) => {
    const { id, title } = there[n] ?? {};
    const inPlace = id !== undefined && (destination === undefined || placed.has(id));
    return { ...cut, ...(id && { id, title: title ?? id }), inPlace };
  });
}

interface Times {
  readonly time_start_milliseconds?: number | undefined;
  readonly time_end_milliseconds?: number | undefined;
}

const isCut = ({ time_start_milliseconds: start, time_end_milliseconds: end }: Times, cut: Cut): boolean =>
  start === cut.start && end === cut.end;

export interface Outcome {
  readonly done: readonly Planned[];
  readonly failed?: { readonly cut: Planned; readonly error: Error };
  readonly rest: readonly Planned[];
}

/**
 * Makes what is missing, in order: the segment that a sub-clip stands for (`POST …/segments/`), the sub-clip
 * (`POST /assets/v1/assets/`, type SUBCLIP), its place. Stops at the first failure; a repeat goes on from there.
 */
export async function makeCuts(
  context: Context,
  original: { readonly id: string; readonly version_id: string },
  cuts: readonly Planned[],
  collection_id: string | undefined,
): Promise<Outcome> {
  const marked = await segmentsOf(context, original.id, GENERIC);
  const done: Planned[] = [];
  for (const [n, cut] of cuts.entries()) {
    if (context.timeLeft() <= 0) return { done, rest: cuts.slice(n) };
    context.signal.throwIfAborted();
    try {
      const id = cut.id ?? (await makeOne(context, original, cut, marked));
      if (collection_id !== undefined && !cut.inPlace) {
        const content = { collection_id, object_type: 'assets' as const, object_id: id };
        await context.use(collections.tools.add_to_collection, content);
      }
      done.push({ ...cut, id });
    } catch (error) {
      if (context.signal.aborted) throw error;
      return { done, failed: { cut, error: error as Error }, rest: cuts.slice(n + 1) };
    }
    context.progress(done.length, cuts.length);
  }
  return { done, rest: [] };
}

async function makeOne(
  context: Context,
  { id, version_id }: { readonly id: string; readonly version_id: string },
  cut: Cut,
  marked: readonly Segment[],
): Promise<string> {
  const times = { time_start_milliseconds: cut.start, time_end_milliseconds: cut.end };
  // What an earlier call left behind that did not come as far as the sub-clip.
  const segment =
    marked.find((one) => isCut(one, cut) && one.segment_text === cut.name && !one.subclip_id) ??
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
  if (!clip.id) throw new ToolError('Iconik made it without telling its id: repeat the call in some seconds.');
  context.cache.set(MADE, clip.id, { id: clip.id, original: id });
  return clip.id;
}

/** Whether sub-clips are there as they were meant, in their place. */
export async function verifyCuts(
  context: Context,
  cuts: readonly Planned[],
  collection_id: string | undefined,
): Promise<Planned[]> {
  const ids = cuts.flatMap(({ id }) => id ?? []);
  const placed = collection_id === undefined ? undefined : await inCollection(context, collection_id, ids);
  const read = ({ id = '' }: Planned) => context.use(assets.tools.get_asset, { asset_id: id });
  const { done } = await each(cuts, context, read, { untimed: true });
  return done
    .filter(({ item, result }) => isCut(result, item) && (!placed || placed.has(item.id ?? '')))
    .map(({ item }) => item);
}

/** The id of the latest version, which a sub-clip is cut from. Throws `ToolError` where there is none. */
export function cuttable({ title, type, current }: Subject): string {
  if (type === 'SUBCLIP') throw new ToolError(`"${title}" is a sub-clip itself: cut from its original.`);
  if (!current) throw new ToolError(`"${title}" has no version to cut from.`);
  return current.id;
}
