import { type ImageType, imageDimensionsFromData } from 'image-dimensions';

/** The type of an image and its width and height in pixels. */
export interface ImageSize {
  readonly mimeType: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';
  readonly width: number;
  readonly height: number;
}

/** The types that hosts display; the package knows more. */
const MIME_TYPES: Partial<Record<ImageType, ImageSize['mimeType']>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
};

/**
 * Reads type and size from the bytes of an image: the largest of the canvas and its frames, which a decoder makes room for.
 * Undefined for formats that hosts cannot display.
 */
export function readImageSize(bytes: Uint8Array): ImageSize | undefined {
  try {
    const found = imageDimensionsFromData(bytes);
    const mimeType = found && MIME_TYPES[found.type];
    if (!mimeType) return undefined;
    const frames = mimeType === 'image/gif' ? gifFrames(bytes) : mimeType === 'image/webp' ? webpFrames(bytes) : [];
    const width = Math.max(found.width, ...frames.map((frame) => frame.width));
    const height = Math.max(found.height, ...frames.map((frame) => frame.height));
    return { mimeType, width, height };
  } catch {
    // Bytes that only pretend to be an image.
    return undefined;
  }
}

interface Frame {
  readonly width: number;
  readonly height: number;
}

/** Frames that are looked at. A picture with more is one that moves, whose frames are alike. */
const MAX_FRAMES = 100;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
/** The bytes of a GIF's color table, from the flags before it. */
const tableLength = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** The frames of a GIF, as far as its blocks can be followed (GIF89a). */
function gifFrames(bytes: Uint8Array): Frame[] {
  const view = viewOf(bytes);
  const frames: Frame[] = [];
  const afterSubBlocks = (start: number): number => {
    let at = start;
    while (at < bytes.length && bytes[at] !== 0) at += (bytes[at] ?? 0) + 1;
    return at + 1;
  };
  let at = 13 + tableLength(bytes[10] ?? 0);
  while (at + 10 <= bytes.length && frames.length < MAX_FRAMES) {
    if (bytes[at] === 0x21) at = afterSubBlocks(at + 2);
    else if (bytes[at] === 0x2c) {
      frames.push({ width: view.getUint16(at + 5, true), height: view.getUint16(at + 7, true) });
      at = afterSubBlocks(at + 11 + tableLength(bytes[at + 9] ?? 0));
    } else break;
  }
  return frames;
}

/** The pictures inside of an extended WebP, and its animation frames. */
function webpFrames(bytes: Uint8Array): Frame[] {
  const view = viewOf(bytes);
  const frames: Frame[] = [];
  for (let at = 12; at + 18 <= bytes.length && frames.length < MAX_FRAMES; ) {
    const kind = String.fromCharCode(...bytes.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    if (kind === 'VP8 ')
      frames.push({ width: view.getUint16(at + 14, true) & 0x3fff, height: view.getUint16(at + 16, true) & 0x3fff });
    if (kind === 'VP8L') {
      const bits = view.getUint32(at + 9, true);
      frames.push({ width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 });
    }
    if (kind === 'ANMF')
      frames.push({
        width: (view.getUint32(at + 14, true) & 0xffffff) + 1,
        height: (view.getUint32(at + 17, true) & 0xffffff) + 1,
      });
    at += 8 + size + (size % 2);
  }
  return frames;
}
