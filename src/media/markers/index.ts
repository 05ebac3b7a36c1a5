import { MediaError } from '../errors.ts';
import { type WrittenDelimiter, writeCsv } from '../sheet.ts';
import { type Clock, formatElapsed, formatTimecode } from '../timecode.ts';
import { toAvidMarkers } from './avid.ts';
import { countMoved, toEdl } from './edl.ts';
import { type FcpxmlOptions, toFcpxml } from './fcpxml.ts';
import { type Marker, markerName, oneLine, sortedByTime } from './marker.ts';
import { toResolveIndex } from './resolve.ts';
import { toSrt, toVtt } from './subtitles.ts';
import { toXmeml } from './xmeml.ts';

export type { Marker } from './marker.ts';

/** The formats that markers are written in. */
export type MarkerFormat = 'edl' | 'csv' | 'srt' | 'vtt' | 'fcpxml' | 'xml' | 'avid' | 'resolve_csv' | 'chapters';

/** The markers of one clip. Without a clock only csv, srt, vtt and chapters can be written. */
export interface MarkerList extends FcpxmlOptions {
  readonly title: string;
  readonly markers: readonly Marker[];
  readonly clock?: Clock | undefined;
  /** Those of several versions, instead: each counts its own timecode. In CSV alone. */
  readonly versions?: readonly VersionMarkers[] | undefined;
  /** Between the cells of CSV; a comma where none is given. */
  readonly delimiter?: WrittenDelimiter | undefined;
}

/** The markers of one version; without a name those that belong to each. */
export interface VersionMarkers {
  readonly name?: string | undefined;
  readonly markers: readonly Marker[];
  readonly clock?: Clock | undefined;
}

/** What a marker has beside its place and its text, in the words of a note. */
const PARTS = {
  colors: ({ color }: Marker) => Boolean(color),
  ends: ({ start, end }: Marker) => end > start,
  authors: ({ author }: Marker) => Boolean(author),
  ticks: ({ done }: Marker) => done === true,
} as const;

interface Writer {
  readonly mime: string;
  readonly extension: string;
  /** The name that people use. */
  readonly label: string;
  readonly write: (list: MarkerList) => string;
  /** What it has no place for. */
  readonly lacks?: readonly (keyof typeof PARTS)[];
  /** What the document has otherwise than the list. */
  readonly notes?: (list: MarkerList) => readonly string[];
}

/** Media type, file extension and writer of each format. `write` throws `MediaError` if it needs a clock and has none. */
export const MARKER_FORMATS: Readonly<Record<MarkerFormat, Writer>> = {
  edl: {
    mime: 'text/plain',
    extension: 'edl',
    label: 'EDL for DaVinci Resolve',
    write: (list) => toEdl(list.title, list.markers, clockFor(list, 'An EDL')),
    notes: ({ markers, clock }) => {
      const moved = clock ? countMoved(markers, clock) : 0;
      return moved > 0
        ? [`Resolve keeps one marker a frame: ${moved} on a frame with another moved to the next free frame.`]
        : [];
    },
  },
  csv: {
    mime: 'text/csv',
    extension: 'csv',
    label: 'CSV',
    // Excel on Windows reads a file without a byte order mark in its own code page.
    write: ({ markers, clock, versions, delimiter }) =>
      `\ufeff${toMarkerCsv(versions ?? [{ markers, clock }], versions !== undefined, delimiter)}`,
  },
  srt: {
    mime: 'application/x-subrip',
    extension: 'srt',
    label: 'SubRip',
    lacks: ['colors', 'ticks'],
    write: ({ markers }) => toSrt(markers),
  },
  vtt: {
    mime: 'text/vtt',
    extension: 'vtt',
    label: 'WebVTT',
    lacks: ['colors', 'ticks'],
    write: ({ markers }) => toVtt(markers),
  },
  fcpxml: {
    mime: 'application/xml',
    extension: 'fcpxml',
    label: 'Final Cut Pro XML',
    lacks: ['colors'],
    write: (list) => toFcpxml(list.title, list.markers, clockFor(list, 'FCPXML'), list),
  },
  xml: {
    mime: 'application/xml',
    extension: 'xml',
    label: 'Final Cut Pro 7 XML for Premiere Pro',
    write: (list) => toXmeml(list.title, list.markers, clockFor(list, 'XML'), list),
    notes: ({ markers }) =>
      markers.some(PARTS.colors) ? ['The colors are for Premiere Pro: other programs read none from this XML.'] : [],
  },
  avid: {
    mime: 'text/plain',
    extension: 'avid.txt',
    label: 'Marker list for Media Composer',
    write: (list) => toAvidMarkers(list.markers, clockFor(list, 'A marker list')),
  },
  resolve_csv: {
    mime: 'text/csv',
    extension: 'resolve.csv',
    label: 'Edit index of DaVinci Resolve as CSV',
    write: ({ markers, clock, ...list }) =>
      `\ufeff${toResolveIndex(markers, clockFor({ ...list, markers, clock }, 'An edit index'))}`,
    notes: () => ['Resolve itself imports markers from an EDL: this table is for people and scripts.'],
  },
  chapters: {
    mime: 'text/plain',
    extension: 'chapters.txt',
    label: 'A list of chapters',
    lacks: ['colors', 'ends', 'authors', 'ticks'],
    write: ({ markers }) => toChapters(markers),
    notes: ({ markers }) =>
      markers.some(({ start }) => start < 1_000)
        ? []
        : ['No chapter is at 00:00:00, where video platforms want the first.'],
  },
};

/** What these markers have that a format has no place for: `Final Cut Pro XML has no colors (3 here): edl, csv … have them.` */
export function lostNotes(format: MarkerFormat, markers: readonly Marker[]): string[] {
  const { label, lacks = [] } = MARKER_FORMATS[format];
  const lost = lacks.flatMap((part) => {
    const count = markers.filter(PARTS[part]).length;
    return count > 0 ? [{ part, count }] : [];
  });
  if (lost.length === 0) return [];
  const others = Object.entries(MARKER_FORMATS).filter(
    ([, one]) => !lost.some(({ part }) => one.lacks?.includes(part)),
  );
  const what = lost.map(({ part, count }) => `no ${part} (${count} here)`).join(', ');
  return [`${label} has ${what}: ${others.map(([name]) => name).join(', ')} carry them.`];
}

/** Writes a line for each marker, as video platforms read chapters: the time from the first frame, then the text. */
function toChapters(markers: readonly Marker[]): string {
  const lines = sortedByTime(markers).map(
    (marker) =>
      `${formatElapsed(marker.start, '.').slice(0, -4)} ${oneLine(marker.name || marker.text) || markerName(marker)}`,
  );
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Writes markers as CSV: in and out as timecode (`HH:MM:SS.mmm` without a clock) and in milliseconds, then their text. Replies
 * and the version have columns of their own, where there are any.
 */
function toMarkerCsv(lists: readonly VersionMarkers[], isOfVersions: boolean, delimiter?: WrittenDelimiter): string {
  const hasReplies = lists.some(({ markers }) => markers.some(({ replies }) => replies !== undefined));
  const headers = ['In', 'Out', 'In ms', 'Out ms', 'Name', 'Text', 'Author', 'Color', 'Done', 'Kind'];
  const rows = lists.flatMap(({ name: version, markers, clock }) =>
    sortedByTime(markers).map(({ start, end, name, text, author, color, done, kind, replies }) => [
      ...[formatTimecode(start, clock), formatTimecode(end, clock), start, end],
      ...[name, text, author, color],
      done === undefined ? undefined : done ? 'yes' : 'no',
      kind,
      ...(hasReplies ? [replies?.join('\n')] : []),
      ...(isOfVersions ? [version] : []),
    ]),
  );
  const more = [...(hasReplies ? ['Replies'] : []), ...(isOfVersions ? ['Version'] : [])];
  return writeCsv([[...headers, ...more], ...rows], delimiter);
}

function clockFor({ clock }: MarkerList, what: string): Clock {
  if (clock) return clock;
  throw new MediaError(
    `${what} needs the clip's frame rate, which is known once it has a proxy. Without one: csv, srt, vtt or chapters.`,
  );
}
