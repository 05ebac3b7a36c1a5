import { MediaError, quote } from './errors.ts';

/** Exact frames per second: `numerator / denominator`. A second of timecode counts `nominal` frames (SMPTE ST 12-1). */
export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
  readonly nominal: number;
  /** Drop-frame timecode: frame numbers are skipped to stay close to real time. No picture is dropped. */
  readonly drop: boolean;
}

/** How far a rounded rate may differ from the exact one: 23.98 and 23.97 both mean 24000/1001. */
const NTSC_TOLERANCE = 0.0065;
const WHOLE_TOLERANCE = 0.0005;

/**
 * Parses a frame rate as proxies and mediainfo write it: `25`, `29.97`, `23.98`, `30000/1001`, `25.000 fps`.
 * Drop frame exists only for 30000/1001 and its multiples (ST 12-1): with `drop`, 30 means 29.97; other rates ignore it.
 * Throws `MediaError`.
 */
export function parseFrameRate(text: string | number, drop = false): FrameRate {
  const value = framesPerSecond(String(text));
  if (value === undefined || value < 1 || value > 500)
    throw new MediaError(`${quote(text)} is not a frame rate. Allowed: 1 to 500, e.g. 25, 29.97 or 30000/1001.`);
  const whole = Math.round(value);
  if (drop && whole % 30 === 0 && Math.abs(value - whole) < 0.15) return ntsc(whole, true);
  if (Math.abs(value - whole) < WHOLE_TOLERANCE)
    return { numerator: whole, denominator: 1, nominal: whole, drop: false };
  if (Math.abs(value - (whole * 1000) / 1001) < NTSC_TOLERANCE) return ntsc(whole, false);
  // The average of a variable rate. Thousandths are precise enough and keep products below 2^53.
  const thousandths = Math.round(value * 1000);
  const divisor = gcd(thousandths, 1000);
  return { numerator: thousandths / divisor, denominator: 1000 / divisor, nominal: whole, drop: false };
}

const ntsc = (nominal: number, drop: boolean): FrameRate => ({
  numerator: nominal * 1000,
  denominator: 1001,
  nominal,
  drop,
});

function framesPerSecond(text: string): number | undefined {
  const match = /^(\d+(?:[.,]\d+)?)(?:\s*[/:]\s*(\d+(?:\.\d+)?))?\s*(?:fps|frames\/s)?$/i.exec(text.trim());
  if (!match?.[1]) return undefined;
  return Number(match[1].replace(',', '.')) / Number(match[2] ?? 1);
}

/** The greatest common divisor of two integers. */
export const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** The first whole millisecond of a frame: a player that seeks there shows this frame, not the one before. */
export const frameToMilliseconds = (frame: number, { numerator, denominator }: FrameRate): number =>
  Math.ceil((frame * 1000 * denominator) / numerator);

/**
 * The frame shown at a time in milliseconds. Other tools round the start of a frame down, up or to the nearest
 * millisecond: all three give that frame.
 */
export const millisecondsToFrame = (milliseconds: number, { numerator, denominator }: FrameRate): number =>
  Math.max(0, Math.ceil(((Math.floor(milliseconds) + 1) * numerator) / (1000 * denominator)) - 1);
