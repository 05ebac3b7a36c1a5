import { formatByBeginning, formatByHeaders } from '../../../media/log_formats.ts';
import { readMarkerList, tableOf, tableOfAle } from '../../../media/marker_lists.ts';
import { readSheet, type Sheet } from '../../../media/sheet.ts';
import type { Counting } from '../../../media/time.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { knownHeaders, roleOf } from './headers.ts';

const MAX_ROWS = 1_000;

/** The log sheet as a table. */
export interface Log {
  readonly sheet: Sheet;
  /** What its times count, where its format says so. */
  readonly counting?: Counting;
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
  if (list && !clip)
    throw new ToolError(
      `csv: this is ${list.name}, which names no clip. Give asset: the clip that its rows are about.`,
    );
  if (list?.markers.length === 0) throw new ToolError(`csv: this is ${list.name}, and it has no markers.`);
  const ale = list ? undefined : tableOfAle(csv);
  if (!list && ale === undefined) refuseFormat(formatByBeginning(csv));
  const text = list && clip ? tableOf(list, clip.id) : (ale ?? csv);
  const sheet = readSheet(text, { knownHeaders: knownHeaders(mapping), maxRows: MAX_ROWS });
  if (sheet.rows.length === 0) throw new ToolError('csv: there is a header line, but no row below it.');
  if (list && clip)
    return {
      sheet,
      counting: list.counting,
      notes: [`${list.name}, on ${inQuotes(clip.title)}. Colors are not taken over.`],
    };
  const notes = ale === undefined ? [] : ['An Avid Log Exchange file: Name is the clip.'];
  const named = mapping.file !== undefined || sheet.headers.some((header) => roleOf(header) === 'file');
  if (!clip) {
    if (!named) refuseFormat(formatByHeaders(sheet.headers));
    return { sheet, notes };
  }
  if (named) throw new ToolError('asset: the table has a column for the clip. Leave out asset, or that column.');
  return { sheet: aboutOne(sheet, clip), notes: [`All rows are about ${inQuotes(clip.title)}.`] };
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
