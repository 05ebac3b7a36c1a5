import { formatBytes, formatDuration } from '../../../media/units.ts';
import { clockLine, timingProxy } from '../../library/clock.ts';
import { filesOf } from '../../library/files.ts';
import { type Format, techOf } from '../../library/media/tech.ts';
import { transcriptLines } from '../../library/media/transcripts.ts';
import { type Filled, filledIn } from '../../library/metadata/filled.ts';
import { formats } from '../../operations/formats.ts';
import { proxies } from '../../operations/proxies.ts';
import { commentsLine, countsOf, othersLine, type SegmentCounts } from '../../operations/segment_counts.ts';
import { type Version, versionStates } from '../../operations/version_list.ts';
import { allOf, pagesByLastId } from '../../run/pages.ts';
import type { Report } from '../../run/report.ts';
import type { Context, OutputOf } from '../../types.ts';

/** What is known of one version. */
export interface VersionFacts {
  /** By name; absent if it could not be read, `none` if there is nothing. */
  readonly facts: Readonly<Record<string, string>>;
  /** Metadata with values; absent if no view could be read. */
  readonly filled: readonly Filled[] | undefined;
}

type ProxyRow = OutputOf<typeof proxies.tools.list_version_proxies.output.shape>['objects'][number];

type Facts = Readonly<Record<string, string | undefined>>;

/** Reads everything that can be compared about a version. */
export async function readVersionFacts(
  context: Context,
  report: Report,
  asset_id: string,
  version: Version,
  segmentCounts: ReadonlyMap<string, SegmentCounts> | undefined,
): Promise<VersionFacts> {
  const place = { asset_id, version_id: version.id };
  const part = <T>(what: string, work: Promise<T>) => report.part(`${what} of ${version.name}`, work);
  const [formatRows, proxyRows, files, transcripts, filled] = await Promise.all([
    part(
      'formats',
      allOf(pagesByLastId((paging) => context.use(formats.tools.list_version_formats, { ...place, ...paging }))),
    ),
    part(
      'proxies',
      allOf(pagesByLastId((paging) => context.use(proxies.tools.list_version_proxies, { ...place, ...paging }))),
    ),
    part('files', filesOf(context, place)),
    part('transcripts', transcriptLines(context, asset_id, version.id)),
    filledIn(context, report, place),
  ]);
  const original = formatRows?.find(({ name }) => name === 'ORIGINAL') ?? formatRows?.[0];
  const originalFiles = files?.filter(({ format_id }) => format_id === original?.id);
  const size = originalFiles?.[0]?.size ?? techOf(original).size;
  const counts = segmentCounts && countsOf(segmentCounts, version.id);
  const facts: Facts = {
    state: versionStates(version).join(', ') || 'active',
    ...(formatRows && formatFacts(formatRows, original)),
    size: size === undefined ? undefined : `${formatBytes(size)} (${size} bytes)`,
    ...(originalFiles && {
      file: quotedNames(originalFiles.map(({ name }) => name)),
      checksum: originalFiles[0]?.checksum,
    }),
    ...(proxyRows && proxyFacts(proxyRows)),
    ...(counts && { comments: commentsLine(counts), 'other segments': othersLine(counts) || 'none' }),
    ...(transcripts && { transcripts: transcripts.join('; ') || 'none' }),
  };
  return { filled, facts: withoutUndefined(facts) };
}

function formatFacts(rows: readonly Format[], original: Format | undefined): Facts {
  const { duration, codec, resolution, rate, audio, timecode } = techOf(original);
  const names = rows.map(({ name }) => name ?? '?').sort();
  return {
    formats: names.join(', ') || 'none',
    duration: duration === undefined ? undefined : `${formatDuration(duration)} (${duration} ms)`,
    codec,
    resolution,
    'frame rate': rate,
    audio,
    'start timecode': timecode,
  };
}

const proxyFacts = (rows: readonly ProxyRow[]): Facts => ({
  proxies: rows.map(pixels).sort().join(', ') || 'none',
  timecode: clockLine(timingProxy(rows)),
});

const pixels = ({ resolution, codec }: ProxyRow): string =>
  [resolution?.width && `${resolution.width}x${resolution.height}`, codec].filter(Boolean).join(' ') || 'proxy';

const quotedNames = (names: readonly (string | undefined)[]): string | undefined =>
  [...new Set(names)].map((name) => `"${name ?? '?'}"`).join(', ') || undefined;

const withoutUndefined = (facts: Facts): Record<string, string> =>
  Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, string] => entry[1] !== undefined));
