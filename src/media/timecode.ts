import { MediaError, shown } from './errors.ts';
import { frameToMilliseconds, millisecondsToFrame, parseRate, type Rate } from './rate.ts';

/** What turns milliseconds of a file into its timecode: the rate, and the frame count that its first frame carries. */
export interface Clock {
  readonly rate: Rate;
  readonly start: number;
}

/** What Iconik's proxies say about time (`files/v1/assets/{id}/proxies/`). They are the only ones who know. */
export interface ProxyTimes {
  readonly frame_rate?: string | number | null | undefined;
  readonly start_time_code?: string | null | undefined;
  readonly is_drop_frame?: boolean | null | undefined;
}

/**
 * The clock of a proxy, or undefined where it has no frame rate. Without a start timecode the first frame is 00:00:00:00.
 * Drop frame is said by the flag or by a `;` in the start timecode. Throws `MediaError` for a rate or start that can't be read.
 */
export function clockOf({ frame_rate, start_time_code, is_drop_frame }: ProxyTimes): Clock | undefined {
  if (!frame_rate || Number(frame_rate) === 0) return undefined;
  const start = start_time_code?.trim() ?? '';
  const rate = parseRate(frame_rate, is_drop_frame === true || start.includes(';'));
  // Some write ";" whatever the rate.
  return { rate, start: start ? parseTimecode(rate.drop ? start : start.replace(/[;,]/g, ':'), rate) : 0 };
}

/** The fields of a timecode as written, before they are checked against a rate. */
export interface Label {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly frames: number;
  /** Written with `;` or `,` before the frames, which claims drop frame. */
  readonly claimsDrop: boolean;
}

const LABEL = /^(\d{1,2})([:;.])(\d{1,2})([:;.])(\d{1,2})([:;.,])(\d{1,3})$/;

/** Splits `HH:MM:SS:FF` and its variants (`;`, `.` or `,` as separators), or undefined for anything else. */
export function readLabel(text: string): Label | undefined {
  const [, hours, , minutes, , seconds, last, frames] = LABEL.exec(text.trim()) ?? [];
  if (!hours) return undefined;
  const claimsDrop = last === ';' || last === ',';
  return {
    hours: Number(hours),
    minutes: Number(minutes),
    seconds: Number(seconds),
    frames: Number(frames),
    claimsDrop,
  };
}

/**
 * Reads a timecode as frames since 00:00:00:00 (SMPTE ST 12-1). Throws `MediaError` where it is none: a field too
 * large, a number that drop frame skips, or drop frame claimed for a rate that has none.
 */
export function parseTimecode(text: string, rate: Rate): number {
  const label = readLabel(text);
  if (!label) throw new MediaError(`${shown(text)} is not a timecode. Allowed: HH:MM:SS:FF, e.g. ${example(rate)}.`);
  return labelToFrames(label, rate, text);
}

/** The frame count of a label. `text` is what the messages quote. Throws `MediaError` as `parseTimecode` does. */
export function labelToFrames(label: Label, rate: Rate, text: string): number {
  const { hours, minutes, seconds, frames } = label;
  checkField(text, 'hours', hours, 23);
  checkField(text, 'minutes', minutes, 59);
  checkField(text, 'seconds', seconds, 59);
  checkField(text, `frames at ${describeRate(rate)}`, frames, rate.nominal - 1);
  if (label.claimsDrop && !rate.drop)
    throw new MediaError(
      `${shown(text)} is drop-frame timecode, but this clip counts ${describeRate(rate)} without drop frame: write ":" before the frames.`,
    );
  const skipped = droppedPerMinute(rate);
  if (minutes % 10 !== 0 && seconds === 0 && frames < skipped)
    throw new MediaError(
      `${shown(text)} does not exist: drop frame skips frames 00 to ${two(skipped - 1)} of each minute but every tenth. The next one is ${fields(hours, minutes, 0)};${two(skipped)}.`,
    );
  const allMinutes = hours * 60 + minutes;
  const counted = (allMinutes * 60 + seconds) * rate.nominal + frames;
  return counted - skipped * (allMinutes - Math.floor(allMinutes / 10));
}

/** The timecode of a frame count, `01:02:10:00`, with `;` before the frames for drop frame. It starts over after 24 h. */
export function framesToTimecode(count: number, rate: Rate): string {
  const day = framesPerDay(rate);
  const counted = withSkipped(((count % day) + day) % day, rate);
  const seconds = Math.floor(counted / rate.nominal);
  const frames = String(counted % rate.nominal).padStart(rate.nominal > 100 ? 3 : 2, '0');
  const time = fields(Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60);
  return `${time}${rate.drop ? ';' : ':'}${frames}`;
}

/** The number that a frame would carry if none had been skipped. */
function withSkipped(count: number, rate: Rate): number {
  const skipped = droppedPerMinute(rate);
  const perMinute = rate.nominal * 60 - skipped;
  const perTenMinutes = perMinute * 10 + skipped;
  const tens = Math.floor(count / perTenMinutes);
  const minute = Math.max(0, Math.floor(((count % perTenMinutes) - skipped) / perMinute));
  return count + skipped * (9 * tens + minute);
}

/** Frames in 24 hours of timecode, after which it starts over. */
export const framesPerDay = (rate: Rate): number => 86_400 * rate.nominal - droppedPerMinute(rate) * (1440 - 144);

const droppedPerMinute = ({ drop, nominal }: Rate): number => (drop ? nominal / 15 : 0);

/**
 * A time in milliseconds from the first frame as people read it: the timecode of the frame shown then, or
 * `HH:MM:SS.mmm` where no clock is known.
 */
export function formatTimecode(milliseconds: number, clock?: Clock): string {
  if (clock) return framesToTimecode(clock.start + millisecondsToFrame(milliseconds, clock.rate), clock.rate);
  return formatElapsed(milliseconds);
}

/** Milliseconds as `HH:MM:SS.mmm`; another `separator` for SRT, which has a comma. */
export function formatElapsed(milliseconds: number, separator = '.'): string {
  const whole = Math.max(0, Math.round(milliseconds));
  const seconds = Math.floor(whole / 1000);
  const time = fields(Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60);
  return `${time}${separator}${String(whole % 1000).padStart(3, '0')}`;
}

/** Milliseconds from the first frame of the file to a frame count of its clock; negative before the start. */
export const countToMilliseconds = (count: number, { rate, start }: Clock): number =>
  frameToMilliseconds(count - start, rate);

/** A rate as people say it: `25 fps`, `29.97 fps drop frame`. */
export function describeRate({ numerator, denominator, drop }: Rate): string {
  const value = String(Number((numerator / denominator).toFixed(3)));
  return `${value} fps${drop ? ' drop frame' : ''}`;
}

function checkField(text: string, name: string, value: number, most: number): void {
  if (value > most) throw new MediaError(`${shown(text)}: ${value} ${name} is too much. Allowed: 00 to ${two(most)}.`);
}

const example = (rate: Rate): string => (rate.drop ? '01:02:10;00' : '01:02:10:00');
const two = (value: number): string => String(value).padStart(2, '0');
const fields = (hours: number, minutes: number, seconds: number): string =>
  [hours, minutes, seconds].map(two).join(':');
