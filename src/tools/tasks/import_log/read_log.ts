import { formatByBeginning, formatByHeaders } from '../../../media/log_formats.ts';
import { type MarkerList, readMarkerList, sheetOf, tableOfAle } from '../../../media/marker_lists.ts';
import { readSheet, type Sheet } from '../../../media/sheet.ts';
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

/** The markers of one clip. */
function logOf(list: MarkerList, clip: Clip | undefined): Log {
  const { name, markers } = list;
  if (!clip)
    throw new ToolError(`csv: this is ${name}, which names no clip. Give asset: the clip that its rows are about.`);
  if (markers.length === 0) throw new ToolError(`csv: this is ${name}, and it has no markers.`);
  if (markers.length > MAX_ROWS)
    throw new ToolError(`csv: this is ${name} with ${markers.length} markers, more than ${MAX_ROWS}. Split it.`);
  const notes = [`Read as ${name}, on ${inQuotes(clip.title)}. Colors are not taken over.`];
  return { sheet: sheetOf(list, clip.id), isMarkerList: true, notes };
}

/** A table with the clip in a first column. */
const aboutOne = ({ headers, rows, ...rest }: Sheet, { id }: Clip): Sheet => ({
  ...rest,
  headers: ['File', ...headers],
  rows: rows.map(({ line, cells }) => ({ line, cells: [id, ...cells] })),
});

function refuseFormat(format: ReturnType<typeof formatByHeaders>): void {
  if (format) throw new ToolError(`csv: this is ${format.name}, which import_log does not read. ${format.advice}`);
}
