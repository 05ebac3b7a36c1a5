import { plural } from '../../text/english.ts';
import { allOf, pagesByNumber } from '../run/pages.ts';
import type { Context, OutputOf } from '../types.ts';
import { withOwnWrites } from './segment_lists.ts';
import { segments } from './segments.ts';
import type { Version } from './version_list.ts';

/** What people and machines left on one version, counted. Replies belong to their comment and have no tick of their own. */
export interface SegmentCounts {
  readonly open: number;
  readonly done: number;
  readonly replies: number;
  /** Segments that are no comments, by type. */
  readonly others: Readonly<Record<string, number>>;
  readonly subclips: number;
}

export const NO_SEGMENTS: SegmentCounts = { open: 0, done: 0, replies: 0, others: {}, subclips: 0 };
const FIELDS = [
  'id',
  'version_id',
  'segment_type',
  'segment_checked',
  'parent_id',
  'subclip_id',
  'status',
  'date_modified',
];

interface Only {
  readonly version_id?: string;
  readonly segment_type?: string;
}

/** The segments of an asset, counted by version id; what belongs to no version is under `''`. */
export async function countSegments(
  context: Context,
  asset_id: string,
  only: Only = {},
): Promise<Map<string, SegmentCounts>> {
  const scope = only.version_id ? only : { ...only, include_all_versions: true };
  const listed = await allOf(
    pagesByNumber((paging) =>
      context.use(segments.tools.list_segments, { asset_id, ...scope, includes: FIELDS, ...paging }),
    ),
  );
  return countedByVersion(await withOwnWrites(context, asset_id, listed, scope));
}

/** The same for segments that were read already. */
export function countedByVersion(rows: readonly Row[]): Map<string, SegmentCounts> {
  const counted = new Map<string, SegmentCounts>();
  for (const row of rows) {
    const version = row.version_id ?? '';
    counted.set(version, plus(counted.get(version) ?? NO_SEGMENTS, row));
  }
  return counted;
}

type Row = OutputOf<typeof segments.tools.list_segments.output.shape>['objects'][number];

function plus(
  sum: SegmentCounts,
  { segment_type = 'GENERIC', segment_checked, parent_id, subclip_id }: Row,
): SegmentCounts {
  const subclips = sum.subclips + (subclip_id ? 1 : 0);
  if (segment_type !== 'COMMENT') {
    const others = { ...sum.others, [segment_type]: (sum.others[segment_type] ?? 0) + 1 };
    return { ...sum, others, subclips };
  }
  if (parent_id) return { ...sum, replies: sum.replies + 1, subclips };
  return segment_checked ? { ...sum, done: sum.done + 1, subclips } : { ...sum, open: sum.open + 1, subclips };
}

export const countsOf = (counted: ReadonlyMap<string, SegmentCounts>, version_id: string): SegmentCounts =>
  counted.get(version_id) ?? NO_SEGMENTS;

/** `6 open, 1 done, 3 replies`, or `none`. */
export function commentsLine({ open, done, replies }: SegmentCounts): string {
  if (open + done + replies === 0) return 'none';
  return [`${open} open`, `${done} done`, replies > 0 && `${replies} ${replies === 1 ? 'reply' : 'replies'}`]
    .filter(Boolean)
    .join(', ');
}

/** `v2: 1 open of 3`, for each of these versions that has comments. */
export const otherVersionsLines = (
  counted: ReadonlyMap<string, SegmentCounts>,
  versions: readonly Version[],
): string[] =>
  versions.flatMap(({ id, name }) => {
    const { open, done } = countsOf(counted, id);
    return open + done === 0 ? [] : [`${name}: ${open} open of ${open + done}`];
  });

const TYPES: ReadonlyMap<string, string> = new Map([
  ['TRANSCRIPTION', 'transcript lines'],
  ['QC', 'QC notes'],
]);

/** `2 MARKER` as `2 markers`. */
export const othersLine = ({ others }: SegmentCounts): string =>
  Object.entries(others)
    .map(([type, count]) => `${count} ${TYPES.get(type) ?? `${type.toLowerCase()}${count === 1 ? '' : 's'}`}`)
    .join(', ');

/** What a plan says of a version that may be deleted: `comments: 1 open, 0 done`, `2 markers`, `1 sub-clip`. */
export const detailsOf = (counted: ReadonlyMap<string, SegmentCounts> | undefined, version_id: string): string[] => {
  if (!counted) return ['comments: not known'];
  const own = countsOf(counted, version_id);
  const subclips = own.subclips > 0 ? plural(own.subclips, 'sub-clip') : '';
  return [`comments: ${commentsLine(own)}`, othersLine(own), subclips].filter(Boolean);
};
