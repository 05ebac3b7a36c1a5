import { countFittingLines, shorten, shortenToTokens } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { clockLine, timingProxy } from '../../library/clock.ts';
import { cutOf, lengthOfCut } from '../../library/media/cut.ts';
import { type Filled, viewLines } from '../../library/metadata/filled.ts';
import { findAsset } from '../../library/objects.ts';
import { oneAsset } from '../../library/selection.ts';
import { type Version, versionLine } from '../../operations/version_list.ts';
import { strings, text } from '../../params.ts';
import { createReport, type Report } from '../../run/report.ts';
import { lengthLine, proxyLine } from './lines.ts';
import { type AssetParts, readAsset } from './read.ts';

/** Lines of one list, their tokens, and the tokens of one line. */
const MAX_LINES = 12;
const MAX_LIST_TOKENS = 700;
const MAX_LINE_TOKENS = 250;
/** Characters of a title, a category or a warning. */
const MAX_TEXT_LENGTH = 500;

export const show_asset = task({
  title: 'Show an asset',
  description:
    'Show one asset at a glance: kind, duration, timecode start, frame rate, state, versions, files, proxies, collections, metadata, comments open and done, transcripts, sub-clips, jobs, approval. For full file paths use locate_files.',
  effect: 'read',
  page: 'player',
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
    other_versions: strings,
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
    context.show({ kind: 'asset', id });
    const report = createReport(context);
    const parts = await readAsset(context, report, id);
    const answer = { ...singleLines(id, parts), ...lists(report, parts) };
    return { ...answer, ...(report.notes.length > 0 && { notes: [...report.notes] }) };
  },
});

/** The parts that are one line each. */
function singleLines(id: string, { asset, indexed, latest, nameOf, current, original, approval }: AssetParts) {
  const { title = 'untitled', type, category, warning, created_by_user } = asset;
  const clock = clockLine(current?.proxies && timingProxy(current.proxies));
  const cut = cutOf(asset);
  const milliseconds = indexed?.duration_milliseconds ?? (cut && lengthOfCut(cut));
  const kind = [
    indexed?.media_type,
    type,
    category && `category "${shorten(category, MAX_TEXT_LENGTH)}"`,
    original?.line,
  ];
  return {
    asset: `"${shorten(title, MAX_TEXT_LENGTH)}" · ${id}`,
    kind: kind.filter(Boolean).join(' · '),
    state: stateLine(asset, latest),
    ...(warning && { warning: `"${shorten(warning, MAX_TEXT_LENGTH)}"` }),
    ...(milliseconds !== undefined && { duration: lengthLine(milliseconds) }),
    ...((clock ?? original?.timecode) && { timecode: clock ?? original?.timecode }),
    dates: dateLine(asset, nameOf(created_by_user)),
    ...(current?.comments && { comments: current.comments }),
    ...(current?.commentsElsewhere?.length && { other_versions: current.commentsElsewhere.slice(-MAX_LINES) }),
    ...(approval && { approval: shortenToTokens(approval, MAX_LINE_TOKENS) }),
  };
}

/** The parts that are lists, each cut to what fits. */
function lists(report: Report, { versions, latest, nameOf, current, collections, metadata, jobs }: AssetParts) {
  const { transcripts, files, proxies } = current ?? {};
  return {
    versions: versionLines(versions, latest, nameOf),
    ...(transcripts && { transcripts: cut(report, transcripts, 'transcripts') }),
    ...(files && { files: cut(report, files, 'files: locate_files lists all') }),
    ...(proxies && { proxies: cut(report, proxies.map(proxyLine), 'proxies: get_asset_proxies lists all') }),
    collections: cut(report, collections, 'collections'),
    ...(metadata && { metadata: filledLines(report, metadata) }),
    ...(jobs && { jobs: cut(report, jobs, 'jobs') }),
  };
}

type Asset = AssetParts['asset'];

function stateLine({ status, archive_status, is_online, is_blocked }: Asset, latest: Version | undefined): string {
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

function dateLine({ date_created, date_modified, date_viewed }: Asset, by: string | undefined): string {
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
  nameOf: (user: string | undefined) => string | undefined,
): string[] {
  const lines = list.map((version) => versionLine(version, { latest, author: nameOf(version.by) }));
  const remaining = lines.length - MAX_LINES;
  return remaining > 0 ? [...lines.slice(-MAX_LINES).reverse(), `and ${remaining} older versions`] : lines.reverse();
}

function filledLines(report: Report, filled: readonly Filled[]): string[] {
  const { lines, remaining } = viewLines(filled);
  if (remaining > 0)
    report.note(`${remaining} more labels are filled in: read them with read_metadata and view or labels.`);
  return lines;
}

function cut(report: Report, lines: readonly string[], what: string): string[] {
  const first = lines.slice(0, MAX_LINES).map((line) => shortenToTokens(line, MAX_LINE_TOKENS));
  const shown = first.slice(0, countFittingLines(first, 0, MAX_LIST_TOKENS));
  if (lines.length > shown.length) report.note(`Showing ${shown.length} of ${lines.length} ${what}.`);
  return shown;
}
