import { formatBytes, formatDuration } from '../../../media/units.ts';
import { countFittingLines, shortenToTokens } from '../../../text/tokens.ts';
import { filesOf } from '../../library/files.ts';
import { clockLine, techOf, timed } from '../../library/media_facts.ts';
import { type Filled, filledIn } from '../../library/metadata/filled.ts';
import { transcriptLines } from '../../library/overview.ts';
import { commentsLine, othersLine, type Remarks, remarksIn } from '../../library/segment_counts.ts';
import { formats } from '../../operations/formats.ts';
import { proxies } from '../../operations/proxies.ts';
import { type Version, versionStates } from '../../operations/version_list.ts';
import { everyOne } from '../../run/pages.ts';
import { forgiving } from '../../run/partial.ts';
import type { Context } from '../../types.ts';

/** A version as facts by name; a fact that could not be read is absent, one that is empty is `none`. */
export interface Described {
  readonly facts: Readonly<Record<string, string>>;
  /** Absent where no view could be read. */
  readonly filled: readonly Filled[] | undefined;
}

/** All there is to compare of one version. What can't be read is told in `said`. */
export async function described(
  context: Context,
  asset_id: string,
  version: Version,
  remarks: ReadonlyMap<string, Remarks> | undefined,
  notes: string[],
): Promise<Described> {
  const place = { asset_id, version_id: version.id };
  const of = (what: string) => `${what} of ${version.name}`;
  const list = <T extends { readonly id?: string | undefined }>(what: string, ask: Parameters<typeof everyOne<T>>[0]) =>
    forgiving(context, notes, of(what), everyOne<T>(ask));
  const [ofFormats, ofProxies, files, transcripts, filled] = await Promise.all([
    list('formats', (p) => context.use(formats.tools.list_version_formats, { ...place, ...p })),
    list('proxies', (p) => context.use(proxies.tools.list_version_proxies, { ...place, ...p })),
    forgiving(context, notes, of('files'), filesOf(context, place)),
    forgiving(context, notes, of('transcripts'), transcriptLines(context, asset_id, version.id)),
    filledIn(context, place, notes),
  ]);
  const original = ofFormats?.find(({ name }) => name === 'ORIGINAL') ?? ofFormats?.[0];
  const own = files?.filter(({ format_id }) => format_id === original?.id);
  const tech = techOf(original);
  const clip = ofProxies && timed(ofProxies);
  const size = own?.[0]?.size ?? tech.size;
  const remaining = remarks && remarksIn(remarks, version.id);
  return {
    filled,
    facts: known({
      state: versionStates(version).join(', ') || 'active',
      ...(ofFormats && {
        formats:
          ofFormats
            .map(({ name }) => name ?? '?')
            .sort()
            .join(', ') || 'none',
        duration: tech.duration === undefined ? undefined : `${formatDuration(tech.duration)} (${tech.duration} ms)`,
        codec: tech.codec,
        resolution: tech.resolution,
        'frame rate': tech.rate,
        audio: tech.audio,
        'start timecode': tech.timecode,
      }),
      size: size === undefined ? undefined : `${formatBytes(size)} (${size} bytes)`,
      ...(own && { file: names(own.map(({ name }) => name)), checksum: own[0]?.checksum }),
      ...(ofProxies && {
        proxies: ofProxies.map(pixels).sort().join(', ') || 'none',
        timecode: clockLine(clip),
      }),
      ...(remaining && { comments: commentsLine(remaining), 'other segments': othersLine(remaining) || 'none' }),
      ...(transcripts && { transcripts: transcripts.join('; ') || 'none' }),
    }),
  };
}

const pixels = ({
  resolution,
  codec,
}: {
  readonly resolution?: { readonly width?: number | undefined; readonly height?: number | undefined } | undefined;
  readonly codec?: string | undefined;
}): string =>
  [resolution?.width && `${resolution.width}x${resolution.height}`, codec].filter(Boolean).join(' ') || 'proxy';

const names = (all: readonly (string | undefined)[]): string | undefined =>
  [...new Set(all)].map((name) => `"${name ?? '?'}"`).join(', ') || undefined;

const known = (facts: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** Tokens of one fact or value, and of all metadata. */
const FACT = 150;
const METADATA = 3_000;

const told = (fact = 'unknown'): string => shortenToTokens(fact, FACT);

/** `codec: v2 ProRes → v3 HEVC`, and the names of what is the same. */
export function differences(
  [older, newer]: readonly [Version, Version],
  [before, after]: readonly [Described, Described],
): { readonly differ: readonly string[]; readonly same: readonly string[] } {
  const [a, b] = [before.facts, after.facts];
  const all = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const differ = all.filter((name) => a[name] !== b[name]);
  return {
    differ: differ.map((name) => `${name}: ${older.name} ${told(a[name])} → ${newer.name} ${told(b[name])}`),
    same: all.filter((name) => a[name] === b[name]),
  };
}

/** The metadata whose values differ: `Clearance (Rights): v2 Pending → v3 Cleared`; undefined where they are not known. */
export function metadataDifferences(
  [older, newer]: readonly [Version, Version],
  [before, after]: readonly [Described, Described],
): string[] | undefined {
  if (!before.filled || !after.filled) return undefined;
  const fields = new Map([...before.filled, ...after.filled].map(({ field }) => [field.name, field]));
  const values = ({ filled }: Described, name: string) =>
    filled?.find(({ field }) => field.name === name)?.values.join(', ') ?? 'empty';
  const lines = [...fields].flatMap(([name, { label, view }]) => {
    const [a, b] = [values(before, name), values(after, name)];
    return a === b ? [] : [`${label} (${view}): ${older.name} ${told(a)} → ${newer.name} ${told(b)}`];
  });
  const shown = lines.slice(0, countFittingLines(lines, 0, METADATA));
  const remaining = lines.length - shown.length;
  return remaining > 0 ? [...shown, `and ${remaining} more labels differ`] : shown;
}
