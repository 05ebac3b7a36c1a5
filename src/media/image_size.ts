import { type ImageType, imageDimensionsFromData } from 'image-dimensions';
import { type Frame, gifFrames, jpegFrames, pngFrames, webpFrames } from './picture_frames.ts';

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

const FRAMES: Readonly<Record<ImageSize['mimeType'], (bytes: Uint8Array) => Frame[]>> = {
  'image/jpeg': jpegFrames,
  'image/png': pngFrames,
  'image/gif': gifFrames,
  'image/webp': webpFrames,
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
    const frames = FRAMES[mimeType](bytes);
    const width = Math.max(found.width, ...frames.map((frame) => frame.width));
    const height = Math.max(found.height, ...frames.map((frame) => frame.height));
    // Hosts refuse a picture without a pixel, and what was said before with it.
    return width > 0 && height > 0 ? { mimeType, width, height } : undefined;
  } catch {
    // Bytes that only pretend to be an image.
    return undefined;
  }
}
