import { readSheet, type Sheet } from '../../../media/sheet.ts';
import type { Clip } from '../../../media/time.ts';
import { formatTimecode } from '../../../media/timecode.ts';
import { ToolError } from '../../errors.ts';
import { clipOf, clockFrom } from '../../library/clock.ts';
import { type Change, current, FEW, holds, type Item, valuesIn } from '../../library/metadata/change.ts';
import { toShown, type Value } from '../../library/metadata/values.ts';
import { findCollection } from '../../library/objects.ts';
import type { Doc } from '../../library/search.ts';
import type { Kind } from '../../library/segments/note_writing.ts';
import { sortedVersions } from '../../operations/version_list.ts';
import { batches, each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { type Columns, readColumns } from './columns.ts';
import { type Meant, matchNames } from './files.ts';
import { recentlyWritten } from './recent_writes.ts';
import { conflictsIn, type Problem, problemLines, type Row, readRow } from './rows.ts';
import { type Marked, withoutKnown } from './segments.ts';

/** Rows of one import. */
const MOST = 1_000;
/** Lines that tell of problems. */
const TOLD = 30;

/** The arguments of import_log. */
export interface Asked {
  readonly csv: string;
  readonly columns?: Readonly<Record<string, unknown>> | undefined;
  readonly kind?: Kind | undefined;
  readonly collection?: string | undefined;
  readonly view?: string | undefined;
}

/** Assets that get the same values. */
export interface SetPlan {
  readonly changes: readonly Change[];
  readonly items: readonly Item[];
}

/** What is to be written, and what of the sheet is not. */
export interface Plan {
  readonly kind: Kind;
  readonly rows: number;
  /** The clean rows: their lines, and their assets. */
  readonly lines: readonly { readonly line: number; readonly id: string }[];
  readonly marked: readonly Marked[];
  readonly sets: readonly SetPlan[];
  /** Segments and values that are there already, as the index has it. */
  readonly same: number;
  readonly problems: readonly string[];
  readonly counts: Readonly<Record<Problem['kind'], number>>;
  /** The first rows, as they were understood. */
  readonly examples: readonly string[];
  readonly notes: readonly string[];
}

/** Understands the sheet as a whole in a few searches; writes nothing. Throws `ToolError` and `MediaError`. */
export async function planLog(context: Context, asked: Asked): Promise<Plan> {
  const sheet = readSheet(asked.csv);
  if (sheet.rows.length === 0) throw new ToolError('csv: there is a line of headers and no row below it.');
  if (sheet.rows.length > MOST)
    throw new ToolError(`csv: ${sheet.rows.length} rows. Allowed: ${MOST} at a time: split it.`);
  const { kind = 'MARKER' } = asked;
  const columns = await readColumns(context, sheet, asked.columns ?? {}, asked.view);
  const collection = asked.collection === undefined ? undefined : await findCollection(context, asked.collection);
  const place = collection && { name: 'ancestor_collections', value_in: [collection.id] };
  const names = [...new Set(sheet.rows.map((row) => columns.file.cell(row)).filter(Boolean))];
  const meant = await matchNames(context, names, place, [
    ...['duration_milliseconds', 'media_type', 'date_created'],
    ...['id', 'version_number', 'status', 'date_created'].map((one) => `versions.${one}`),
    ...['frame_rate', 'start_time_code', 'is_drop_frame', 'status', 'version_id'].map((one) => `proxies.${one}`),
    ...columns.filled.map(({ field }) => `metadata.${field.name}`),
  ]);
  const { rows: read, problems } = await readRows(context, sheet, columns, meant);
  const fresh = recentlyWritten(
    context,
    read.map(({ asset }) => String(asset.id)),
  );
  const rows = await refreshed(context, columns, read, fresh);
  const [{ marked, there }, { sets, same }] = [await marksOf(context, kind, rows, fresh), setsOf(rows)];
  const lines = (which: Problem['kind']) =>
    new Set(problems.filter((one) => one.kind === which).map((p) => p.line)).size;
  return {
    kind,
    rows: sheet.rows.length,
    lines: rows.map(({ line, asset }) => ({ line, id: String(asset.id) })),
    marked,
    sets,
    same: there + same,
    problems: problemLines(problems, TOLD),
    counts: { ambiguous: lines('ambiguous'), unknown: lines('unknown'), invalid: lines('invalid') },
    examples: rows.slice(0, 4).map(rowLine),
    notes: [
      ...columns.notes,
      ...(collection ? [`Looked for in the collection "${collection.title}" (${collection.id}) and below.`] : []),
      ...timesSaid(rows),
    ],
  };
}

async function readRows(context: Context, sheet: Sheet, columns: Columns, meant: ReadonlyMap<string, Meant>) {
  const docs = [...meant.values()].flatMap((one) => ('doc' in one ? [one.doc] : []));
  const clips = columns.in ? await clipsOf(context, docs) : new Map<string, Clip>();
  const rows: Row[] = [];
  const problems: Problem[] = [];
  for (const row of sheet.rows) {
    const name = columns.file.cell(row);
    const one = meant.get(name);
    const read =
      one && 'doc' in one
        ? readRow(columns, row, one.doc, clips.get(String(one.doc.id)) ?? {})
        : [notOne(row.line, columns.file.header, name, one)];
    if (Array.isArray(read)) problems.push(...read);
    else rows.push(read);
  }
  const conflicts = conflictsIn(rows);
  const bad = new Set(conflicts.map(({ line }) => line));
  return { rows: rows.filter(({ line }) => !bad.has(line)), problems: [...problems, ...conflicts] };
}

function notOne(line: number, header: string, name: string, meant: Exclude<Meant, { doc: Doc }> | undefined): Problem {
  if (!name)
    return { line, kind: 'invalid', words: `column "${header}": it is empty. A file name or title is needed.` };
  if (meant && 'candidates' in meant) {
    const told = meant.candidates.slice(0, 4).map(candidate).join(' or ');
    const more = meant.candidates.length > 4 ? ` or ${meant.candidates.length - 4} more` : '';
    return { line, kind: 'ambiguous', words: `"${name}" may be ${told}${more}. Put the id in the cell.` };
  }
  const near = meant && 'nearest' in meant && meant.nearest ? ` Nearest: "${meant.nearest}".` : '';
  return { line, kind: 'unknown', words: `no file or title is "${name}".${near}` };
}

const candidate = ({ id, title, media_type, date_created }: Doc): string =>
  `"${title}" (${[media_type, date_created?.slice(0, 10), id].filter(Boolean).join(', ')})`;

/** How times are counted in each asset: by the proxies in its search document, or else by those of Iconik's list. */
async function clipsOf(context: Context, docs: readonly Doc[]): Promise<Map<string, Clip>> {
  const clips = new Map<string, Clip>();
  const unknown: Doc[] = [];
  for (const doc of docs) {
    const current = sortedVersions(doc.versions).latest?.id;
    const clock = clockFrom((doc.proxies ?? []).filter(({ version_id = current }) => version_id === current));
    if (clock) clips.set(String(doc.id), { clock, duration: doc.duration_milliseconds });
    else unknown.push(doc);
  }
  const read = ({ id = '', duration_milliseconds: duration }: Doc) => clipOf(context, id, { duration });
  const { done } = await each(unknown, context, read);
  for (const { item, result } of done) clips.set(String(item.id), result);
  return clips;
}

/** The segments of each asset without those that are there already. */
async function marksOf(context: Context, kind: Kind, rows: readonly Row[], fresh: ReadonlySet<string>) {
  const wanted = new Map<string, Marked>();
  for (const { asset, clip, segment } of rows) {
    if (!segment) continue;
    const { id = '', title = id } = asset;
    wanted.set(id, { id, title, clip, notes: [...(wanted.get(id)?.notes ?? []), segment] });
  }
  const open = await withoutKnown(context, kind, [...wanted.values()], fresh);
  const before = rows.filter(({ segment }) => segment).length;
  const after = open.reduce((sum, { notes }) => sum + notes.length, 0);
  return { marked: open.filter(({ notes }) => notes.length > 0), there: before - after };
}

/** Rows whose assets were written a moment ago, with their values as they are now. */
async function refreshed(
  context: Context,
  { filled }: Columns,
  rows: readonly Row[],
  fresh: ReadonlySet<string>,
): Promise<Row[]> {
  const docs = [...new Map(rows.map(({ asset }) => [asset.id, asset])).values()].filter(({ id = '' }) => fresh.has(id));
  const changes = filled.map(({ field }): Change => ({ field, mode: 'append', values: [] }));
  const read = await Promise.all(
    batches(changes.length > 0 ? docs : [], FEW).map((some) => current(context, some, changes)),
  );
  const now = new Map(read.flat().map(({ id, old }) => [id, old]));
  return rows.map((row) => {
    const metadata = now.get(String(row.asset.id));
    return metadata ? { ...row, asset: { ...row.asset, metadata: { ...metadata } } } : row;
  });
}

/** Values by set: assets that get the same ones go together. */
function setsOf(rows: readonly Row[]): { readonly sets: SetPlan[]; readonly same: number } {
  const byAsset = new Map<string, { readonly asset: Doc; readonly changes: Map<string, Change> }>();
  for (const { asset, values } of rows)
    for (const { field, values: given } of values) {
      const own = byAsset.get(String(asset.id)) ?? { asset, changes: new Map<string, Change>() };
      const before = field.multi ? (own.changes.get(field.name)?.values ?? []) : [];
      const merged = [...new Set<Value>([...before, ...given])];
      own.changes.set(field.name, { field, mode: field.multi ? 'append' : 'overwrite', values: merged });
      byAsset.set(String(asset.id), own);
    }
  const sets = new Map<string, { readonly changes: Change[]; readonly items: Item[] }>();
  let same = 0;
  for (const { asset, changes } of byAsset.values()) {
    const { id = '', title = id, metadata } = asset;
    const open = [...changes.values()].filter((one) => !holds(one, valuesIn(metadata, one.field.name)));
    same += changes.size - open.length;
    if (open.length === 0) continue;
    const key = JSON.stringify(open.map(({ field, values }) => [field.view_id, field.name, values]));
    const set = sets.get(key) ?? { changes: open, items: [] };
    set.items.push({
      id,
      title,
      old: Object.fromEntries(open.map(({ field: { name } }) => [name, valuesIn(metadata, name)])),
    });
    sets.set(key, set);
  }
  return { sets: [...sets.values()], same };
}

/** `line 2 → "Title": 01:00:02;00 to 01:00:13;00 (2002 to 13013 ms) "Jordan Reyes" · Rating 2 → 4`. */
function rowLine({ line, asset, clip, segment, values }: Row): string {
  const at = (ms: number) => formatTimecode(ms, clip.clock);
  const place =
    segment?.start === undefined || segment.end === undefined
      ? ''
      : `${at(segment.start)} to ${at(segment.end)} (${segment.start} to ${segment.end} ms) "${segment.text}"`;
  const filled = values.map(({ field, values: given }) => {
    const old = valuesIn(asset.metadata, field.name);
    const shown = (list: readonly Value[]) => list.map((value) => toShown(field, value)).join(', ') || 'empty';
    return `${field.label} ${shown(old)} → ${field.multi ? '+ ' : ''}${shown(given)}`;
  });
  return `line ${line} → "${asset.title}": ${[place, ...filled].filter(Boolean).join(' · ')}`;
}

function timesSaid(rows: readonly Row[]): string[] {
  const count = (how: 'timecode' | 'elapsed') => rows.filter(({ readAs }) => readAs === how).length;
  const [timecode, elapsed] = [count('timecode'), count('elapsed')];
  return timecode + elapsed === 0
    ? []
    : [`Times: ${timecode} rows read as the clip's timecode, ${elapsed} as time from the first frame.`];
}
