import { MediaError } from './errors.ts';

/** A marker of a list of an editing program. Times are texts as they stand there. */
interface ListedMarker {
  readonly from: string;
  readonly to?: string;
  /** Frames that it is long, where its end is not said. */
  readonly frames?: string;
  readonly text: string;
}

/** A list of markers that names no clip. */
export interface MarkerList {
  /** `a marker list of Premiere Pro`. */
  readonly name: string;
  readonly counting: 'timecode' | 'elapsed';
  readonly markers: readonly ListedMarker[];
}

/** Characters of a list, and markers in it. */
const MAX_LENGTH = 1_000_000;
const MAX_MARKERS = 5_000;

/**
 * Reads the markers that editing programs export for one timeline or clip: SubRip and WebVTT (W3C), the EDL (CMX 3600) of
 * DaVinci Resolve and others, and the lists of Premiere Pro and Media Composer. Undefined for any other text. Throws
 * `MediaError` where there are too many.
 */
export function readMarkerList(text: string): MarkerList | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/);
  const found = mediaComposer(lines) ?? subtitles(lines) ?? edl(lines) ?? premiere(lines);
  if (found && found.markers.length > MAX_MARKERS)
    throw new MediaError(`The list has ${found.markers.length} markers, more than ${MAX_MARKERS}. Split it.`);
  return found;
}

const CUE = /^((?:\d+:)?\d{1,2}:\d{2}[.,]\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d{1,2}:\d{2}[.,]\d{3})/;

function subtitles(lines: readonly string[]): MarkerList | undefined {
  const first = lines.findIndex((line) => line.trim() !== '');
  const head = lines.slice(Math.max(0, first), first + 2);
  if (!/^WEBVTT/.test(head[0] ?? '') && !head.some((line) => CUE.test(line))) return undefined;
  const markers: (ListedMarker & { words: string[] })[] = [];
  let open: string[] | undefined;
  for (const line of lines) {
    const [, from = '', to = ''] = CUE.exec(line) ?? [];
    if (from) {
      open = [];
      markers.push({ from: dotted(from), to: dotted(to), text: '', words: open });
    } else if (line.trim() === '') open = undefined;
    else open?.push(plainWords(line));
  }
  const spoken = markers.map(({ words, ...marker }) => ({ ...marker, text: words.filter(Boolean).join(' ') }));
  return { name: 'a subtitle file', counting: 'elapsed', markers: spoken };
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
  const markers = lines.flatMap((line): ListedMarker[] => {
    record = EVENT.exec(line)?.[1] ?? record;
    const [, note = '', , name = '', frames = ''] = RESOLVE_NOTE.exec(line) ?? [];
    if (frames && record) return [{ from: record, frames, text: joined(name, note) }];
    const [, from = '', text = ''] = LOCATOR.exec(line) ?? [];
    return from ? [{ from, text: text.trim() }] : [];
  });
  return { name: 'an edit decision list (EDL)', counting: 'timecode', markers };
}

/** Name, timecode, track, color, comment, length; without headers. */
function mediaComposer(lines: readonly string[]): MarkerList | undefined {
  const rows = lines.filter((line) => line.trim() !== '').map((line) => line.split('\t'));
  const isMarker = ([, at = '', track = '']: readonly string[]) =>
    TIMECODE.test(at.trim()) && /^(V|A|TC)\d+$/.test(track.trim());
  const [first] = rows;
  if (!first || !isMarker(first)) return undefined;
  const markers = rows.filter(isMarker).map(
    ([, from = '', , , comment = '', frames = ''], index): ListedMarker => ({
      from: from.trim(),
      ...(/^\d+$/.test(frames.trim()) && { frames: frames.trim() }),
      text: comment.trim() || `Marker ${index + 1}`,
    }),
  );
  return { name: 'a marker list of Media Composer', counting: 'timecode', markers };
}

function premiere(lines: readonly string[]): MarkerList | undefined {
  const [head = '', ...rest] = lines.filter((line) => line.trim() !== '');
  const delimiter = head.includes('\t') ? '\t' : ',';
  const headers = head.split(delimiter).map((cell) => cell.trim().toLowerCase());
  const at = (name: string): number => headers.indexOf(name);
  // With a column for the clip it is a table of many.
  if (at('marker name') < 0 || at('marker type') < 0 || at('in') < 0 || at('clip') >= 0 || at('file') >= 0)
    return undefined;
  const markers = rest.map((line): ListedMarker => {
    const cells = line.split(delimiter).map((cell) => cell.trim().replace(/^"|"$/g, ''));
    const cell = (name: string): string => cells[at(name)] ?? '';
    return {
      from: cell('in'),
      ...(cell('out') && { to: cell('out') }),
      text: joined(cell('marker name'), cell('description')),
    };
  });
  return { name: 'a marker list of Premiere Pro', counting: 'timecode', markers };
}

const joined = (name: string, note: string): string =>
  [...new Set([name.trim(), note.trim()])].filter(Boolean).join(' · ');

/** The table that a list of markers stands for, tabs between quoted cells, each row about `clip`. */
export function tableOf({ markers }: MarkerList, clip: string): string {
  const row = (cells: readonly string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join('\t');
  const hasFrames = markers.some(({ frames, to }) => frames && !to);
  const head = ['File', 'In', 'Out', ...(hasFrames ? ['Duration (frames)'] : []), 'Note'];
  const rows = markers.map(({ from, to = '', frames = '', text }) =>
    row([clip, from, to, ...(hasFrames ? [to ? '' : frames] : []), text]),
  );
  return [row(head), ...rows].join('\n');
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
