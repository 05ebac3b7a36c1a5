import type { Row } from '../types.ts';
import { isRow } from '../values.ts';
import { type Colour, jpegOf, SQUARE_PIXELS } from './jpeg.ts';
import type { Bytes } from './objects.ts';

/** Three by five dots per digit, one number per line. */
const FONT: Readonly<Record<string, readonly number[]>> = {
  0: [7, 5, 5, 5, 7],
  1: [2, 6, 2, 2, 7],
  2: [7, 1, 7, 4, 7],
  3: [7, 1, 7, 1, 7],
  4: [5, 5, 7, 1, 1],
  5: [7, 4, 7, 1, 7],
  6: [7, 4, 7, 5, 7],
  7: [7, 1, 1, 1, 1],
  8: [7, 5, 7, 5, 7],
  9: [7, 5, 7, 1, 7],
  ':': [0, 2, 0, 2, 0],
};
const WHITE: Colour = [245, 245, 240];
const LONG_SIDE_PIXELS = 320;

/** Seconds from the first frame of the clip to the keyframe. */
export function secondOf(keyframe: Row): number {
  const { time_code: code } = keyframe;
  const base = isRow(code) ? code.time_base : undefined;
  if (!isRow(code) || !isRow(base)) return 0;
  return (Number(code.frames_number) * Number(base.numerator)) / Number(base.denominator);
}

/** A colour: `hue` in degrees, `light` from 0 to 1. */
function colour(hue: number, light: number): Colour {
  const channel = (shift: number): number => {
    const wave = Math.cos(((hue - shift) * Math.PI) / 180);
    return Math.round(255 * light * (0.62 + 0.38 * wave));
  };
  return [channel(0), channel(120), channel(240)];
}

/** A picture for a keyframe: a sky in the asset's colour, a sun that crosses it in two minutes, and the time in digits. */
export function pictureOf(keyframe: Row): Bytes {
  // Keyframes can start slightly before their second.
  const second = Math.floor(secondOf(keyframe) + 0.05);
  const { width, height } = shapeOf(keyframe);
  const [columns, rows] = [Math.ceil(width / SQUARE_PIXELS), Math.ceil(height / SQUARE_PIXELS)];
  const hue = Number.parseInt(String(keyframe.asset_id ?? keyframe.collection_id).slice(4, 8), 16) % 360 || 200;
  const text = `${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`;
  const scale = columns >= text.length * 8 ? 2 : 1;
  const [left, top] = [(columns - text.length * 4 * scale) >> 1, (rows - 5 * scale) >> 1];
  const dot = (column: number, row: number): boolean => {
    const [x, y] = [Math.floor((column - left) / scale), Math.floor((row - top) / scale)];
    const line = FONT[text.charAt(x >> 2)]?.[y] ?? 0;
    return x >= 0 && y >= 0 && x % 4 < 3 && ((line >> (2 - (x % 4))) & 1) === 1;
  };
  const sun = ((second % 120) / 120) * columns;
  return jpegOf(width, height, (column, row) => {
    if (dot(column, row)) return WHITE;
    if (Math.hypot(column - sun, row - rows / 5) < 2) return [255, 214, 120];
    return row > rows * 0.72 ? colour(hue + 150, 0.35) : colour(hue, 0.4 + (0.5 * row) / rows);
  });
}

function shapeOf({ resolution }: Row): { width: number; height: number } {
  const ratio = isRow(resolution) ? Number(resolution.height) / Number(resolution.width) : 9 / 16;
  return ratio > 1
    ? { width: 184, height: LONG_SIDE_PIXELS }
    : { width: LONG_SIDE_PIXELS, height: Math.round(LONG_SIDE_PIXELS * ratio) };
}
