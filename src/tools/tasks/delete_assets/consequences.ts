import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { type Titled, titleBesideId, titlesOf, toldApart } from '../../library/plans/titles.ts';
import type { Doc } from '../../library/search.ts';
import { isLive } from '../../library/shares/shares.ts';
import { assets } from '../../operations/assets.ts';
import { collections } from '../../operations/collections.ts';
import {
  commentsLine,
  countSegments,
  NO_SEGMENTS,
  othersLine,
  type SegmentCounts,
} from '../../operations/segment_counts.ts';
import { shareChanges } from '../../operations/share_changes.ts';
import { sortedVersions } from '../../operations/version_list.ts';
import { instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** An asset to delete, or one that is in the recycle bin already. */
export interface Doomed extends Titled {
  readonly id: string;
  readonly line: string;
  readonly isDeleted: boolean;
  readonly openShares: number;
}

/** What goes or breaks with an asset, read by its id: versions, comments, shares, collections, sub-clips, archive. */
export async function readDoomed(
  context: Context,
  { id, title, apart }: Titled & { readonly id: string },
  subclips: readonly Doc[],
): Promise<Doomed> {
  const [asset, counts, shares] = await Promise.all([
    context.use(assets.tools.get_asset, { asset_id: id, include_collections: true }),
    countSegments(context, id).catch(instead(context, undefined)),
    openShares(context, id).catch(instead(context, undefined)),
  ]);
  const name = asset.title ?? title ?? id;
  const places = await placesOf(context, asset.in_collections ?? []);
  const parts = [
    titleBesideId({ id, title: name, apart }),
    asset.type && asset.type !== 'ASSET' && asset.type.toLowerCase().replace('subclip', 'sub-clip'),
    plural(sortedVersions(asset).list.length, 'version'),
    `comments: ${counts ? commentsLine(sumOf(counts)) : 'not known'}`,
    counts && othersLine(sumOf(counts)),
    shares === undefined ? 'shares: not known' : shares > 0 && `${plural(shares, 'open share')} will stop working`,
    subclips.length > 0 && `${plural(subclips.length, 'sub-clip')} cut from it: ${titlesOf(toldApart(subclips), 3)}`,
    places,
    asset.archive_status && asset.archive_status !== 'NOT_ARCHIVED' && asset.archive_status.toLowerCase(),
    id,
  ];
  return {
    id,
    title: name,
    apart,
    line: parts.filter(Boolean).join(' · '),
    isDeleted: asset.status === 'DELETED',
    openShares: shares ?? 0,
  };
}

/** Comments of all versions together. */
function sumOf(counts: Awaited<ReturnType<typeof countSegments>>): SegmentCounts {
  const all = [...counts.values()];
  const sum = (key: 'open' | 'done' | 'replies'): number => all.reduce((total, one) => total + one[key], 0);
  const others: Record<string, number> = {};
  for (const one of all)
    for (const [type, count] of Object.entries(one.others)) others[type] = (others[type] ?? 0) + count;
  return { ...NO_SEGMENTS, open: sum('open'), done: sum('done'), replies: sum('replies'), others };
}

/** Shares of the asset itself that have not ended. */
async function openShares(context: Context, object_id: string): Promise<number> {
  const { objects } = await context.use(shareChanges.tools.list_object_shares, {
    object_type: 'assets',
    object_id,
    per_page: 100,
  });
  return objects.filter((one) => isLive(one, Date.now())).length;
}

/** Collections that a line names. */
const MAX_PLACES = 3;

async function placesOf(context: Context, ids: readonly string[]): Promise<string> {
  if (ids.length === 0) return 'in no collection';
  const names = await Promise.all(
    ids.slice(0, MAX_PLACES).map(async (collection_id) => {
      const read = context.use(collections.tools.get_collection, { collection_id });
      return (await read.catch(instead(context, { title: undefined }))).title ?? collection_id;
    }),
  );
  const more = ids.length > names.length ? ` and ${ids.length - names.length} more` : '';
  return `in ${names.map(inQuotes).join(', ')}${more}`;
}
