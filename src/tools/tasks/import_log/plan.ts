import type { Sheet } from '../../../media/sheet.ts';
import type { Clip, Counting } from '../../../media/time.ts';
import { formatTimecode } from '../../../media/timecode.ts';
import { firstOf, plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { clipOf, clockFrom } from '../../library/clock.ts';
import { holds, valuesIn } from '../../library/metadata/change.ts';
import { type Problem, problemLines } from '../../library/metadata/line_problems.ts';
import { isMetadataSheet } from '../../library/metadata/sheet_headers.ts';
import type { ValueSet } from '../../library/metadata/value_sets.ts';
import { quotedValue, type Value } from '../../library/metadata/values.ts';
import { findAsset, findCollection } from '../../library/objects.ts';
import { byCollection, COLLECTIONS } from '../../library/plans/by_collection.ts';
import { titleOf, toldApart } from '../../library/plans/titles.ts';
import type { Doc } from '../../library/search.ts';
import type { Kind } from '../../library/segments/note_writing.ts';
import type { Note } from '../../library/segments/notes.ts';
import { sortedVersions } from '../../operations/version_list.ts';
import { each } from '../../run/each.ts';
import { showing } from '../../run/notes.ts';
import type { Context } from '../../types.ts';
import { type Columns, readColumns } from './columns.ts';
import { type Match, matchNames } from './files.ts';
import { readLog } from './read_log.ts';
import { recentlyWritten } from './recent_writes.ts';
import { conflictsIn, type Row, readRow } from './rows.ts';
import { type AssetSegments, missingSegments } from './segments.ts';
import { notAsWritten } from './there.ts';
import { countingOfSheet, withDecimalSigns } from './time_columns.ts';
import { groupByValues, withCurrentValues } from './values.ts';

/** Lines about problems. */
const MAX_PROBLEM_LINES = 30;
const EXAMPLES_IN_PLAN = 8;
/** Rows that are named whose duration says something else. */
const MAX_LENGTHS = 10;
/** Assets named for an ambiguous row. */
const MAX_CANDIDATES = 4;

/** The arguments of import_log. */
export interface ImportArgs {
  readonly csv: string;
  /** The one clip of all rows. */
  readonly asset?: string | undefined;
  readonly columns?: Readonly<Record<string, unknown>> | undefined;
  readonly times?: Counting | undefined;
  readonly kind?: Kind | undefined;
  readonly collection?: string | undefined;
  readonly view?: string | undefined;
}

/** What to write, and which rows are left out. */
export interface Plan {
  readonly kind: Kind;
  /** Rows of the sheet. */
  readonly rows: number;
  /** Valid rows: their lines and asset ids. */
  readonly lines: readonly { readonly line: number; readonly id: string }[];
  readonly marked: readonly AssetSegments[];
  readonly sets: readonly ValueSet[];
  /** Segments and values that exist already, according to the index. */
  readonly same: number;
  readonly problems: readonly string[];
  readonly counts: Readonly<Record<Problem['kind'], number>>;
  /** The first rows that change something, as they were read. */
  readonly examples: readonly string[];
  /** Which segments exist with another end, as sentences. */
  readonly notAsWritten: readonly string[];
  readonly notes: readonly string[];
}

/** Fields of an asset document that rows need besides metadata. */
const FIELDS = [
  ...['duration_milliseconds', 'media_type', 'date_created', COLLECTIONS],
  ...['id', 'version_number', 'status', 'date_created'].map((name) => `versions.${name}`),
  ...['frame_rate', 'start_time_code', 'is_drop_frame', 'status', 'version_id'].map((name) => `proxies.${name}`),
];

/** Matches the whole sheet with a few searches; writes nothing. Throws `ToolError` and `MediaError`. */
export async function planLog(context: Context, args: ImportArgs): Promise<Plan> {
  const { kind = 'MARKER' } = args;
  const clip = args.asset === undefined ? undefined : await findAsset(context, args.asset);
  const { sheet, isMarkerList, notes: reading } = readLog(args.csv, args.columns ?? {}, clip);
  if (isMetadataSheet(sheet.headers) && args.columns === undefined && context.offers('import_metadata'))
    throw new ToolError(
      'csv: this is a sheet of export_metadata. import_metadata takes it in by id; to match by title, give columns, e.g. {"file": "title"}.',
    );
  const columns = await readColumns(context, sheet, args.columns ?? {}, args.view);
  const collection = args.collection === undefined ? undefined : await findCollection(context, args.collection);
  const within = collection && { name: 'ancestor_collections', value_in: [collection.id] };
  const names = [...new Set(sheet.rows.map((row) => columns.file.cell(row)).filter(Boolean))];
  const metadataFields = columns.filled.map(({ field }) => `metadata.${field.name}`);
  const matches = await matchNames(context, names, within, [...FIELDS, ...metadataFields]);
  const { rows: read, problems, notes } = await readRows(context, sheet, columns, matches, args.times);
  const ids = read.map(({ asset }) => String(asset.id));
  const recent = recentlyWritten(context, ids);
  const rows = rowsApart(await withCurrentValues(context, columns, read, recent));
  const segments = await missingSegments(context, kind, rows, recent);
  const values = groupByValues(rows);
  const added = new Set(segments.marked.flatMap(({ notes: own }) => own));
  const lines = rows.flatMap((row) => rowLine(row, added));
  return {
    kind,
    rows: sheet.rows.length,
    lines: rows.map(({ line, asset }) => ({ line, id: String(asset.id) })),
    marked: segments.marked,
    sets: values.sets,
    same: segments.same + values.same,
    problems: problemLines(problems, MAX_PROBLEM_LINES),
    counts: countRows(problems),
    examples: lines.slice(0, EXAMPLES_IN_PLAN),
    notAsWritten: await notAsWritten(context, kind, segments.found),
    notes: [
      ...reading,
      ...(isMarkerList ? [] : columns.notes),
      ...(collection ? [`Searched the collection ${inQuotes(collection.title)} (${collection.id}) and below.`] : []),
      ...notes,
      ...(await notesOf(context, rows)),
      ...(lines.length > EXAMPLES_IN_PLAN ? [showing(EXAMPLES_IN_PLAN, lines.length)] : []),
    ],
  };
}

/** Rows whose assets say what tells them from others of their title. */
function rowsApart(rows: readonly Row[]): Row[] {
  const assets = toldApart(rows.map(({ asset }) => asset));
  return rows.map((row, index) => ({ ...row, asset: assets[index] ?? row.asset }));
}

/** Rows with problems, by kind. */
function countRows(problems: readonly Problem[]): Plan['counts'] {
  const count = (kind: Problem['kind']) =>
    new Set(problems.filter((one) => one.kind === kind).map(({ line }) => line)).size;
  return { ambiguous: count('ambiguous'), unknown: count('unknown'), invalid: count('invalid') };
}

async function readRows(
  context: Context,
  sheet: Sheet,
  columns: Columns,
  matches: ReadonlyMap<string, Match>,
  times: Counting | undefined,
) {
  const docs = [...matches.values()].flatMap((one) => ('doc' in one ? [one.doc] : []));
  const clips = columns.in ? await clipsOf(context, docs) : new Map<string, Clip>();
  const placed = sheet.rows.flatMap((row) => {
    const match = matches.get(columns.file.cell(row));
    return match && 'doc' in match ? [{ row, clip: clips.get(String(match.doc.id)) ?? {} }] : [];
  });
  const timed = { ...columns, ...withDecimalSigns(columns, placed) };
  const { counting, notes } = countingOfSheet(timed, placed, times);
  const rows: Row[] = [];
  const problems: Problem[] = [];
  for (const row of sheet.rows) {
    const name = columns.file.cell(row);
    const match = matches.get(name);
    const read =
      match && 'doc' in match
        ? readRow(timed, row, match.doc, clips.get(String(match.doc.id)) ?? {}, counting)
        : [noAsset(row.line, columns.file.header, name, match)];
    if (Array.isArray(read)) problems.push(...read);
    else rows.push(read);
  }
  const conflicts = conflictsIn(rows);
  const conflicting = new Set(conflicts.map(({ line }) => line));
  return { rows: rows.filter(({ line }) => !conflicting.has(line)), problems: [...problems, ...conflicts], notes };
}

/** Why a row has no single asset. */
function noAsset(line: number, header: string, name: string, match: Exclude<Match, { doc: Doc }> | undefined): Problem {
  if (!name) return { line, kind: 'invalid', words: `column ${inQuotes(header)} is empty. Give a file name or title.` };
  if (match && 'candidates' in match) {
    const shown = match.candidates.slice(0, MAX_CANDIDATES).map(candidateLabel).join(' or ');
    const more = match.candidates.length - MAX_CANDIDATES;
    const others = more > 0 ? ` or ${more} more` : '';
    return { line, kind: 'ambiguous', words: `${inQuotes(name)} may be ${shown}${others}. Put the id in the cell.` };
  }
  if (match && 'refusal' in match) return { line, kind: 'unknown', words: match.refusal };
  const nearest = match && 'nearest' in match && match.nearest ? ` Nearest: ${inQuotes(match.nearest)}.` : '';
  return { line, kind: 'unknown', words: `no file or title is ${inQuotes(name)}.${nearest}` };
}

const candidateLabel = ({ id, title, media_type, date_created }: Doc): string =>
  `${inQuotes(title ?? '')} (${[media_type, date_created?.slice(0, 10), id].filter(Boolean).join(', ')})`;

/** The clock of each asset: from the proxies in its search document, otherwise from Iconik's list of proxies. */
async function clipsOf(context: Context, docs: readonly Doc[]): Promise<Map<string, Clip>> {
  const clips = new Map<string, Clip>();
  const unknown: Doc[] = [];
  for (const doc of docs) {
    const current = sortedVersions(doc).latest?.id;
    const clock = clockFrom((doc.proxies ?? []).filter(({ version_id = current }) => version_id === current));
    if (clock) clips.set(String(doc.id), { clock, duration: doc.duration_milliseconds });
    else unknown.push(doc);
  }
  const read = ({ id = '', duration_milliseconds: duration }: Doc) => clipOf(context, id, { duration });
  const { done } = await each(unknown, context, read);
  for (const { item, result } of done) clips.set(String(item.id), result);
  return clips;
}

/**
 * `line 2 → "Title": 01:00:02;00 to 01:00:13;00 (2002 to 13013 ms) "Jordan Reyes" · Rating 2 → 4`: what of a row is to be
 * written. None where all of it is there already.
 */
function rowLine({ line, asset, clip, segment, values }: Row, added: ReadonlySet<Note>): string[] {
  const at = (ms: number) => formatTimecode(ms, clip.clock);
  const isNew = segment !== undefined && added.has(segment);
  const place =
    !isNew || segment.start === undefined || segment.end === undefined
      ? ''
      : `${at(segment.start)} to ${at(segment.end)} (${segment.start} to ${segment.end} ms) ${inQuotes(segment.text)}`;
  const filled = values.flatMap(({ field, values: given }) => {
    const old = valuesIn(asset.metadata, field.name);
    if (holds({ field, mode: field.multi ? 'append' : 'overwrite', values: given }, old)) return [];
    const shown = (list: readonly Value[]) => list.map((value) => quotedValue(field, value)).join(', ') || 'empty';
    return [`${field.label} ${shown(old)} → ${field.multi ? '+ ' : ''}${shown(given)}`];
  });
  const parts = [place, ...filled].filter(Boolean);
  return parts.length === 0 ? [] : [`line ${line} → ${titleOf(asset)}: ${parts.join(' · ')}`];
}

/** How times were read, and where the assets are. */
async function notesOf(context: Context, rows: readonly Row[]): Promise<string[]> {
  const assets = rows.map(({ asset }) => asset);
  return [...timeNotes(rows), ...lengthNotes(rows), ...(await byCollection(context, assets, assets))];
}

/** Rows whose duration says something else than their in and out. */
function lengthNotes(rows: readonly Row[]): string[] {
  const other = rows.flatMap(({ line, otherLength }) => (otherLength ? [`line ${line} says ${otherLength}`] : []));
  return other.length === 0
    ? []
    : [
        `In and out hold where the duration is another (${plural(other.length, 'row')}): ${firstOf(other, MAX_LENGTHS)}.`,
      ];
}

function timeNotes(rows: readonly Row[]): string[] {
  const count = (notation: 'timecode' | 'elapsed') => rows.filter(({ readAs }) => readAs === notation).length;
  const [timecode, elapsed] = [count('timecode'), count('elapsed')];
  return timecode + elapsed === 0
    ? []
    : [`Times: ${plural(timecode, 'row')} read as the clip's timecode, ${elapsed} as time from the first frame.`];
}
