import { MediaError } from '../../../media/errors.ts';
import { parseFrameRate } from '../../../media/rate.ts';
import { splitTimecode } from '../../../media/timecode.ts';
import { formatBytes, formatDuration } from '../../../media/units.ts';
import { ToolError } from '../../errors.ts';
import { type Facts, factText, tracksOf, wholeNumber } from '../media/tech.ts';
import { type Finding, isAnalysed, type Master } from './masters.ts';
import { bytes, inRange, milliseconds, readRange } from './ranges.ts';
import { soundIn, soundOf } from './sound.ts';
import { matchesPattern } from './wildcard.ts';

export interface Rule {
  readonly name: string;
  /** As it was asked for. */
  readonly wanted: string;
  readonly check: (master: Master) => Finding | undefined;
}

/** The arguments that are rules; each takes several values with `|`. */
export interface RuleArgs {
  readonly codec?: string | undefined;
  readonly resolution?: string | undefined;
  readonly frame_rate?: string | undefined;
  readonly scan?: 'progressive' | 'interlaced' | undefined;
  readonly audio?: string | undefined;
  readonly start_timecode?: string | undefined;
  readonly container?: string | undefined;
  readonly duration?: string | undefined;
  readonly size?: string | undefined;
  readonly file_name?: string | undefined;
}

const SCANS = ['progressive', 'interlaced'] as const;

const MAKERS: { readonly [K in keyof Required<RuleArgs>]: (wanted: string) => Rule['check'] } = {
  codec: (wanted) => {
    const allowed = choices(wanted).map(bare);
    return onTrack(['VIDEO', 'IMAGE', 'AUDIO'], 'no picture or sound', (track) => {
      const names = codecNames(track);
      const [found] = names;
      return found === undefined ? undefined : { found, passes: names.some((name) => allowed.includes(bare(name))) };
    });
  },
  resolution: (wanted) => {
    const allowed = choices(wanted).flatMap(pixels);
    return onTrack(['VIDEO', 'IMAGE'], 'no picture', (track) => {
      const [width, height] = ['width', 'height'].map((name) => wholeNumber(factText(track, name)));
      if (!width || !height) return undefined;
      return { found: `${width}x${height}`, passes: allowed.includes(`${width}x${height}`) };
    });
  },
  frame_rate: (wanted) => {
    const allowed = choices(wanted).map((one) => parseFrameRate(one.replace(/[pP]$/, '')));
    return onTrack(['VIDEO'], 'no video', (track, { tech }) => {
      const found = factText(track, 'frame_rate') ?? tech.rate;
      const rate = rateOf(found);
      if (!found || !rate) return undefined;
      const isSame = (one: typeof rate) => one.numerator === rate.numerator && one.denominator === rate.denominator;
      return { found, passes: allowed.some(isSame) };
    });
  },
  scan: (wanted) => {
    const asked = SCANS.find((one) => one === wanted.toLowerCase());
    if (!asked) throw new ToolError(`scan: "${wanted}" is not a scan type. Allowed: ${SCANS.join(', ')}.`);
    return onTrack(['VIDEO'], 'no video', (track) => {
      const found = factText(track, 'scan_type');
      return found === undefined ? undefined : { found, passes: found.toLowerCase() === asked };
    });
  },
  audio: (wanted) => {
    const asked = soundOf(wanted);
    return (master) => {
      const tracks = tracksOf(master.format, 'AUDIO');
      if (tracks.length === 0) return isAnalysed(master) ? { found: 'no audio', passes: false } : undefined;
      return soundIn(tracks, asked);
    };
  },
  start_timecode: (wanted) => {
    const asked = splitTimecode(wanted);
    if (!asked) throw new ToolError(`start_timecode: "${wanted}" is not a timecode. Write HH:MM:SS:FF.`);
    return ({ tech: { timecode } }) => {
      const found = timecode === undefined ? undefined : splitTimecode(timecode);
      if (!timecode || !found) return undefined;
      const { claimsDrop, ...label } = asked;
      const isSame = Object.entries(label).every(([part, value]) => found[part as keyof typeof found] === value);
      return { found: timecode, passes: isSame && (!claimsDrop || found.claimsDrop) };
    };
  },
  container: (wanted) => {
    const allowed = choices(wanted).map((one) => bare(one.replace(/^\./, '')));
    return ({ files, format }) => {
      const [general] = tracksOf(format, 'GENERAL');
      const name = files[0]?.name ?? files[0]?.original_name ?? factText(general, 'file_name');
      const extension = name?.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : undefined;
      const names = [extension, factText(general, 'format'), factText(general, 'format_profile')];
      const known = names.filter((one) => one !== undefined);
      if (known.length === 0) return undefined;
      return { found: known.join(', '), passes: known.some((one) => allowed.includes(bare(one))) };
    };
  },
  duration: (wanted) => {
    const range = readRange('duration', wanted, milliseconds);
    return ({ doc, tech }) => {
      const length = tech.duration ?? doc.duration_milliseconds;
      return length === undefined ? undefined : { found: formatDuration(length), passes: inRange(range, length) };
    };
  },
  size: (wanted) => {
    const range = readRange('size', wanted, bytes);
    return ({ files, tech }) => {
      const size = files[0]?.size ?? tech.size;
      return size === undefined ? undefined : { found: formatBytes(size), passes: inRange(range, size) };
    };
  },
  file_name: (wanted) => {
    const allowed = choices(wanted);
    return ({ files, format }) => {
      const name = files[0]?.name ?? files[0]?.original_name ?? factText(tracksOf(format, 'GENERAL')[0], 'file_name');
      return name ? { found: `"${name}"`, passes: allowed.some((one) => matchesPattern(name, one)) } : undefined;
    };
  },
};

/** The rules that are asked for. Throws one `ToolError` for all that cannot be read. */
export function readRules(args: RuleArgs): Rule[] {
  const faults: string[] = [];
  const rules = (Object.keys(MAKERS) as (keyof RuleArgs)[]).flatMap((name) => {
    const wanted = args[name];
    try {
      return wanted === undefined ? [] : [ruleFor(name, wanted)];
    } catch (error) {
      if (!(error instanceof ToolError || error instanceof MediaError)) throw error;
      faults.push(error.message.startsWith(`${name}:`) ? error.message : `${name}: ${error.message}`);
      return [];
    }
  });
  if (faults.length > 0) throw new ToolError(faults.join(' '));
  return rules;
}

/** One rule. Throws `ToolError` or `MediaError` for what cannot be read. */
export const ruleFor = (name: keyof RuleArgs, wanted: string): Rule => ({
  name: name.replaceAll('_', ' '),
  wanted,
  check: MAKERS[name](wanted),
});

const choices = (wanted: string): string[] =>
  wanted
    .split('|')
    .map((one) => one.trim())
    .filter(Boolean);

type Track = 'VIDEO' | 'AUDIO' | 'IMAGE';

/** Checks the first track of the first type there is. */
const onTrack =
  (types: readonly Track[], none: string, check: (track: Facts, master: Master) => Finding | undefined) =>
  (master: Master): Finding | undefined => {
    const track = types.map((type) => tracksOf(master.format, type)[0]).find((one) => one !== undefined);
    if (track) return check(track, master);
    return isAnalysed(master) ? { found: none, passes: false } : undefined;
  };

/** Letters and digits alone, so that `ProRes 422 HQ` and `prores_422_hq` are the same. */
const bare = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** What people call the codecs that mediainfo has other names for. */
const COMMON: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({ avc: ['H.264', 'x264'], hevc: ['H.265', 'x265'], mpegvideo: ['MPEG-2'] }),
);

/** `ProRes 422 HQ`, then every other name: without the profile, without the level, commercial, by its code. */
function codecNames(track: Facts): string[] {
  const [format, profile, code, commercial] = ['format', 'format_profile', 'codec_id', 'format_commercial_if_any'].map(
    (name) => factText(track, name),
  );
  const [withoutLevel] = profile?.split('@') ?? [];
  const names = [format, ...(COMMON.get(bare(format ?? '')) ?? [])].filter((one) => one !== undefined);
  return [
    [format, profile].filter(Boolean).join(' '),
    ...names.flatMap((name) => [name, `${name} ${profile ?? ''}`, `${name} ${withoutLevel ?? ''}`]),
    code,
    commercial,
  ].filter((one): one is string => Boolean(one));
}

/** What people call the picture of a delivery. */
const PICTURES: ReadonlyMap<string, readonly string[]> = new Map([
  ['hd', ['1920x1080']],
  ['full hd', ['1920x1080']],
  ['1080', ['1920x1080']],
  ['720', ['1280x720']],
  ['uhd', ['3840x2160']],
  ['2160', ['3840x2160']],
  // Of television and of cinema.
  ['4k', ['3840x2160', '4096x2160']],
]);

function pixels(wanted: string): readonly string[] {
  const named = PICTURES.get(wanted.trim().toLowerCase().replace(/[pi]$/, ''));
  if (named) return named;
  const sides = wanted.toLowerCase().split(/[x×*]/).map(wholeNumber);
  if (sides.length === 2 && sides.every(Boolean)) return [sides.join('x')];
  throw new ToolError(
    `resolution: "${wanted}" is not a resolution. Write 1920x1080, HD or UHD; give the rate as frame_rate, progressive as scan.`,
  );
}

/** mediainfo may write `23.976 (24000/1001) FPS`. */
function rateOf(found: string | undefined) {
  try {
    return found ? parseFrameRate(found.trim().split(' ')[0] ?? '') : undefined;
  } catch {
    return undefined;
  }
}
