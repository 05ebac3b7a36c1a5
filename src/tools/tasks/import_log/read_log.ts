import { type MarkerList, sheetOf } from '../../../media/listed_markers.ts';
import { formatByBeginning, formatByHeaders } from '../../../media/log_formats.ts';
import { readMarkerList, tableOfAle } from '../../../media/marker_lists.ts';
import { readSheet, type Sheet } from '../../../media/sheet.ts';
import { searchKey } from '../../../text/compare.ts';
import { firstOf, plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { knownHeaders, roleOf } from './headers.ts';

const MAX_ROWS = 1_000;

/** The log sheet as a table. */
export interface Log {
  readonly sheet: Sheet;
  /** The columns are not those of the text: there is nothing to say of how they were understood. */
  readonly isMarkerList?: true;
  readonly notes: readonly string[];
}

/** A clip that all rows are about. */
interface Clip {
  readonly id: string;
  readonly title: string;
}

/**
 * Reads a table, or the markers of an editing program. Throws `ToolError` for a format that is not read and where the clip
 * is missing or named twice, `MediaError` for no table.
 */
export function readLog(csv: string, mapping: Readonly<Record<string, unknown>>, clip: Clip | undefined): Log {
  const list = readMarkerList(csv);
  if (list) return logOf(list, clip);
  const ale = tableOfAle(csv);
  if (ale === undefined) refuseFormat(formatByBeginning(csv));
  const sheet = readSheet(ale ?? csv, { knownHeaders: knownHeaders(mapping), maxRows: MAX_ROWS });
  if (sheet.rows.length === 0) throw new ToolError('csv: there is a header line, but no row below it.');
  const notes = ale === undefined ? [] : ['An Avid Log Exchange file: Name is the clip.'];
  const named = mapping.file !== undefined || sheet.headers.some((header) => roleOf(header) === 'file');
  if (!clip) {
    if (!named) refuseFormat(formatByHeaders(sheet.headers));
    return { sheet, notes };
  }
  if (named) throw new ToolError('asset: the table has a column for the clip. Leave out asset, or that column.');
  return { sheet: aboutOne(sheet, clip), notes: [`All rows are about ${inQuotes(clip.title)}.`] };
}

/** The markers of one clip, or of those that they name. */
function logOf(list: MarkerList, clip: Clip | undefined): Log {
  const { name, notes = [] } = list;
  if (list.markers.length === 0) throw new ToolError(`csv: this is ${name}, and it has no markers.`);
  const { markers, left } = clip ? onClip(list, clip) : onNamed(list);
  if (markers.length > MAX_ROWS)
    throw new ToolError(`csv: this is ${name} with ${markers.length} markers, more than ${MAX_ROWS}. Split it.`);
  return {
    sheet: sheetOf(markers, (one) => clip?.id ?? one.clip?.[0] ?? ''),
    isMarkerList: true,
    notes: [
      `Read as ${name}${clip ? `, on ${inQuotes(clip.title)}` : ', on the clips that it names'}. Colors are not taken over.`,
      ...leftOut(
        left.filter((one) => one.clip),
        'on other clips',
      ),
      ...leftOut(
        left.filter((one) => !one.clip),
        'on the timeline, on no clip',
      ),
      ...notes,
    ],
  };
}

type Markers = MarkerList['markers'];

/** The markers with a clip of their own; without any, `asset` has to say which it is. */
function onNamed({ name, markers }: MarkerList): { readonly markers: Markers; readonly left: Markers } {
  const named = markers.filter(({ clip }) => clip !== undefined);
  if (named.length === 0)
    throw new ToolError(`csv: this is ${name}, which names no clip. Give asset: the clip that its rows are about.`);
  return { markers: named, left: markers.filter(({ clip }) => clip === undefined) };
}

/** Markers that are left out and named. */
const MAX_LEFT = 3;

const leftOut = (markers: Markers, where: string): string[] =>
  markers.length === 0
    ? []
    : [
        `Left out, as ${markers.length === 1 ? 'it is' : 'they are'} ${where}: ${plural(markers.length, 'marker')}: ${firstOf(
          markers.map(({ text }) => text),
          MAX_LEFT,
          inQuotes,
        )}.`,
      ];

/** Clips that an error names. */
const MAX_CLIPS = 6;

/** The markers on one clip: those that name it, or all where there is one clip or none. Throws `ToolError` for several others. */
function onClip({ name, markers }: MarkerList, { title }: Clip): { readonly markers: Markers; readonly left: Markers } {
  const clips = [...new Set(markers.flatMap(({ clip }) => clip?.[0] ?? []))];
  if (clips.length === 0) return { markers, left: [] };
  const wanted = nameKeys(title);
  const own = markers.filter(({ clip = [] }) => clip.some((one) => nameKeys(one).some((key) => wanted.includes(key))));
  if (own.length > 0) return { markers: own, left: markers.filter((one) => !own.includes(one)) };
  const [only] = clips;
  if (clips.length > 1)
    throw new ToolError(
      `csv: this is ${name} with markers on ${clips.length} clips, none of which is called ${inQuotes(title)}: ${firstOf(clips, MAX_CLIPS, inQuotes)}. Leave out asset: they are found by name.`,
    );
  const all = markers.filter(({ clip }) => clip?.[0] === only);
  return { markers: all, left: markers.filter((one) => !all.includes(one)) };
}

/** A name as it is, and without the ending of a file. */
const nameKeys = (name: string): string[] => [searchKey(name), searchKey(name.replace(/\.[^.]{1,5}$/, ''))];

/** A table with the clip in a first column. */
const aboutOne = ({ headers, rows, ...rest }: Sheet, { id }: Clip): Sheet => ({
  ...rest,
  headers: ['File', ...headers],
  rows: rows.map(({ line, cells }) => ({ line, cells: [id, ...cells] })),
});

function refuseFormat(format: ReturnType<typeof formatByHeaders>): void {
  if (format) throw new ToolError(`csv: this is ${format.name}, which import_log does not read. ${format.advice}`);
}
