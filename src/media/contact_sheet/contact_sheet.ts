import { encode } from 'jpeg-js';
import { hasDot, LETTER_HEIGHT, LETTER_WIDTH } from './letters.ts';
import { fitted, type Raster, readJpeg } from './raster.ts';

/** A place of the sheet; without a picture it says so. */
export interface Cell {
  readonly picture?: Raster | undefined;
  /** Digits and the signs of timecode. */
  readonly label: string;
}

/** A sheet as a JPEG, with its grid. */
export interface ContactSheet {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
}

/** Pixels: the whole at most, which models see without loss; a cell at most; around cells; dots of letters; its label. */
const MAX_WIDTH = 1_500;
const MAX_CELL = 480;
const GAP = 4;
const DOT = 2;
const LABEL_HEIGHT = LETTER_HEIGHT * DOT + 6;
/** Width to height of a sheet, about. */
const SHAPE = 4 / 3;

const PAPER = 24;
const BLANK = 64;
const INK = 240;
const QUALITIES = [80, 60, 40] as const;

/** A JPEG as large as a cell may be. Throws `MediaError` that says why there is no picture. */
export const cellPicture = (bytes: Uint8Array): Raster => fitted(readJpeg(bytes), MAX_CELL, MAX_CELL);

/** Lays pictures out in a grid, from left to right and down, each with its label below; at most `maxBytes` if it can be. */
export function contactSheet(cells: readonly Cell[], maxBytes: number): ContactSheet {
  const upright = cells.filter(({ picture }) => picture && picture.height > picture.width).length;
  const shape = upright > cells.length / 2 ? 9 / 16 : 16 / 9;
  const columns = Math.max(1, Math.min(cells.length, Math.ceil(Math.sqrt((cells.length * SHAPE) / shape))));
  const rows = Math.ceil(cells.length / columns);
  const cellWidth = Math.min(MAX_CELL, Math.floor((MAX_WIDTH - GAP) / columns) - GAP);
  const cellHeight = Math.round(cellWidth / shape);
  const width = columns * (cellWidth + GAP) + GAP;
  const height = rows * (cellHeight + LABEL_HEIGHT + GAP) + GAP;
  const sheet = createCanvas(width, height);
  for (const [index, { picture, label }] of cells.entries()) {
    const left = GAP + (index % columns) * (cellWidth + GAP);
    const top = GAP + Math.floor(index / columns) * (cellHeight + LABEL_HEIGHT + GAP);
    if (picture)
      sheet.draw(fitted(picture, cellWidth, cellHeight), { left, top, width: cellWidth, height: cellHeight });
    else {
      sheet.fill({ left, top, width: cellWidth, height: cellHeight });
      sheet.write('NO PICTURE', left + 6, top + Math.floor(cellHeight / 2) - LETTER_HEIGHT);
    }
    sheet.write(label, left + 2, top + cellHeight + 3);
  }
  return { bytes: encoded(sheet.image, maxBytes), width, height, columns, rows };
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Four bytes a pixel, as the encoder takes them. */
function createCanvas(width: number, height: number) {
  const data = new Uint8Array(width * height * 4).fill(PAPER);
  const put = (x: number, y: number, red: number, green: number, blue: number): void => {
    if (x >= width || y >= height) return;
    const at = (y * width + x) * 4;
    data[at] = red;
    data[at + 1] = green;
    data[at + 2] = blue;
  };
  return {
    image: { width, height, data },
    draw(picture: Raster, box: Box): void {
      const left = box.left + ((box.width - picture.width) >> 1);
      const top = box.top + ((box.height - picture.height) >> 1);
      for (let y = 0; y < picture.height; y += 1)
        for (let x = 0; x < picture.width; x += 1) {
          const at = (y * picture.width + x) * 3;
          put(left + x, top + y, picture.data[at] ?? 0, picture.data[at + 1] ?? 0, picture.data[at + 2] ?? 0);
        }
    },
    fill(box: Box): void {
      for (let y = 0; y < box.height; y += 1)
        for (let x = 0; x < box.width; x += 1) put(box.left + x, box.top + y, BLANK, BLANK, BLANK);
    },
    write(text: string, left: number, top: number): void {
      for (let y = 0; y < LETTER_HEIGHT * DOT; y += 1)
        for (let x = 0; x < text.length * LETTER_WIDTH * DOT; x += 1)
          if (hasDot(text, Math.floor(x / DOT), Math.floor(y / DOT))) put(left + x, top + y, INK, INK, INK);
    },
  };
}

function encoded(image: { readonly width: number; readonly height: number; readonly data: Uint8Array }, max: number) {
  let bytes: Uint8Array = new Uint8Array();
  for (const quality of QUALITIES) {
    bytes = encode(image, quality).data;
    if (bytes.byteLength <= max) break;
  }
  return bytes;
}
