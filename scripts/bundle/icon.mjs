// The icon, drawn: a frame of film with a play mark, over a timeline with two segments and the playhead.
import { crc32, deflateSync } from 'node:zlib';

/** Pixels a side, as Claude Desktop recommends. */
const SIZE = 512;
const COLOURS = ['#00000000', '#14213dff', '#f5f7faff', '#4cc9f0ff', '#f72585ff', '#ffb703ff'];
const [CLEAR, GROUND, LIGHT, SEGMENT, PLAYHEAD, MARKER] = COLOURS.keys();
/** An edge is smoothed over so many points of a pixel's side. */
const SAMPLES = 3;

const box = (left, top, width, height, radius) => (x, y) => {
  const dx = Math.max(left + radius - x, x - (left + width - radius), 0);
  const dy = Math.max(top + radius - y, y - (top + height - radius), 0);
  return dx * dx + dy * dy <= radius * radius && x >= left && x < left + width && y >= top && y < top + height;
};

const circle = (cx, cy, radius) => (x, y) => (x - cx) ** 2 + (y - cy) ** 2 <= radius ** 2;

/** Points right; `x` is its left edge. */
const triangle = (left, cy, size) => (x, y) =>
  x >= left && Math.abs(y - cy) <= size / 2 - ((x - left) * size) / 2 / size;

/** From the back to the front. */
const SHAPES = [
  [GROUND, box(0, 0, 512, 512, 112)],
  [LIGHT, box(72, 88, 368, 228, 28)],
  [GROUND, triangle(206, 202, 124)],
  [LIGHT, box(72, 372, 368, 14, 7)],
  [SEGMENT, box(104, 360, 116, 38, 12)],
  [MARKER, box(292, 360, 84, 38, 12)],
  [PLAYHEAD, box(251, 338, 10, 92, 5)],
  [PLAYHEAD, circle(256, 342, 16)],
];

/** A PNG of 512 × 512 pixels with transparent corners; the same bytes each time. */
export function icon() {
  const rows = Array.from({ length: SIZE }, (_, y) => [
    0,
    ...Array.from({ length: SIZE }, (_, x) => pixel(x, y)).flat(),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  // 8 bits a channel, red, green, blue and alpha.
  header.set([8, 6], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    part('IHDR', header),
    part('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    part('IEND', Buffer.alloc(0)),
  ]);
}

const CHANNELS = COLOURS.map((colour) => [...Buffer.from(colour.slice(1), 'hex')]);

function pixel(x, y) {
  const points = Array.from({ length: SAMPLES ** 2 }, (_, n) => [
    x + ((n % SAMPLES) + 0.5) / SAMPLES,
    y + (Math.floor(n / SAMPLES) + 0.5) / SAMPLES,
  ]);
  const found = points.map(([px, py]) => CHANNELS[SHAPES.findLast(([, inside]) => inside(px, py))?.[0] ?? CLEAR]);
  const alpha = found.reduce((sum, channels) => sum + channels[3], 0);
  const mixed = [0, 1, 2].map((n) =>
    alpha === 0 ? 0 : Math.round(found.reduce((sum, channels) => sum + channels[n] * channels[3], 0) / alpha),
  );
  return [...mixed, Math.round(alpha / found.length)];
}

function part(type, data) {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const sized = Buffer.alloc(typed.length + 8);
  sized.writeUInt32BE(data.length, 0);
  typed.copy(sized, 4);
  sized.writeUInt32BE(crc32(typed), typed.length + 4);
  return sized;
}
