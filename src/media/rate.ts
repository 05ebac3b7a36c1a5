import { MediaError, shown } from './errors.ts';

/** Frames a second, exactly: `numerator / denominator`. Timecode counts `nominal` frames to its second (SMPTE ST 12-1). */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
  readonly nominal: number;
  /** Whether timecode skips numbers to stay near the wall clock. No picture is dropped. */
  readonly drop: boolean;
}

/** How far a written rate may stand from the exact one: 23.98 and 23.97 both mean 24000/1001. */
const NTSC_TOLERANCE = 0.0065;
const WHOLE_TOLERANCE = 0.0005;

/**
 * Reads a frame rate as Iconik's proxies and mediainfo write it: `25`, `29.97`, `23.98`, `30000/1001`, `25.000 fps`.
 * Drop frame exists for 30000/1001 and its multiples only (ST 12-1): with `drop`, 30 means 29.97, and others ignore it.
 * Throws `MediaError`.
 */
export function parseRate(text: string | number, drop = false): Rate {
  const value = framesPerSecond(String(text));
  if (value === undefined || value < 1 || value > 500)
    throw new MediaError(`${shown(text)} is not a frame rate. Allowed: 1 to 500, e.g. 25, 29.97 or 30000/1001.`);
  const whole = Math.round(value);
  if (drop && whole % 30 === 0 && Math.abs(value - whole) < 0.15) return ntsc(whole, true);
  if (Math.abs(value - whole) < WHOLE_TOLERANCE)
    return { numerator: whole, denominator: 1, nominal: whole, drop: false };
  if (Math.abs(value - (whole * 1000) / 1001) < NTSC_TOLERANCE) return ntsc(whole, false);
  // A variable rate's average: thousandths are near enough, and products stay below 2^53.
  const thousandths = Math.round(value * 1000);
  const divisor = gcd(thousandths, 1000);
  return { numerator: thousandths / divisor, denominator: 1000 / divisor, nominal: whole, drop: false };
}

const ntsc = (nominal: number, drop: boolean): Rate => ({
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

/** The greatest common divisor of two whole numbers. */
export const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** The first whole millisecond of a frame, so that a player that seeks there shows this frame and not the one before. */
export const frameToMilliseconds = (frame: number, { numerator, denominator }: Rate): number =>
  Math.ceil((frame * 1000 * denominator) / numerator);

/**
 * The frame shown at a time in milliseconds. A frame's start may have been rounded down, up or to the nearest by whoever
 * stored it: all three give that frame.
 */
export const millisecondsToFrame = (milliseconds: number, { numerator, denominator }: Rate): number =>
  Math.max(0, Math.ceil(((Math.floor(milliseconds) + 1) * numerator) / (1000 * denominator)) - 1);
