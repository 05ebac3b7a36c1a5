import { countFittingLines, shorten, shortenToTokens } from '../../text/tokens.ts';
import { task } from '../define.ts';
import { timingProxy } from '../library/clock.ts';
import { copiesOf } from '../library/files.ts';
import { clockLine, lengthLine, proxyLine } from '../library/media_facts.ts';
import { type Filled, filledIn, viewLines } from '../library/metadata/filled.ts';
import { findAsset } from '../library/objects.ts';
import { approvalLine, collectionLine, jobLines, shortCopy, transcriptLines } from '../library/overview.ts';
import { namesOf } from '../library/people.ts';
import { page } from '../library/search.ts';
import { commentsLine, remarksIn, remarksOf } from '../library/segment_counts.ts';
import { oneAsset } from '../library/selection.ts';
import { assets } from '../operations/assets.ts';
import { proxies } from '../operations/proxies.ts';
import { sortedVersions, type Version, versionLine } from '../operations/version_list.ts';
import { strings, text } from '../params.ts';
import { allOf, pagesByLastId } from '../run/pages.ts';
import { createReport, type Report } from '../run/report.ts';
import type { Context, OutputOf } from '../types.ts';

/** Lines of one part, their tokens, and those of one line. */
const SHOWN = 12;
const PART = 700;
const LINE = 250;
/** Characters of a title or a warning. */
const WORDS = 500;

export const show_asset = task({
  title: 'Show an asset',
  description:
    'One asset at a glance: kind, duration, timecode start, frame rate, state, versions, files in short, proxies, collections, filled metadata by label, comments open and done, transcripts, running jobs, approval. For full paths use locate_files, to compare versions compare_versions.',
  effect: 'read',
  roles: ['can_read_assets'],
  input: { asset: oneAsset },
  output: {
    asset: text,
    kind: text,
    state: text,
    warning: text,
    duration: text,
    timecode: text,
    dates: text,
    versions: strings,
    comments: text,
    transcripts: strings,
    files: strings,
    proxies: strings,
    collections: strings,
    metadata: strings,
    jobs: strings,
    approval: text,
    notes: strings,
  },
  run: async ({ asset: words }, context) => {
    const { id } = await findAsset(context, words);
    const report = createReport(context);
    // What needs no version starts beside the asset itself.
    const [asset, indexed, metadata, jobs] = await Promise.all([
      context.use(assets.tools.get_asset, { asset_id: id, include_collections: true }),
      report.part('duration and kind', indexedAs(context, id)),
      filledIn(context, report, { asset_id: id }),
      report.part('jobs', jobLines(context, id)),
    ]);
    const { list, latest } = sortedVersions(asset.versions);
    const named = (version: string) => list.find((one) => one.id === version)?.name;
    const [people, found, own, collections, approval] = await Promise.all([
      report.part('names of people', namesOf(context, [asset.created_by_user, ...list.map(({ by }) => by)])),
      latest && inVersion(context, report, id, latest),
      asset.original_asset_id ? original(context, asset.original_asset_id) : undefined,
      collectionsOf(context, report, asset.in_collections ?? []),
      report.part('approval', approvalLine(context, id, named)),
    ]);
    const clip = found?.proxies && timingProxy(found.proxies);
    const clock = clockLine(clip);
    const milliseconds = indexed?.duration_milliseconds;
    const who = (by: string | undefined) => (by && people?.get(by)) || undefined;
    return {
      asset: `"${shorten(asset.title ?? 'untitled', WORDS)}" · ${id}`,
      kind: [indexed?.media_type, asset.type, asset.category && `category "${shorten(asset.category, WORDS)}"`, own]
        .filter(Boolean)
        .join(' · '),
      state: states(asset, latest),
      ...(asset.warning && { warning: `"${shorten(asset.warning, WORDS)}"` }),
      ...(milliseconds !== undefined && { duration: lengthLine(milliseconds) }),
      ...(clock && { timecode: clock }),
      dates: dates(asset, who(asset.created_by_user)),
      versions: versionLines(list, latest, who),
      ...(found?.comments && { comments: found.comments }),
      ...(found?.transcripts && { transcripts: cut(report, found.transcripts, 'transcripts') }),
      ...(found?.files && { files: cut(report, found.files, 'files: locate_files has all') }),
      ...(found?.proxies && {
        proxies: cut(report, found.proxies.map(proxyLine), 'proxies: get_asset_proxies has all'),
      }),
      collections: cut(report, collections, 'collections'),
      ...(metadata && { metadata: filledLines(report, metadata) }),
      ...(jobs && { jobs: cut(report, jobs, 'jobs') }),
      ...(approval && { approval: shortenToTokens(approval, LINE) }),
      ...(report.notes.length > 0 && { notes: [...report.notes] }),
    };
  },
});

/** What only the index knows of an asset: it is some seconds behind. */
async function indexedAs(context: Context, id: string) {
  const criteria = { doc_types: ['assets'] as const, terms: [{ name: 'id', value_in: [id] }] };
  const include_fields = ['id', 'media_type', 'duration_milliseconds'];
  const { docs } = await page(context, criteria, { per_page: 1, include_fields });
  return docs[0];
}

async function inVersion(context: Context, report: Report, asset_id: string, { id: version_id }: Version) {
  const place = { asset_id, version_id };
  const [{ copies, isComplete }, ofProxies, remarks, transcripts] = await Promise.all([
    copiesOf(context, report, place),
    report.part(
      'proxies',
      allOf(pagesByLastId((paging) => context.use(proxies.tools.list_version_proxies, { ...place, ...paging }))),
    ),
    report.part('comments', remarksOf(context, asset_id, { version_id, segment_type: 'COMMENT' })),
    report.part('transcripts', transcriptLines(context, asset_id, version_id)),
  ]);
  return {
    ...((copies.length > 0 || isComplete) && { files: copies.map(shortCopy) }),
    ...(ofProxies && { proxies: ofProxies }),
    ...(remarks && { comments: commentsLine(remarksIn(remarks, version_id)) }),
    ...(transcripts && { transcripts }),
  };
}

async function original(context: Context, id: string): Promise<string> {
  const { title } = await context.use(assets.tools.get_asset, { asset_id: id }).catch(() => ({ title: undefined }));
  return `cut from ${title ? `"${title}" ` : ''}(${id})`;
}

async function collectionsOf(context: Context, report: Report, ids: readonly string[]): Promise<string[]> {
  const lines = await Promise.all(ids.map((id) => report.part(`collection ${id}`, collectionLine(context, id))));
  return lines.filter((line) => line !== undefined);
}

type Asset = OutputOf<typeof assets.tools.get_asset.output.shape>;

function states({ status, archive_status, is_online, is_blocked }: Asset, latest: Version | undefined): string {
  const archive = (archive_status ?? latest?.archive ?? 'NOT_ARCHIVED').toLowerCase().replaceAll('_', ' ');
  const online = is_online ?? latest?.online;
  const words = [
    status === 'DELETED' && 'in the recycle bin',
    online === undefined ? undefined : online ? 'online' : 'offline',
    archive,
    is_blocked && 'blocked',
  ];
  return words.filter(Boolean).join(', ');
}

function dates({ date_created, date_modified, date_viewed }: Asset, by: string | undefined): string {
  const day = (date: string | undefined) => date?.slice(0, 10);
  return [
    date_created && `created ${day(date_created)}${by ? ` by ${by}` : ''}`,
    date_modified && `changed ${day(date_modified)}`,
    date_viewed && `viewed ${day(date_viewed)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function versionLines(
  list: readonly Version[],
  latest: Version | undefined,
  who: (by: string | undefined) => string | undefined,
): string[] {
  const lines = list.map((version) => versionLine(version, { latest, author: who(version.by) }));
  const remaining = lines.length - SHOWN;
  return remaining > 0 ? [...lines.slice(-SHOWN).reverse(), `and ${remaining} older`] : lines.reverse();
}

function filledLines(report: Report, filled: readonly Filled[]): string[] {
  const { lines, remaining } = viewLines(filled);
  if (remaining > 0) report.note(`${remaining} more labels are filled in: read_metadata with view or labels has them.`);
  return lines;
}

function cut(report: Report, lines: readonly string[], what: string): string[] {
  const some = lines.slice(0, SHOWN).map((line) => shortenToTokens(line, LINE));
  const shown = some.slice(0, countFittingLines(some, 0, PART));
  if (lines.length > shown.length) report.note(`${shown.length} of ${lines.length} ${what}.`);
  return shown;
}
