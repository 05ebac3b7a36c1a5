import { segments } from '../../operations/segments.ts';
import type { Context } from '../../types.ts';

/** Iconik's most on a page. */
const PAGE = 1_000;
const MOST_PAGES = 50;

interface Filter {
  readonly segment_type: string;
  readonly version_id?: string | undefined;
  readonly transcription_id?: string | undefined;
  readonly include_all_versions?: boolean;
  readonly include_users?: boolean;
}

const ask = (context: Context, asset_id: string, filter: Filter, page: number) => {
  const { version_id, transcription_id, ...rest } = filter;
  return context.use(segments.tools.list_segments, {
    asset_id,
    ...rest,
    ...(version_id && { version_id }),
    ...(transcription_id && { transcription_id }),
    page,
    per_page: PAGE,
  });
};

export type Segment = Awaited<ReturnType<typeof ask>>['objects'][number];

/** All segments of one type, each once, those that were deleted softly left out (`GET …/assets/{id}/segments/`). */
export async function segmentsOf(context: Context, asset_id: string, filter: Filter): Promise<Segment[]> {
  const found = new Map<string, Segment>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { objects, pages } = await ask(context, asset_id, filter, page);
    for (const segment of objects) {
      if (segment.id && segment.status !== 'DELETED') found.set(segment.id, segment);
    }
    if (objects.length < PAGE || page === pages) break;
  }
  return [...found.values()];
}

/** Where a segment starts and ends, in milliseconds; undefined for one about the whole asset. */
export function extentOf(segment: Segment): { readonly start: number; readonly end: number } | undefined {
  const start = segment.time_start_milliseconds;
  if (start === undefined) return undefined;
  return { start, end: Math.max(start, segment.time_end_milliseconds ?? start) };
}
