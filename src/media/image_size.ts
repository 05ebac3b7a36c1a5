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

/** Reads type and size from the bytes of an image. Undefined for formats that hosts cannot display. */
export function readImageSize(bytes: Uint8Array): ImageSize | undefined {
  try {
    const found = imageDimensionsFromData(bytes);
    const mimeType = found && MIME_TYPES[found.type];
    return mimeType && { mimeType, width: found.width, height: found.height };
  } catch {
    // Bytes that only pretend to be an image.
    return undefined;
  }
}
