import { addedTime, checked, elapsedUnits, isElapsed, thousandths } from './elapsed.ts';
import { endMeant } from './end_words.ts';
import { MediaError, quote } from './errors.ts';
import { frameToMilliseconds } from './rate.ts';
import {
  type Clock,
  countToMilliseconds,
  formatElapsed,
  formatTimecode,
  framesPerDay,
  labelToFrames,
  splitTimecode,
} from './timecode.ts';

/** What is known about the clip that a time belongs to. `duration` in milliseconds. */
export interface Clip {
  readonly clock?: Clock | undefined;
  readonly duration?: number | undefined;
}

/** What a time counts: the clip's timecode, or the time from its first frame. */
export type Counting = 'timecode' | 'elapsed';

/** A time in milliseconds from the first frame, and how it was read. */
export interface ParsedTime {
  readonly milliseconds: number;
  readonly readAs: Counting;
}

const FORMS =
  '12:04 (mm:ss), 1:02:10 (h:mm:ss), 90s, 1500ms, a whole number of milliseconds, or a timecode HH:MM:SS:FF';

const RANGES = 'Allowed: start-end, e.g. 12:04-12:31.';

/** Milliseconds beyond the end that still mean the end: durations and the times that people write are rounded. */
const END_TOLERANCE = 999;

/** Milliseconds after midnight that a timecode may be if the clip's duration is unknown. */
const MAX_PAST_MIDNIGHT = 6 * 3_600_000;

/**
 * Parses a time the way people write it. Four parts are the clip's timecode; two or three parts, `90s`, `1m30s`, `1500ms`
 * and whole numbers (milliseconds) are elapsed time from the first frame. Three parts beyond the end of the clip are read
 * as its timecode if that is inside; `readAs` tells which, and `counting` decides it beforehand. Throws `MediaError` for
 * anything else and for times outside the clip; a time less than a second beyond the end is the end. `start` and `end` are
 * those of the clip.
 */
export function parseTime(given: string | number, clip: Clip = {}, counting?: Counting): ParsedTime {
  const text = String(given).trim();
  const word = clip.clock || clip.duration !== undefined ? endMeant(text) : undefined;
  if (word) return { milliseconds: word === 'start' ? 0 : lengthOf(clip, text), readAs: 'elapsed' };
  const elapsed = elapsedUnits(text);
  if (elapsed !== undefined) return inside(elapsed, text, clip);
  const parts = clockParts(text);
  if (parts) return readParts(parts, text, clip, counting);
  const label = splitTimecode(text);
  if (!label) throw new MediaError(`${quote(text)} is not a time.`, addedTime(text) ?? `Allowed: ${FORMS}.`);
  if (!clip.clock)
    throw new MediaError(
      `${quote(text)} is a timecode, but this clip's frame rate is not known. Write the time from the first frame, e.g. 12:04 (mm:ss).`,
    );
  const count = labelToFrames(label, clip.clock.rate, text);
  const milliseconds = sinceStart(count, clip.clock, clip.duration);
  if (milliseconds !== undefined) return { milliseconds, readAs: 'timecode' };
  if (count >= clip.clock.start) throw outside(text, 'beyond the end', clip);
  const fromZero = sinceStart(count, { ...clip.clock, start: 0 }, clip.duration);
  const meant = fromZero === undefined ? '' : ` To count from the first frame, write ${formatElapsed(fromZero)}.`;
  throw new MediaError(`${outside(text, 'before the start', clip).message}${meant}`);
}

/**
 * What a time counts by its form: four parts count the clip's timecode, `12:04` and units the time from the first frame.
 * `either` for `HH:MM:SS`; undefined for what is no time.
 */
export function countingOf(text: string): Counting | 'either' | undefined {
  if (/^\d+:\d+:\d{1,2}(?:[.,]\d+)?$/.test(text)) return 'either';
  if (splitTimecode(text)) return 'timecode';
  return /^\d+:\d{1,2}(?:[.,]\d+)?$/.test(text) || isElapsed(text) ? 'elapsed' : undefined;
}

/** Whether a text is a time by its form, or a word for one. */
export const isTime = (text: string): boolean => countingOf(text) !== undefined || endMeant(text) !== undefined;

/** Whether a text is two times with a sign between: `12:04-12:31`, `12:04 to the end`. */
export function isTimeRange(text: string): boolean {
  const parts = text.split(RANGE_SIGN).map((part) => part.trim());
  return parts.length === 2 && parts.every((part) => part !== '' && isTime(part));
}

function lengthOf({ duration }: Clip, text: string): number {
  if (duration !== undefined) return duration;
  throw new MediaError(`${quote(text)}: the length of this clip is not known. Write the time, e.g. 12:04 (mm:ss).`);
}

/**
 * Parses a length into milliseconds: `0:27`, `1:02:10`, `27s`, `500ms` or `HH:MM:SS:FF`, whose frames are those of the
 * clip. Throws `MediaError`.
 */
export function parseDuration(text: string, { clock }: Clip = {}): number {
  const label = splitTimecode(text);
  if (!label) return parseTime(text).milliseconds;
  if (!clock)
    throw new MediaError(`${quote(text)} counts frames, but this clip's frame rate is not known. Write it as mm:ss.`);
  return frameToMilliseconds(labelToFrames(label, clock.rate, text), clock.rate);
}

/**
 * What people and tools write between two times: hyphens, dashes, minus, arrows (`-->` in subtitles), dots, tildes, `to`.
 * Sticky: `exec` matches at `lastIndex` only.
 */
export const RANGE_SIGN =
  /[-=\u2010-\u2015\u2212\ufe58\ufe63\uff0d]{0,3}[>\u203a\u00bb\uff1e]{1,2}|[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]{1,3}|[\u2190-\u21ff\u2794\u2798-\u27be\u27f0-\u27ff\u2900-\u297f\u2b60-\u2bff~\u223c\u301c\uff5e\u2025\u2026]|\.{2,3}|(?<![\p{L}\p{N}])(?:to|thru|through|until|till|bis|à|até|hasta)(?![\p{L}\p{N}])/uy;

/** A time range of a clip, in milliseconds from the first frame. */
export interface ParsedRange {
  readonly start: number;
  readonly end: number;
  readonly readAs: ParsedTime['readAs'];
}

/** Parses two times with a range sign between: `12:04-12:31`. Throws `MediaError` like `parseTime`. */
export function parseTimeRange(text: string, clip: Clip = {}): ParsedRange {
  const [from, to, ...more] = text.split(RANGE_SIGN).map((part) => part.trim());
  if (!from || !to || more.length > 0) throw new MediaError(`${quote(text)} is not a range.`, RANGES);
  const counting = countingOfRange(from, to, clip);
  const start = parseTime(from, clip, counting);
  const end = parseTime(to, clip, counting);
  if (end.milliseconds <= start.milliseconds)
    throw new MediaError(`${quote(text)} ends before it starts: ${say(start, clip)} to ${say(end, clip)}.`);
  const readAs = start.readAs === 'timecode' || end.readAs === 'timecode' ? 'timecode' : 'elapsed';
  return { start: start.milliseconds, end: end.milliseconds, readAs };
}

/** Both ends of a range count the same: what the form of one shows, or what fits both. */
function countingOfRange(from: string, to: string, clip: Clip): Counting | undefined {
  const shown = [from, to].map(countingOf);
  if (!shown.includes('either')) return undefined;
  const [other] = (['timecode', 'elapsed'] as const).filter((one) => shown.includes(one));
  if (other) return other;
  return (['elapsed', 'timecode'] as const).find((counting) => {
    try {
      return parseTime(from, clip, counting).milliseconds <= parseTime(to, clip, counting).milliseconds;
    } catch {
      return false;
    }
  });
}

interface Parts {
  readonly hours: number | undefined;
  readonly minutes: number;
  readonly seconds: number;
  /** The fraction of a second, in milliseconds. */
  readonly rest: number;
}

/** Splits `mm:ss` and `h:mm:ss`, with decimals of a second after `.` or `,`. Without hours, minutes may exceed 59. */
function clockParts(text: string): Parts | undefined {
  const match = /^(?:(\d+):)?(\d+):(\d{1,2})(?:[.,](\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, hours, minutes, seconds, decimals = '0'] = match;
  const parts = {
    hours: hours === undefined ? undefined : Number(hours),
    minutes: Number(minutes),
    seconds: Number(seconds),
    rest: thousandths(`0.${decimals}`),
  };
  if (parts.seconds > 59)
    throw new MediaError(`${quote(text)}: ${parts.seconds} seconds is too much. Allowed: 00 to 59.`);
  if (hours !== undefined && parts.minutes > 59)
    throw new MediaError(
      `${quote(text)}: ${parts.minutes} minutes is too much. Allowed: 00 to 59, or mm:ss without hours.`,
    );
  return parts;
}

function readParts(parts: Parts, text: string, clip: Clip, counting: Counting | undefined): ParsedTime {
  const { hours, minutes, seconds, rest } = parts;
  const elapsed = checked((((hours ?? 0) * 60 + minutes) * 60 + seconds) * 1000 + rest, text);
  const counted =
    hours === undefined ? 'elapsed' : (counting ?? (fits(elapsed, clip.duration) ? 'elapsed' : undefined));
  const absolute = counted === 'elapsed' ? undefined : asTimecode(parts, clip);
  if (absolute === undefined && counted === 'timecode')
    throw new MediaError(`${quote(text)} as timecode is outside of the clip.`, extent(clip));
  return absolute === undefined ? inside(elapsed, text, clip) : { milliseconds: absolute, readAs: 'timecode' };
}

/** `HH:MM:SS` as the clip's timecode; undefined if that is outside the clip. */
function asTimecode({ hours = 0, minutes, seconds, rest }: Parts, { clock, duration }: Clip): number | undefined {
  if (!clock || hours > 23) return undefined;
  // In drop frame a full minute has no frame 00: its first existing frame is meant.
  const frames = clock.rate.drop && seconds === 0 && minutes % 10 !== 0 ? clock.rate.nominal / 15 : 0;
  const label = { hours, minutes, seconds, frames, claimsDrop: false };
  return sinceStart(labelToFrames(label, clock.rate, ''), clock, duration, rest);
}

/** Milliseconds since the first frame, past midnight if needed; undefined outside the clip. */
function sinceStart(count: number, clock: Clock, duration: number | undefined, rest = 0): number | undefined {
  const plain = countToMilliseconds(count, clock) + rest;
  if (plain >= 0) return fits(plain, duration) ? within(plain, duration) : undefined;
  const past = countToMilliseconds(count + framesPerDay(clock.rate), clock) + rest;
  return fits(past, duration ?? MAX_PAST_MIDNIGHT) ? within(past, duration) : undefined;
}

const fits = (milliseconds: number, duration = Number.POSITIVE_INFINITY): boolean =>
  milliseconds <= duration + END_TOLERANCE;
const within = (milliseconds: number, duration = milliseconds): number => Math.min(milliseconds, duration);

function inside(milliseconds: number, text: string, clip: Clip): ParsedTime {
  if (fits(milliseconds, clip.duration))
    return { milliseconds: within(milliseconds, clip.duration), readAs: 'elapsed' };
  throw outside(text, 'beyond the end', clip);
}

const outside = (text: string, where: string, clip: Clip): MediaError =>
  new MediaError(`${quote(text)} is ${where} of the clip.`, extent(clip));

function extent({ clock, duration }: Clip): string {
  const length = duration === undefined ? '' : ` It is ${formatElapsed(duration)} long.`;
  if (!clock) return length.trim();
  const end = duration === undefined ? '' : ` and ends at ${formatTimecode(duration, clock)}`;
  return `Its timecode starts at ${formatTimecode(0, clock)}${end}.${length} Time from the first frame is written as mm:ss or h:mm:ss.`;
}

const say = ({ milliseconds }: ParsedTime, { clock }: Clip): string => formatTimecode(milliseconds, clock);
