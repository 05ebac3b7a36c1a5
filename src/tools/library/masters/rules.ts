import { MediaError } from '../../../media/errors.ts';
import { splitTimecode } from '../../../media/timecode.ts';
import { formatBytes, formatDuration } from '../../../media/units.ts';
import { ToolError } from '../../errors.ts';
import { type Facts, factText, tracksOf, wholeNumber } from '../media/tech.ts';
import { bare, codecNames, isCodec } from './codecs.ts';
import { type Finding, fileName, isAnalysed, type Master } from './masters.ts';
import { foundRate, isSameRate, SCANS, type Scan, scanOf, sizeOf, wantedRate } from './pictures.ts';
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

/** Rules about what media info says of the original. */
export const MEDIA_RULES = [
  'codec',
  'resolution',
  'frame_rate',
  'scan',
  'audio',
  'start_timecode',
  'container',
] as const satisfies readonly (keyof RuleArgs)[];

/** `isScanSaid`: another rule asks for the scan that this one says, too. */
type Maker = (wanted: string, isScanSaid: boolean) => Rule['check'];

const MAKERS: { readonly [K in keyof Required<RuleArgs>]: Maker } = {
  codec: (wanted) => {
    const allowed = choices(wanted);
    return onTrack(['VIDEO', 'IMAGE', 'AUDIO'], 'no picture or sound', (track) => {
      const names = codecNames(track);
      const [found] = names;
      return found === undefined ? undefined : { found, passes: isCodec(allowed, names) };
    });
  },
  resolution: (wanted, isScanSaid) => {
    const allowed = choices(wanted).map(sizeOf).map(scanAsked(isScanSaid));
    return onTrack(['VIDEO', 'IMAGE'], 'no picture', (track, { tech }) => {
      const [width, height] = ['width', 'height'].map((name) => wholeNumber(factText(track, name)));
      if (!width || !height) return undefined;
      const size = `${width}x${height}`;
      const fitting = allowed.filter(({ pixels }) => pixels.includes(size));
      const isTimed = fitting.some(({ rate }) => rate !== undefined);
      const rate = isTimed ? (factText(track, 'frame_rate') ?? tech.rate)?.trim().split(' ')[0] : undefined;
      const own = foundRate(rate);
      if (!own && isTimed && fitting.every((one) => one.rate)) return undefined;
      return withScan(
        track,
        own ? `${size} ${rate} fps` : size,
        allowed,
        (one) => fitting.includes(one) && (!one.rate || (own !== undefined && isSameRate(one.rate, own))),
      );
    });
  },
  frame_rate: (wanted, isScanSaid) => {
    const allowed = choices(wanted).map(wantedRate).map(scanAsked(isScanSaid));
    return onTrack(['VIDEO'], 'no video', (track, { tech }) => {
      const found = factText(track, 'frame_rate') ?? tech.rate;
      const own = foundRate(found);
      if (!found || !own) return undefined;
      return withScan(track, found, allowed, ({ rate }) => isSameRate(rate, own));
    });
  },
  scan: (wanted) => {
    const asked = SCANS.find((one) => one === wanted.toLowerCase());
    if (!asked) throw new ToolError(`scan: "${wanted}" is not a scan type. Allowed: ${SCANS.join(', ')}.`);
    return onTrack(['VIDEO'], 'no video', (track) => {
      const own = scanOf(track);
      return own && { found: own.found, passes: own.scan === asked };
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
    return (master) => {
      const [general] = tracksOf(master.format, 'GENERAL');
      const name = fileName(master);
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
    return (master) => {
      const name = fileName(master);
      return name ? { found: `"${name}"`, passes: allowed.some((one) => matchesPattern(name, one)) } : undefined;
    };
  },
};

/** The rules that are asked for. Throws one `ToolError` for all that cannot be read. */
export function readRules(args: RuleArgs): Rule[] {
  const faults: string[] = [];
  const repeated = scansSaidBefore(args);
  const rules = (Object.keys(MAKERS) as (keyof RuleArgs)[]).flatMap((name) => {
    const wanted = args[name];
    try {
      return wanted === undefined ? [] : [ruleFor(name, wanted, repeated.has(name))];
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
export const ruleFor = (name: keyof RuleArgs, wanted: string, isScanSaid = false): Rule => ({
  name: name.replaceAll('_', ' '),
  wanted,
  check: MAKERS[name](wanted, isScanSaid),
});

/** The rules that ask for a scan that one before them asks for as well: a wrong scan is one fault. */
function scansSaidBefore(args: RuleArgs): ReadonlySet<keyof RuleArgs> {
  const asked = (['scan', 'resolution', 'frame_rate'] as const).map((name) => {
    const letters = choices(args[name] ?? '').map((one) =>
      name === 'scan' ? one.charAt(0) : /\d ?([pi])(?![a-z])/i.exec(one)?.[1],
    );
    return { name, scans: [...new Set(letters.map((one) => one?.toLowerCase()))] };
  });
  const isOne = ({ scans }: (typeof asked)[number]): boolean => scans.length === 1 && scans[0] !== undefined;
  const later = asked.filter(
    (one, at) => isOne(one) && asked.slice(0, at).some((other) => isOne(other) && other.scans[0] === one.scans[0]),
  );
  return new Set(later.map(({ name }) => name));
}

/** Without the scan, where another rule asks for it. */
const scanAsked =
  (isSaid: boolean) =>
  <T extends { readonly scan?: Scan }>(one: T): T => {
    const { scan, ...rest } = one;
    return isSaid ? (rest as T) : one;
  };

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

/** What was found, where some of the allowed alternatives fit but for the scan that they may ask for. */
function withScan<T extends { readonly scan?: Scan }>(
  track: Facts,
  found: string,
  allowed: readonly T[],
  fits: (one: T) => boolean,
): Finding | undefined {
  const fitting = allowed.filter(fits);
  const own = scanOf(track);
  const asks = ({ scan }: T): boolean => scan !== undefined && scan !== own?.scan;
  // Of a master that fits none, a scan that none takes is a second fault.
  if (fitting.length === 0)
    return { found: own && allowed.every(asks) ? `${found} ${own.found.toLowerCase()}` : found, passes: false };
  if (fitting.some(({ scan }) => scan === undefined)) return { found, passes: true };
  return own && { found: `${found} ${own.found.toLowerCase()}`, passes: fitting.some(({ scan }) => scan === own.scan) };
}
