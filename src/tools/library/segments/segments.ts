import { statusOf } from '../../errors.ts';
import { forgetWrite, ownWrites, segmentsOn, sentTo } from '../../operations/own_writes.ts';
import { segments } from '../../operations/segments.ts';
import { each } from '../../run/each.ts';
import { allOf, pagesByNumber } from '../../run/pages.ts';
import type { Context } from '../../types.ts';

interface Filter {
  readonly segment_type: string;
  readonly version_id?: string | undefined;
  readonly transcription_id?: string | undefined;
  readonly include_all_versions?: boolean;
  readonly include_users?: boolean;
}

const ask = (context: Context, asset_id: string, filter: Filter, paging: { page: number; per_page: number }) => {
  const { version_id, transcription_id, ...rest } = filter;
  return context.use(segments.tools.list_segments, {
    asset_id,
    ...rest,
    ...(version_id && { version_id }),
    ...(transcription_id && { transcription_id }),
    ...paging,
  });
};

export type Segment = Awaited<ReturnType<typeof ask>>['objects'][number];

/** All segments of one type without those marked as deleted (`GET /assets/v1/assets/{id}/segments/`). */
export const segmentsOf = async (context: Context, asset_id: string, filter: Filter): Promise<Segment[]> =>
  withOwnWrites(
    context,
    asset_id,
    await allOf(pagesByNumber((paging) => ask(context, asset_id, filter, paging))),
    filter,
  );

/**
 * The same for deciding what exists, with what was sent in the last minutes to be made in the background: such segments
 * have no id yet.
 */
export async function existingSegments(context: Context, asset_id: string, filter: Filter): Promise<Segment[]> {
  const sent = [...ownWrites(context, sentTo(asset_id)).values()] as Segment[];
  const existing = await segmentsOf(context, asset_id, filter);
  return [...existing, ...sent.filter(wantedBy(filter, existing))];
}

/** Own segments that a list lacks and that are read by id; more are taken as Iconik answered them. */
const MAX_READ = 25;

/**
 * What a list of segments shows, with what this server wrote in the last minutes: the search index answers lists, and is
 * late. A segment that the list lacks is read by id, so that one which somebody deleted meanwhile does not come back.
 */
export async function withOwnWrites(
  context: Context,
  asset_id: string,
  listed: readonly Segment[],
  filter: Partial<Filter>,
): Promise<Segment[]> {
  const own = ownWrites(context, segmentsOn(asset_id)) as ReadonlyMap<string, Segment>;
  const now = listed.map((one) => laterOf(one, own.get(one.id ?? '')));
  const known = new Set(listed.map(({ id }) => id));
  const isWanted = wantedBy(filter, listed);
  const lacking = [...own].filter(([id, one]) => !known.has(id) && isWanted(one));
  const added = await each(lacking.slice(0, MAX_READ), { ...context, progress: () => undefined }, async ([id, one]) => {
    const read = context.use(segments.tools.get_segment, { asset_id, segment_id: id });
    return read.catch((error: unknown) => {
      if (context.signal.aborted) throw error;
      if (statusOf(error) !== 404) return one;
      forgetWrite(context, segmentsOn(asset_id), id);
      return undefined;
    });
  });
  const rest = [...added.rest, ...lacking.slice(MAX_READ)].map(([, one]) => one);
  const all = [...now, ...added.done.flatMap(({ result }) => result ?? []), ...rest];
  return all.filter(({ id, status }) => id && status !== 'DELETED');
}

/** The listed segment, or what was written to it since. */
function laterOf(listed: Segment, own: Segment | undefined): Segment {
  if (!own) return listed;
  const isShown = Date.parse(listed.date_modified ?? '') >= Date.parse(own.date_modified ?? '');
  return isShown ? listed : { ...listed, ...own };
}

/** Whether a list with that filter has a segment. Without a version it has those of the latest, as the others it lists. */
function wantedBy(filter: Partial<Filter>, listed: readonly Segment[]): (one: Segment) => boolean {
  const { segment_type, version_id, transcription_id, include_all_versions } = filter;
  const versions = new Set(version_id ? [version_id] : listed.flatMap((one) => one.version_id ?? []));
  return (one) =>
    (segment_type === undefined || one.segment_type === segment_type) &&
    (transcription_id === undefined || one.transcription_id === transcription_id) &&
    (include_all_versions === true || versions.size === 0 || !one.version_id || versions.has(one.version_id));
}

/** Where a segment starts and ends, in milliseconds; undefined for one about the whole asset. */
export function extentOf(segment: Segment): { readonly start: number; readonly end: number } | undefined {
  const start = segment.time_start_milliseconds;
  if (start === undefined) return undefined;
  return { start, end: Math.max(start, segment.time_end_milliseconds ?? start) };
}
