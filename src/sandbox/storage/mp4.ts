import type { Bytes } from './objects.ts';

/** Encoded frames of one picture track, as an MP4 file has them. */
export interface Clip {
  /** The box `stsd`: codec and size of the picture. */
  readonly description: Bytes;
  readonly width: number;
  readonly height: number;
  /** Bytes of each frame. */
  readonly sizes: readonly number[];
  /** Frames that need no other to be decoded, counted from 1. */
  readonly keys: readonly number[];
  /** All frames, one after the other. */
  readonly frames: Bytes;
}

/** How often and how fast the frames are shown: `frames` in all, each `delta` units of `timescale` a second long. */
export interface Timing {
  readonly frames: number;
  readonly timescale: number;
  readonly delta: number;
}

/** A film of any length that repeats a clip: its index names the same bytes again and again. */
export function movieOf(clip: Clip, timing: Timing): Bytes {
  const { sizes, frames } = clip;
  const head = box('ftyp', text('isom'), whole(512), text('isomiso2avc1mp41'));
  const make = (start: number): Bytes => box('moov', movieHeader(timing), track(clip, timing, start));
  // The index has the same length wherever the frames begin.
  const start = head.byteLength + make(0).byteLength + 8;
  const data = frames.subarray(0, total(sizes.slice(0, timing.frames)));
  return join(head, make(start), box('mdat', data));
}

/** The clip in a file that `movieOf` made. */
export function clipIn(file: Bytes): Clip {
  const table = find(file, ['moov', 'trak', 'mdia', 'minf', 'stbl']);
  const [header, sizes, keys] = [find(file, ['moov', 'trak', 'tkhd']), find(table, ['stsz']), find(table, ['stss'])];
  const view = (bytes: Bytes): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const list = (bytes: Bytes, from: number): number[] =>
    Array.from({ length: view(bytes).getUint32(from - 4) }, (_, index) => view(bytes).getUint32(from + 4 * index));
  return {
    description: box('stsd', find(table, ['stsd'])),
    width: view(header).getUint16(76),
    height: view(header).getUint16(80),
    sizes: list(sizes, 12),
    keys: list(keys, 8),
    frames: find(file, ['mdat']),
  };
}

/** The content of the first box at a path of names. */
function find(file: Bytes, [name, ...inner]: readonly string[]): Bytes {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 0; at < file.byteLength; at += view.getUint32(at)) {
    if (new TextDecoder().decode(file.subarray(at + 4, at + 8)) !== name) continue;
    const content = file.subarray(at + 8, at + view.getUint32(at));
    return inner.length > 0 ? find(content, inner) : content;
  }
  throw new Error(`sandbox: no ${name} in the film`);
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
const text = (letters: string): Bytes => new TextEncoder().encode(letters);
const whole = (...numbers: readonly number[]): Bytes => packed(4, numbers);
const half = (...numbers: readonly number[]): Bytes => packed(2, numbers);
const zeros = (count: number): Bytes => new Uint8Array(count);

function packed(size: 2 | 4, numbers: readonly number[]): Bytes {
  const view = new DataView(new ArrayBuffer(size * numbers.length));
  for (const [index, number] of numbers.entries()) {
    if (size === 4) view.setUint32(4 * index, number);
    else view.setUint16(2 * index, number);
  }
  return new Uint8Array(view.buffer);
}

function join(...parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(total(parts.map(({ byteLength }) => byteLength)));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}

function box(name: string, ...parts: readonly Bytes[]): Bytes {
  const content = join(...parts);
  return join(whole(content.byteLength + 8), text(name), content);
}

/** A box that starts with a version and flags. */
const full = (name: string, flags: number, ...parts: readonly Bytes[]): Bytes => box(name, whole(flags), ...parts);

const [ONE, UNIT] = [0x10000, 0x40000000];
const MATRIX = whole(ONE, 0, 0, 0, ONE, 0, 0, 0, UNIT);

const movieHeader = ({ frames, timescale, delta }: Timing): Bytes =>
  full('mvhd', 0, whole(0, 0, timescale, frames * delta, ONE), half(0x100, 0), zeros(8), MATRIX, zeros(24), whole(2));

function track(clip: Clip, timing: Timing, start: number): Bytes {
  const { width, height } = clip;
  const { frames, timescale, delta } = timing;
  const place = [zeros(8), half(0, 0, 0, 0), MATRIX, whole(width * ONE, height * ONE)];
  const data = box('dinf', full('dref', 0, whole(1), full('url ', 1)));
  return box(
    'trak',
    full('tkhd', 3, whole(0, 0, 1, 0, frames * delta), ...place),
    box(
      'mdia',
      full('mdhd', 0, whole(0, 0, timescale, frames * delta), half(0x55c4, 0)),
      full('hdlr', 0, whole(0), text('vide'), zeros(12), text('Picture\0')),
      box('minf', full('vmhd', 1, zeros(8)), data, index(clip, timing, start)),
    ),
  );
}

/** The tables of a track. Each repetition is one chunk, all at the same place. */
function index({ description, sizes, keys }: Clip, { frames, delta }: Timing, start: number): Bytes {
  const rounds = Math.ceil(frames / sizes.length);
  const rest = frames - (rounds - 1) * sizes.length;
  const runs =
    rest === sizes.length || rounds === 1
      ? [[1, rest]]
      : [
          [1, sizes.length],
          [rounds, rest],
        ];
  const all = Array.from({ length: frames }, (_, at) => sizes[at % sizes.length] ?? 0);
  const starts = Array.from({ length: rounds }, (_, round) => keys.map((key) => round * sizes.length + key))
    .flat()
    .filter((key) => key <= frames);
  return box(
    'stbl',
    description,
    full('stts', 0, whole(1, frames, delta)),
    full('stss', 0, whole(starts.length), packed(4, starts)),
    full('stsc', 0, whole(runs.length, ...runs.flatMap(([first = 1, count = 0]) => [first, count, 1]))),
    full('stsz', 0, whole(0, frames), packed(4, all)),
    full('stco', 0, whole(rounds, ...Array.from({ length: rounds }, () => start))),
  );
}
