import sax from 'sax';
import { MediaError } from './errors.ts';
import { joined, type ListedMarker, type MarkerList } from './listed_markers.ts';
import { formatElapsed } from './timecode.ts';

const NAME = 'a file of Final Cut Pro (FCPXML)';
/** Seconds that a time may have: more is no time of media. */
const MAX_SECONDS = 10_000_000;

type Attributes = Readonly<Record<string, string | undefined>>;

/** A media file of the resources: where its own clock starts, in seconds, and its name. */
interface Media {
  start: number;
  file?: string;
}

/** An element that markers are on, with its own clock. */
interface Timed {
  readonly tag: string;
  readonly name: string;
  /** Seconds on its clock at which the sequence around it begins. */
  readonly zero: number;
  /** Seconds of a frame. */
  readonly frame: number | undefined;
  /** The media that its clock is that of; that of a `clip` is said by what is in it. */
  media?: Media | undefined;
}

interface Found {
  readonly line: number;
  readonly on: Timed;
  readonly attributes: Attributes;
}

/** Elements with a clock of their own, on which markers are set. */
const TIMED = ['sequence', 'asset-clip', 'clip', 'video', 'audio', 'gap', 'title', 'ref-clip', 'sync-clip', 'mc-clip'];
const MARKERS = ['marker', 'chapter-marker'];

/**
 * Reads the markers of Final Cut Pro XML (Apple's DTD): those on a media file with its names and the time from its first
 * frame, those on a timeline with the time from its beginning. Undefined for any other text. The parser knows the entities of
 * XML alone, and loads nothing. Throws `MediaError` for what is no XML, and for more than `maxLength` characters.
 */
export function readFcpxml(text: string, maxLength: number): MarkerList | undefined {
  if (!/<fcpxml[\s>/]/.test(text.slice(0, 5_000))) return undefined;
  if (text.length > maxLength) throw new MediaError(`The FCPXML has more than ${maxLength} characters. Split it.`);
  const { found, ranges } = markersIn(text);
  const markers = found.map(listed);
  const read = markers.filter((one) => one !== undefined);
  const early = markers.length - read.length;
  return {
    name: NAME,
    markers: read,
    notes: [
      ...(early > 0 ? [`${early} markers have no time within their clip and are left out.`] : []),
      ...(ranges > 0 ? [`Keyword ranges are no markers and are left out: ${ranges}.`] : []),
    ],
  };
}

function markersIn(text: string) {
  const parser = sax.parser(true);
  const medias = new Map<string, Media>();
  const frames = new Map<string, number | undefined>();
  const open: Timed[] = [];
  const found: Found[] = [];
  let media: Media | undefined;
  let ranges = 0;
  parser.onopentag = ({ name: tag, attributes }) => {
    const own = attributes as Attributes;
    if (tag === 'format') frames.set(own.id ?? '', seconds(own.frameDuration));
    if (tag === 'asset') {
      media = { start: seconds(own.start) ?? 0, ...fileOf(own.src) };
      medias.set(own.id ?? '', media);
    }
    if (tag === 'media-rep' && media) Object.assign(media, fileOf(own.src));
    if (tag === 'keyword') ranges += 1;
    const on = open.at(-1);
    if (MARKERS.includes(tag) && on) found.push({ line: parser.line + 1, on, attributes: own });
    if (!TIMED.includes(tag)) return;
    const timed = timedOf(tag, own, on, { medias, frames });
    if (on?.tag === 'clip' && (tag === 'video' || tag === 'audio')) on.media ??= timed.media;
    open.push(timed);
  };
  parser.onclosetag = (tag) => {
    if (open.at(-1)?.tag === tag) open.pop();
  };
  parser.onerror = ({ message }) => {
    const [what = 'it cannot be read'] = message.split('\n');
    throw new MediaError(`The FCPXML is broken in line ${parser.line + 1}: ${what}.`);
  };
  parser.write(text).close();
  return { found, ranges };
}

interface Resources {
  readonly medias: ReadonlyMap<string, Media>;
  readonly frames: ReadonlyMap<string, number | undefined>;
}

function timedOf(tag: string, own: Attributes, around: Timed | undefined, { medias, frames }: Resources): Timed {
  const media = medias.get(own.ref ?? '');
  const start = seconds(own.start) ?? media?.start;
  // What has no offset begins where that around it does.
  const offset = seconds(own.offset) ?? around?.zero ?? 0;
  const zero = tag === 'sequence' ? (seconds(own.tcStart) ?? 0) : (start ?? 0) - (offset - (around?.zero ?? 0));
  const frame = frames.get(own.format ?? '') ?? around?.frame;
  return { tag, name: own.name ?? '', zero, frame, ...(media && { media }) };
}

/** The last part of `file:///Volumes/cards/A001.mov`. */
function fileOf(src: string | undefined): { readonly file: string } | undefined {
  const last = src?.split(/[\\/]/).at(-1);
  if (!last) return undefined;
  try {
    return { file: decodeURIComponent(last) };
  } catch {
    return { file: last };
  }
}

function listed({ line, on, attributes }: Found): ListedMarker | undefined {
  const { media, name, zero, frame } = on;
  const at = seconds(attributes.start);
  const length = seconds(attributes.duration) ?? 0;
  const from = at === undefined ? undefined : at - (media ? media.start : zero);
  // A start is rounded by who wrote it.
  if (from === undefined || from < -0.001) return undefined;
  // Final Cut gives a point one frame; frames of the clip may be others than those of the file.
  const isPoint = frame !== undefined && Math.round(length / frame) <= 1;
  const long = isPoint ? { frames: '1' } : { to: elapsed(from + length) };
  const names = [media?.file, name].filter((one) => one !== undefined && one !== '');
  return {
    line,
    from: elapsed(from),
    ...long,
    text: joined(attributes.value ?? '', attributes.note ?? ''),
    ...(media && names.length > 0 && { clip: names as string[] }),
  };
}

const elapsed = (at: number): string => formatElapsed(Math.max(0, Math.round(at * 1000)), '.');

/** Reads `3600s`, `1001/30000s` and `3.5s`; undefined for anything else. */
function seconds(text: string | undefined): number | undefined {
  const [, top = '', bottom = '1'] = /^(-?\d{1,18}(?:\.\d{1,9})?)(?:\/(\d{1,18}))?s$/.exec(text?.trim() ?? '') ?? [];
  const value = top === '' ? Number.NaN : Number(top) / Number(bottom);
  return Math.abs(value) <= MAX_SECONDS ? value : undefined;
}
