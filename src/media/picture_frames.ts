/** A picture inside of a picture. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}

/** Frames that are looked at. A picture with more is one that moves, whose frames are alike. */
const MAX_FRAMES = 100;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
/** The bytes of a GIF's color table, from the flags before it. */
const tableLength = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
const nameAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

/** The frames of a GIF, as far as its blocks can be followed (GIF89a). */
export function gifFrames(bytes: Uint8Array): Frame[] {
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
export function webpFrames(bytes: Uint8Array): Frame[] {
  const view = viewOf(bytes);
  const frames: Frame[] = [];
  for (let at = 12; at + 18 <= bytes.length && frames.length < MAX_FRAMES; ) {
    const kind = nameAt(bytes, at);
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

/** The frames of a PNG that moves. */
export function pngFrames(bytes: Uint8Array): Frame[] {
  const view = viewOf(bytes);
  const frames: Frame[] = [];
  for (let at = 8; at + 20 <= bytes.length && frames.length < MAX_FRAMES; at += 12 + view.getUint32(at)) {
    if (nameAt(bytes, at + 4) === 'fcTL')
      frames.push({ width: view.getUint32(at + 12), height: view.getUint32(at + 16) });
  }
  return frames;
}

/** The frame headers of a JPEG before its first scan: decoders differ in which of several they take. */
export function jpegFrames(bytes: Uint8Array): Frame[] {
  const view = viewOf(bytes);
  const frames: Frame[] = [];
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff && frames.length < MAX_FRAMES; ) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xda) break;
    // Fill bytes before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // The SOF markers, without those of tables among them.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      frames.push({ width: view.getUint16(at + 7), height: view.getUint16(at + 5) });
    at += 2 + view.getUint16(at + 2);
  }
  return frames;
}
