import { decode } from 'jpeg-js';
import { MediaError } from '../errors.ts';
import { readImageSize } from '../image_size.ts';

/** Pixels of a picture: three bytes each (red, green, blue), row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Pixels of a picture that is decoded: 1920x1080 and a little more. */
const MAX_PIXELS = 2_100_000;
/** Passes over a progressive JPEG. Encoders make about ten; each costs time by the size of the picture, not of the file. */
const MAX_SCANS = 24;
/** Megabytes that a decoder may take for one picture. */
const MAX_MEMORY = 96;

/** Decodes a JPEG. Throws `MediaError` for other formats, for what is broken, and for what would take too long. */
export function readJpeg(bytes: Uint8Array): Raster {
  const size = readImageSize(bytes);
  if (!size) throw new MediaError('it is not a picture');
  const kind = size.mimeType.replace('image/', '').toUpperCase();
  if (kind !== 'JPEG') throw new MediaError(`a sheet shows JPEG alone, and this is ${kind}`);
  if (size.width * size.height > MAX_PIXELS) throw new MediaError(`${size.width}x${size.height} pixels are too many`);
  if (scansIn(bytes) > MAX_SCANS) throw new MediaError(`it has more than ${MAX_SCANS} passes`);
  try {
    return decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      maxResolutionInMP: MAX_PIXELS / 1_000_000,
      maxMemoryUsageInMB: MAX_MEMORY,
    });
  } catch {
    throw new MediaError('the JPEG is broken');
  }
}

/** How often a JPEG may start a scan (marker FFDA, which its compressed data cannot hold). */
function scansIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0xff); at >= 0 && count <= MAX_SCANS; at = bytes.indexOf(0xff, at + 1))
    if (bytes[at + 1] === 0xda) count += 1;
  return count;
}

/** The picture as large as it fits into a box, each pixel the mean of those it stands for. Never larger than it was. */
export function fitted({ width, height, data }: Raster, boxWidth: number, boxHeight: number): Raster {
  const scale = Math.min(1, boxWidth / width, boxHeight / height);
  const [w, h] = [width, height].map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
  const small = new Uint8Array(w * h * 3);
  for (let y = 0; y < h; y += 1) {
    const [top, bottom] = span(y, h, height);
    for (let x = 0; x < w; x += 1) {
      const [left, right] = span(x, w, width);
      const count = (bottom - top) * (right - left);
      for (let c = 0; c < 3; c += 1) {
        let sum = 0;
        for (let row = top; row < bottom; row += 1)
          for (let column = left; column < right; column += 1) sum += data[(row * width + column) * 3 + c] ?? 0;
        small[(y * w + x) * 3 + c] = Math.round(sum / count);
      }
    }
  }
  return { width: w, height: h, data: small };
}

/** The first of `from` pixels that the n-th of `to` stands for, and the one after the last. */
function span(n: number, to: number, from: number): [number, number] {
  const start = Math.min(from - 1, Math.floor((n * from) / to));
  return [start, Math.max(start + 1, Math.floor(((n + 1) * from) / to))];
}
