import { clipOf } from '../../library/clock.ts';
import { copiesOf } from '../../library/files.ts';
import { type Cut, cutLabel, cutOf } from '../../library/media/cut.ts';
import { transcriptLines } from '../../library/media/transcripts.ts';
import { filledIn } from '../../library/metadata/filled.ts';
import { namesOf } from '../../library/people.ts';
import { page } from '../../library/search.ts';
import { countOfSubclips } from '../../library/subclips.ts';
import { when } from '../../library/subject.ts';
import { assets } from '../../operations/assets.ts';
import { proxies } from '../../operations/proxies.ts';
import { commentsLine, countSegments, countsOf, otherVersionsLines } from '../../operations/segment_counts.ts';
import { sortedVersions, type Version } from '../../operations/version_list.ts';
import { allOf, pagesByLastId } from '../../run/pages.ts';
import type { Report } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import { approvalLine, collectionLine, jobLines, shortCopy } from './lines.ts';

/** Reads all parts of an asset, as many as possible at once. A part that cannot be read is absent. */
export async function readAsset(context: Context, report: Report, id: string) {
  // These parts do not depend on the asset document.
  const [asset, indexed, metadata, jobs, subclips = 0] = await Promise.all([
    context.use(assets.tools.get_asset, { asset_id: id, include_collections: true }),
    report.part('duration and kind', indexedAs(context, id)),
    filledIn(context, report, { asset_id: id }),
    report.part('jobs', jobLines(context, id)),
    report.part('sub-clips', countOfSubclips(context, id)),
  ]);
  if (subclips > 0) report.note(subclipsNote(context, id, subclips));
  const { list: versions, latest } = sortedVersions(asset);
  const versionName = (version: string) => versions.find((one) => one.id === version)?.name;
  const people = [asset.created_by_user, ...versions.map(({ by }) => by)];
  const [names, current, original, collections, approval] = await Promise.all([
    report.part('names of people', namesOf(context, people)),
    latest && readVersion(context, report, id, latest, versions),
    asset.original_asset_id ? originalOf(context, report, asset.original_asset_id, cutOf(asset)) : undefined,
    collectionLines(context, report, asset.in_collections ?? []),
    report.part('approval', approvalLine(context, id, versionName)),
  ]);
  const nameOf = (user: string | undefined) => (user ? names?.get(user) : undefined);
  return { asset, indexed, metadata, jobs, versions, latest, nameOf, current, original, collections, approval };
}

function subclipsNote({ offers }: Context, id: string, count: number): string {
  const are = count === 1 ? '1 sub-clip is' : `${count} sub-clips are`;
  const how = offers('find_assets')
    ? `: find_assets with where {"cut from": "${id}"} lists ${count === 1 ? 'it' : 'them'}`
    : '';
  return `${are} cut from it${how}.`;
}

export type AssetParts = Awaited<ReturnType<typeof readAsset>>;

/** What only the search index knows about an asset; it lags a few seconds behind. */
async function indexedAs(context: Context, id: string) {
  const criteria = { doc_types: ['assets'] as const, terms: [{ name: 'id', value_in: [id] }] };
  const include_fields = ['id', 'media_type', 'duration_milliseconds'];
  const { docs } = await page(context, criteria, { per_page: 1, include_fields });
  return docs[0];
}

async function readVersion(
  context: Context,
  report: Report,
  asset_id: string,
  latest: Version,
  versions: readonly Version[],
) {
  const version_id = latest.id;
  const version = { asset_id, version_id };
  const list = pagesByLastId((paging) => context.use(proxies.tools.list_version_proxies, { ...version, ...paging }));
  const [{ copies, isComplete }, proxyRows, counts, transcripts] = await Promise.all([
    copiesOf(context, report, version),
    report.part('proxies', allOf(list)),
    report.part('comments', countSegments(context, asset_id, { segment_type: 'COMMENT' })),
    report.part('transcripts', transcriptLines(context, asset_id, version_id)),
  ]);
  return {
    ...((copies.length > 0 || isComplete) && { files: copies.map(shortCopy) }),
    ...(proxyRows && { proxies: proxyRows }),
    ...(counts && {
      comments: commentsLine(countsOf(counts, version_id)),
      commentsElsewhere: otherVersionsLines(
        counts,
        versions.filter((one) => one !== latest),
      ),
    }),
    ...(transcripts && { transcripts }),
  };
}

/** What a sub-clip is cut from, and its start and end there as people read them off the original. */
async function originalOf(context: Context, report: Report, id: string, cut: Cut | undefined) {
  const [{ title }, clip] = await Promise.all([
    context.use(assets.tools.get_asset, { asset_id: id }).catch(() => ({ title: undefined })),
    cut && report.part('timecode of the original', clipOf(context, id)),
  ]);
  const line = `cut from ${title ? `"${title}" ` : ''}(${id})${cut ? `, ${cutLabel(cut)}` : ''}`;
  return { line, ...(cut && clip?.clock && { timecode: `${when({ clip }, cut.start, cut.end)} of the original` }) };
}

async function collectionLines(context: Context, report: Report, ids: readonly string[]): Promise<string[]> {
  const lines = await Promise.all(ids.map((id) => report.part(`collection ${id}`, collectionLine(context, id))));
  return lines.filter((line) => line !== undefined);
}
