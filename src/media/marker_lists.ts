import { readFcpxml } from './fcpxml_markers.ts';
import { joined, type ListedMarker, type MarkerList } from './listed_markers.ts';
import { column, readSheet, type SheetRow } from './sheet.ts';

/** Characters of a list. */
const MAX_LENGTH = 1_000_000;

/**
 * Reads the markers that editing programs export for one timeline or clip: SubRip and WebVTT (W3C), the EDL (CMX 3600) of
 * DaVinci Resolve and others, the edit index of Resolve as CSV, FCPXML, and the lists of Premiere Pro and Media Composer. Undefined for any other text, and for one
 * of more than a million characters. Throws `MediaError` for a table that cannot be read.
 */
export function readMarkerList(text: string): MarkerList | undefined {
  const xml = readFcpxml(text, MAX_LENGTH);
  if (xml || text.length > MAX_LENGTH) return xml;
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/);
  return mediaComposer(lines) ?? subtitles(lines) ?? edl(lines) ?? premiere(text, lines) ?? resolveIndex(text, lines);
}

const CUE = /^((?:\d+:)?\d{1,2}:\d{2}[.,]\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d{1,2}:\d{2}[.,]\d{3})/;

function subtitles(lines: readonly string[]): MarkerList | undefined {
  const first = lines.findIndex((line) => line.trim() !== '');
  const head = lines.slice(Math.max(0, first), first + 2);
  if (!/^WEBVTT/.test(head[0] ?? '') && !head.some((line) => CUE.test(line))) return undefined;
  const markers: (ListedMarker & { words: string[] })[] = [];
  let open: string[] | undefined;
  for (const [index, line] of lines.entries()) {
    const [, from = '', to = ''] = CUE.exec(line) ?? [];
    if (from) {
      open = [];
      markers.push({ line: index + 1, from: dotted(from), to: dotted(to), text: '', words: open });
    } else if (line.trim() === '') open = undefined;
    else open?.push(plainWords(line));
  }
  const spoken = markers.map(({ words, ...marker }) => ({ ...marker, text: words.filter(Boolean).join(' ') }));
  return { name: 'a subtitle file', markers: spoken };
}

const dotted = (time: string): string => time.replace(',', '.');
const plainWords = (line: string): string =>
  line
    .replace(/<[^<>]{0,100}>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();

const TIMECODE = /^\d\d[:;]\d\d[:;]\d\d[:;.]\d\d$/;
/** An event ends with the timecodes of the record, the first of which is where it starts. */
const EVENT =
  /^\d{3,6}[ \t]+\S+[ \t]+[AVBN]\S*[ \t]+[CDWK]\d*[ \t].*?(\d\d[:;]\d\d[:;]\d\d[:;.]\d\d)[ \t]+\d\d[:;]\d\d[:;]\d\d[:;.]\d\d[ \t]*$/;
const LOCATOR = /^\*[ \t]*LOC:[ \t]*(\d\d[:;]\d\d[:;]\d\d[:;.]\d\d)[ \t]+\S+(.*)/s;
/** `note |C:ResolveColorBlue |M:name |D:12`. */
const RESOLVE_NOTE = /^([^|]*)\|C:([^|]*)\|M:([^|]*)\|D:(\d+)\s*$/;

function edl(lines: readonly string[]): MarkerList | undefined {
  if (!lines.slice(0, 20).some((line) => /^(TITLE|FCM):/.test(line) || EVENT.test(line))) return undefined;
  let record = '';
  const markers = lines.flatMap((line, index): ListedMarker[] => {
    record = EVENT.exec(line)?.[1] ?? record;
    const [, note = '', , name = '', frames = ''] = RESOLVE_NOTE.exec(line) ?? [];
    if (frames && record) return [{ line: index + 1, from: record, frames, text: joined(name, note) }];
    const [, from = '', text = ''] = LOCATOR.exec(line) ?? [];
    return from ? [{ line: index + 1, from, text: text.trim() }] : [];
  });
  return { name: 'an edit decision list (EDL)', markers };
}

/** Name, timecode, track, color, comment, length; without headers. */
function mediaComposer(lines: readonly string[]): MarkerList | undefined {
  const rows = lines.map((line, index) => ({ line: index + 1, cells: line.split('\t').map((cell) => cell.trim()) }));
  const isMarker = ([, at = '', track = '']: readonly string[]) => TIMECODE.test(at) && /^(V|A|TC)\d+$/.test(track);
  const filled = rows.filter(({ cells }) => cells.some(Boolean));
  if (!filled[0] || !isMarker(filled[0].cells)) return undefined;
  const markers = filled
    .filter(({ cells }) => isMarker(cells))
    .map(
      ({ line, cells: [, from = '', , , comment = '', frames = ''] }): ListedMarker => ({
        line,
        from,
        ...(/^\d+$/.test(frames) && { frames }),
        text: comment,
      }),
    );
  return { name: 'a marker list of Media Composer', markers };
}

/** With a column for the clip it is a table of many. */
const CLIP_COLUMNS = ['clip', 'file', 'file name', 'clip name'];

function premiere(text: string, lines: readonly string[]): MarkerList | undefined {
  const head = lines.find((line) => line.trim() !== '')?.toLowerCase() ?? '';
  if (!head.includes('marker name') || !head.includes('marker type')) return undefined;
  const sheet = readSheet(text);
  const [name, note, from, to] = ['Marker Name', 'Description', 'In', 'Out'].map((header) => column(sheet, header));
  if (!from || CLIP_COLUMNS.some((header) => column(sheet, header))) return undefined;
  const markers = sheet.rows.map((row): ListedMarker => {
    const end = to?.(row);
    return {
      line: row.line,
      from: from(row),
      ...(end && { to: end }),
      text: joined(name?.(row) ?? '', note?.(row) ?? ''),
    };
  });
  return { name: 'a marker list of Premiere Pro', markers };
}

/** The edit index of Resolve, which has markers and edits alike: a marker has a color. Its out is the frame behind it. */
function resolveIndex(text: string, lines: readonly string[]): MarkerList | undefined {
  const head = lines.find((line) => line.trim() !== '')?.toLowerCase() ?? '';
  if (!['record in', 'record out', 'color', 'notes'].every((name) => head.includes(name))) return undefined;
  const sheet = readSheet(text);
  const cell = (header: string) => column(sheet, header) ?? (() => '');
  const [name, note, from, to, color] = [
    cell('Name'),
    cell('Notes'),
    cell('Record In'),
    cell('Record Out'),
    cell('Color'),
  ];
  if (CLIP_COLUMNS.some((header) => column(sheet, header))) return undefined;
  const isMarker = (row: SheetRow): boolean => color(row) !== '' && from(row) !== '';
  const markers = sheet.rows.filter(isMarker).map((row): ListedMarker => {
    const end = to(row);
    return { line: row.line, from: from(row), ...(end && { to: end }), text: joined(name(row), note(row)) };
  });
  return { name: 'an edit index of DaVinci Resolve (CSV)', markers };
}

/** The table of an Avid Log Exchange file (ALE), whose clips are named in its column Name; undefined for other texts. */
export function tableOfAle(text: string): string | undefined {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/);
  if (!/^Heading$/i.test(lines.find((line) => line.trim() !== '')?.trim() ?? '')) return undefined;
  const column = lines.findIndex((line) => /^Column$/i.test(line.trim()));
  const data = lines.findIndex((line) => /^Data$/i.test(line.trim()));
  if (column < 0 || data < column) return undefined;
  const head = (lines[column + 1] ?? '').split('\t').map((name) => (/^name$/i.test(name.trim()) ? 'File' : name));
  // The lines keep their numbers.
  return [...lines.slice(0, data).map(() => ''), head.join('\t'), ...lines.slice(data + 1)].join('\n');
}
