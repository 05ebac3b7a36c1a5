import { MediaError, quote } from './errors.ts';
import { type FrameRate, frameToMilliseconds, millisecondsToFrame, parseFrameRate } from './rate.ts';

/** Converts between milliseconds and timecode of a file: its rate, and the frame count of its first frame. */
export interface Clock {
  readonly rate: FrameRate;
  readonly start: number;
}

/** The fields of a proxy that describe its timecode (`GET files/v1/assets/{id}/proxies/`). No other object has them. */
export interface ProxyTimes {
  readonly frame_rate?: string | number | null | undefined;
  readonly start_time_code?: string | null | undefined;
  readonly is_drop_frame?: boolean | null | undefined;
}

/**
 * The clock of a proxy; undefined if it has no frame rate. Without a start timecode the first frame is 00:00:00:00. The
 * flag or a `;` in the start timecode marks drop frame. Throws `MediaError` for an invalid rate or start timecode.
 */
export function clockOf({ frame_rate, start_time_code, is_drop_frame }: ProxyTimes): Clock | undefined {
  if (!frame_rate || Number(frame_rate) === 0) return undefined;
  const start = start_time_code?.trim() ?? '';
  const rate = parseFrameRate(frame_rate, is_drop_frame === true || start.includes(';'));
  // Some tools write ";" for every rate.
  return { rate, start: start ? parseTimecode(rate.drop ? start : start.replace(/[;,]/g, ':'), rate) : 0 };
}

/** The fields of a timecode as written, not yet checked against a rate. */
export interface TimecodeLabel {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly frames: number;
  /** `;` or `,` before the frames marks drop frame. */
  readonly claimsDrop: boolean;
}

const LABEL = /^(\d{1,2})([:;.])(\d{1,2})([:;.])(\d{1,2})([:;.,])(\d{1,3})$/;

/** Splits `HH:MM:SS:FF` and its variants (`;`, `.` or `,` as separators); undefined for anything else. */
export function splitTimecode(text: string): TimecodeLabel | undefined {
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
 * Parses a timecode into frames since 00:00:00:00 (SMPTE ST 12-1). Throws `MediaError` if a field is too large, if drop
 * frame skips the number, or if it is written as drop frame and the rate has none.
 */
export function parseTimecode(text: string, rate: FrameRate): number {
  const label = splitTimecode(text);
  if (!label) throw new MediaError(`${quote(text)} is not a timecode. Allowed: HH:MM:SS:FF, e.g. ${example(rate)}.`);
  return labelToFrames(label, rate, text);
}

/** The frame count of a timecode. Error messages quote `text`. Throws `MediaError` like `parseTimecode`. */
export function labelToFrames(label: TimecodeLabel, rate: FrameRate, text: string): number {
  const { hours, minutes, seconds, frames } = label;
  checkField(text, 'hours', hours, 23);
  checkField(text, 'minutes', minutes, 59);
  checkField(text, 'seconds', seconds, 59);
  checkField(text, `frames at ${formatFrameRate(rate)}`, frames, rate.nominal - 1);
  if (label.claimsDrop && !rate.drop)
    throw new MediaError(
      `${quote(text)} is drop-frame timecode, but this clip counts ${formatFrameRate(rate)} without drop frame: write ":" before the frames.`,
    );
  const skipped = droppedPerMinute(rate);
  if (minutes % 10 !== 0 && seconds === 0 && frames < skipped)
    throw new MediaError(
      `${quote(text)} does not exist: drop frame skips frames 00 to ${two(skipped - 1)} of each minute but every tenth. The next one is ${fields(hours, minutes, 0)};${two(skipped)}.`,
    );
  const allMinutes = hours * 60 + minutes;
  const counted = (allMinutes * 60 + seconds) * rate.nominal + frames;
  return counted - skipped * (allMinutes - Math.floor(allMinutes / 10));
}

/** Formats a frame count as timecode: `01:02:10:00`, with `;` before the frames for drop frame. Wraps after 24 h. */
export function framesToTimecode(count: number, rate: FrameRate): string {
  const day = framesPerDay(rate);
  const counted = withSkipped(((count % day) + day) % day, rate);
  const seconds = Math.floor(counted / rate.nominal);
  const frames = String(counted % rate.nominal).padStart(rate.nominal > 100 ? 3 : 2, '0');
  const time = fields(Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60);
  return `${time}${rate.drop ? ';' : ':'}${frames}`;
}

/** The number of a frame if drop frame skipped none. */
function withSkipped(count: number, rate: FrameRate): number {
  const skipped = droppedPerMinute(rate);
  const perMinute = rate.nominal * 60 - skipped;
  const perTenMinutes = perMinute * 10 + skipped;
  const tens = Math.floor(count / perTenMinutes);
  const minute = Math.max(0, Math.floor(((count % perTenMinutes) - skipped) / perMinute));
  return count + skipped * (9 * tens + minute);
}

/** Frames in 24 hours of timecode. */
export const framesPerDay = (rate: FrameRate): number => 86_400 * rate.nominal - droppedPerMinute(rate) * (1440 - 144);

const droppedPerMinute = ({ drop, nominal }: FrameRate): number => (drop ? nominal / 15 : 0);

/**
 * Formats a time in milliseconds from the first frame: the timecode of the frame shown then, or `HH:MM:SS.mmm` without
 * a clock.
 */
export function formatTimecode(milliseconds: number, clock?: Clock): string {
  if (clock) return framesToTimecode(clock.start + millisecondsToFrame(milliseconds, clock.rate), clock.rate);
  return formatElapsed(milliseconds);
}

/** Formats milliseconds as `HH:MM:SS.mmm`. SRT has a comma as `separator`. */
export function formatElapsed(milliseconds: number, separator = '.'): string {
  const whole = Math.max(0, Math.round(milliseconds));
  const seconds = Math.floor(whole / 1000);
  const time = fields(Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60);
  return `${time}${separator}${String(whole % 1000).padStart(3, '0')}`;
}

/** Milliseconds from the first frame of the file to a frame count of its clock; negative before the first frame. */
export const countToMilliseconds = (count: number, { rate, start }: Clock): number =>
  frameToMilliseconds(count - start, rate);

/** Formats a rate: `25 fps`, `29.97 fps drop frame`. */
export function formatFrameRate({ numerator, denominator, drop }: FrameRate): string {
  const value = String(Number((numerator / denominator).toFixed(3)));
  return `${value} fps${drop ? ' drop frame' : ''}`;
}

function checkField(text: string, name: string, value: number, most: number): void {
  if (value > most) throw new MediaError(`${quote(text)}: ${value} ${name} is too much. Allowed: 00 to ${two(most)}.`);
}

const example = (rate: FrameRate): string => (rate.drop ? '01:02:10;00' : '01:02:10:00');
const two = (value: number): string => String(value).padStart(2, '0');
const fields = (hours: number, minutes: number, seconds: number): string =>
  [hours, minutes, seconds].map(two).join(':');
