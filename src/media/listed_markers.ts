import type { Sheet } from './sheet.ts';

/** A marker of a list of an editing program. Times are texts as they stand there. */
export interface ListedMarker {
  /** The line of the text where it starts, from 1. */
  readonly line: number;
  readonly from: string;
  readonly to?: string;
  /** Frames that it is long, where its end is not said. */
  readonly frames?: string;
  readonly text: string;
  /** Names of the clip that it is on: its file and its name there. Absent where it is on a timeline. */
  readonly clip?: readonly string[];
}

/** A list of markers, which names no clip unless its markers do. */
export interface MarkerList {
  /** `a marker list of Premiere Pro`. */
  readonly name: string;
  readonly markers: readonly ListedMarker[];
  /** What else the file has, and what was left out. */
  readonly notes?: readonly string[];
}

/** The name of a marker and its note, where they differ. */
export const joined = (name: string, note: string): string =>
  [...new Set([name.trim(), note.trim()])].filter(Boolean).join(' · ');

const timesOf = ({ from, to = '', frames = '' }: ListedMarker): string[] => [from, to, to ? '' : frames];

/** The table that markers stand for. `clipOf` says which clip a row is about. */
export const sheetOf = (markers: readonly ListedMarker[], clipOf: (marker: ListedMarker) => string): Sheet => ({
  headers: ['File', 'In', 'Out', 'Duration (frames)', 'Note'],
  rows: markers.map((marker, index) => ({
    line: marker.line,
    cells: [clipOf(marker), ...timesOf(marker), marker.text || `Marker ${index + 1}`],
  })),
  delimiter: '\t',
  titles: [],
});
