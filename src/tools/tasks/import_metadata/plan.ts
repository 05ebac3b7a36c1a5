import { MediaError } from '../../../media/errors.ts';
import { readSheet, type SheetRow } from '../../../media/sheet.ts';
import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { CLEAR, isSameCell, toCell } from '../../library/metadata/cells.ts';
import { type Change, type Changed, currentItems, holds, type Item } from '../../library/metadata/change.ts';
import { type Problem, problemLines } from '../../library/metadata/line_problems.ts';
import { readReference } from '../../library/names.ts';
import { byCollection, COLLECTIONS } from '../../library/plans/by_collection.ts';
import { toldApart } from '../../library/plans/titles.ts';
import { ACTIVE, all } from '../../library/search.ts';
import type { Context } from '../../types.ts';
import { type Column, type Columns, habitsOf, knownHeaders, readColumns, valuesOf } from './columns.ts';

const MAX_ROWS = 5_000;
const MAX_PROBLEM_LINES = 30;

export interface SheetPlan {
  readonly rows: number;
  readonly changed: readonly Changed[];
  /** Values that are as the sheet has them. */
  readonly unchanged: number;
  /** Values whose cell is empty. */
  readonly kept: number;
  /** Rows, cells and columns that are not written, with the reason. */
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/** Compares a sheet with what its assets hold; writes nothing. Throws `ToolError` and `MediaError` for no sheet. */
export async function planSheet(context: Context, csv: string): Promise<SheetPlan> {
  const sheet = readSheet(csv, { knownHeaders, maxRows: MAX_ROWS });
  if (sheet.rows.length === 0) throw new ToolError('csv: there is a header line, but no row below it.');
  const columns = await readColumns(context, sheet);
  const { named, problems } = namedRows(sheet.rows, columns);
  const { docs, items } = await itemsOf(context, [...named.keys()], columns.fields);
  for (const [id, { line }] of named)
    if (!items.has(id))
      problems.push({ line, kind: 'unknown', words: `search knows no asset ${id}: it is deleted, or very new.` });
  const held = [...items].flatMap(([id, item]) => {
    const row = named.get(id);
    return row ? [{ row, item, old: item.old }] : [];
  });
  const readings = columns.fields.map((one) => ({ ...one, habits: habitsOf(one, held) }));
  const compared = held.map(({ row, item }) => ({ item, row, ...compareRow(row, item, readings) }));
  problems.push(...compared.flatMap((one) => one.problems));
  const renamed = compared.filter(({ row, item }) => {
    const title = columns.title(row);
    return title !== '' && !isSameCell(title, item.title);
  }).length;
  const partial = compared.filter((one) => one.problems.length > 0 && one.changes.length > 0).length;
  const sum = (key: 'unchanged' | 'kept') => compared.reduce((total, one) => total + one[key], 0);
  const changed = compared.flatMap(({ item, changes }) => (changes.length > 0 ? [{ ...item, changes }] : []));
  return {
    rows: sheet.rows.length,
    changed,
    unchanged: sum('unchanged'),
    kept: sum('kept'),
    problems: [
      ...columns.left,
      ...problemLines(
        problems.toSorted((a, b) => a.line - b.line),
        MAX_PROBLEM_LINES,
      ),
    ],
    notes: [
      ...(partial > 0 ? [`Of ${plural(partial, 'line')} with refused cells the other cells are written.`] : []),
      ...(renamed > 0
        ? [`Titles are not changed, and differ in ${plural(renamed, 'line')}: edit_assets renames.`]
        : []),
      ...(await byCollection(context, docs, changed)),
    ],
  };
}

/** The rows by the id of their asset; those without one, or with that of another row, are problems. */
function namedRows(rows: readonly SheetRow[], { id }: Columns) {
  const problems: Problem[] = [];
  const named = new Map<string, SheetRow>();
  const twice = new Set<string>();
  for (const row of rows) {
    const reference = readReference(id(row));
    if (reference.by !== 'id' || (reference.kind && reference.kind !== 'assets')) {
      problems.push({ line: row.line, kind: 'unknown', words: `${inQuotes(id(row))} is not the id of an asset.` });
      continue;
    }
    const first = named.get(reference.id);
    if (first) {
      twice.add(reference.id);
      problems.push({ line: row.line, kind: 'ambiguous', words: `line ${first.line} is about the same asset.` });
    } else named.set(reference.id, row);
  }
  for (const one of twice) {
    const line = named.get(one)?.line ?? 0;
    problems.push({ line, kind: 'ambiguous', words: 'another line is about the same asset.' });
    named.delete(one);
  }
  return { named, problems };
}

/** The assets with what they hold in these fields, by id. */
async function itemsOf(context: Context, ids: readonly string[], columns: readonly Column[]) {
  if (ids.length === 0) return { docs: [], items: new Map<string, Item>() };
  const terms = [ACTIVE, { name: 'id', value_in: ids }];
  const fields = columns.map(({ field }) => `metadata.${field.name}`);
  const docs = await all(context, { doc_types: ['assets'], terms }, [
    'title',
    'date_created',
    'permissions',
    COLLECTIONS,
    ...fields,
  ]);
  const reading = columns.map(({ field }): Change => ({ field, mode: 'append', values: [] }));
  const items = await currentItems(context, toldApart(docs), reading);
  return { docs, items: new Map(items.map((item) => [item.id, item])) };
}

interface Reading extends Column {
  readonly habits: ReturnType<typeof habitsOf>;
}

function compareRow(row: SheetRow, { old }: Item, columns: readonly Reading[]) {
  const changes: Change[] = [];
  const problems: Problem[] = [];
  let unchanged = 0;
  let kept = 0;
  for (const column of columns) {
    const { header, field, cell } = column;
    const now = old[field.name] ?? [];
    const text = cell(row);
    if (text === '') kept += now.length > 0 ? 1 : 0;
    else if (isSameCell(text, toCell(field, now))) unchanged += 1;
    else
      try {
        const change: Change = { field, mode: 'overwrite', values: wanted(column, text, now) };
        if (holds(change, now)) unchanged += 1;
        else {
          requireWritable(change);
          changes.push(change);
        }
      } catch (error) {
        if (!(error instanceof ToolError || error instanceof MediaError)) throw error;
        problems.push({ line: row.line, kind: 'invalid', words: `column ${inQuotes(header)}: ${error.message}` });
      }
  }
  return { changes, problems, unchanged, kept };
}

const wanted = ({ field, habits }: Reading, text: string, now: Change['values']): Change['values'] =>
  text === CLEAR ? [] : [...new Set(valuesOf(field, text, now, habits))];

function requireWritable({ field, values }: Change): void {
  if (field.read_only) throw new ToolError(`${field.label} is read-only in the view ${field.view}.`);
  if (field.required && values.length === 0) throw new ToolError(`${field.label} is required: it can't be emptied.`);
}
