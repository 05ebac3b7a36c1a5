import { ownWrites, sentTo } from '../../operations/own_writes.ts';
import { wantedBy, withOwnWrites } from '../../operations/segment_lists.ts';
import { segments } from '../../operations/segments.ts';
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

/** Where a segment starts and ends, in milliseconds; undefined for one about the whole asset. */
export function extentOf(segment: Segment): { readonly start: number; readonly end: number } | undefined {
  const start = segment.time_start_milliseconds;
  if (start === undefined) return undefined;
  return { start, end: Math.max(start, segment.time_end_milliseconds ?? start) };
}
