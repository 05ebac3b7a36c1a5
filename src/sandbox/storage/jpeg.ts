import type { Bytes } from './objects.ts';

/** Red, green, blue, 0 to 255. */
export type Colour = readonly [number, number, number];
/** Side of a JPEG block. */
export const SQUARE_PIXELS = 8;

/** The Huffman table that most encoders use: number of codes by length (1 to 16), and their values. */
const CODES_BY_LENGTH = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const SIZES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const CODES = codesOf(CODES_BY_LENGTH);

function codesOf(lengths: readonly number[]): { code: number; length: number }[] {
  const codes: { code: number; length: number }[] = [];
  let code = 0;
  for (const [index, count] of lengths.entries()) {
    for (let i = 0; i < count; i += 1) codes.push({ code: code++, length: index + 1 });
    code <<= 1;
  }
  return codes;
}

const two = (number: number): number[] => [number >> 8, number & 255];
const segment = (marker: number, content: readonly number[]): number[] => [
  0xff,
  marker,
  ...two(content.length + 2),
  ...content,
];

/** Packs bits into bytes; a byte 255 is followed by a zero so that it is not read as a marker. */
function createBits(): { put(value: number, length: number): void; bytes: number[] } {
  const bytes: number[] = [];
  let held = 0;
  let count = 0;
  return {
    bytes,
    put(value, length) {
      for (let bit = length - 1; bit >= 0; bit -= 1) {
        held = (held << 1) | ((value >> bit) & 1);
        count += 1;
        if (count < 8) continue;
        bytes.push(held);
        if (held === 255) bytes.push(0);
        held = 0;
        count = 0;
      }
    },
  };
}

function toLight([red, green, blue]: Colour): Colour {
  return [
    0.299 * red + 0.587 * green + 0.114 * blue - 128,
    -0.1687 * red - 0.3313 * green + 0.5 * blue,
    0.5 * red - 0.4187 * green - 0.0813 * blue,
  ];
}

/** A small picture of blocks in one colour each. Only the mean of a block is written, which needs no transform. */
export function jpegOf(width: number, height: number, colourAt: (column: number, row: number) => Colour): Bytes {
  const bits = createBits();
  const last = [0, 0, 0];
  for (let row = 0; row * SQUARE_PIXELS < height; row += 1)
    for (let column = 0; column * SQUARE_PIXELS < width; column += 1)
      for (const [component, light] of toLight(colourAt(column, row)).entries()) {
        const value = Math.round(light);
        const difference = value - (last[component] ?? 0);
        last[component] = value;
        const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
        const { code, length } = CODES[size] ?? { code: 0, length: 0 };
        bits.put(code, length);
        bits.put(difference < 0 ? difference + (1 << size) - 1 : difference, size);
        bits.put(0, 1); // End of block: no details.
      }
  bits.put(127, 7);
  const components = [1, 2, 3].flatMap((number) => [number, 0x11, 0]);
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [0, ...new Array<number>(64).fill(SQUARE_PIXELS)]),
    ...segment(0xc0, [8, ...two(height), ...two(width), 3, ...components]),
    ...segment(0xc4, [0x00, ...CODES_BY_LENGTH, ...SIZES]),
    ...segment(0xc4, [0x10, 1, ...new Array<number>(15).fill(0), 0]),
    ...segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
    ...bits.bytes,
    ...[0xff, 0xd9],
  ]);
}
