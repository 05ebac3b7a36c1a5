import { MediaError } from '../../../media/errors.ts';
import type { SheetRow } from '../../../media/sheet.ts';
import { type Clip, parseTime } from '../../../media/time.ts';
import { ToolError } from '../../errors.ts';
import type { Field } from '../../library/metadata/fields.ts';
import { toStored, type Value } from '../../library/metadata/values.ts';
import type { Doc } from '../../library/search.ts';
import type { Note } from '../../library/segments/notes.ts';
import type { Columns, Filled } from './columns.ts';

/** A valid row. */
export interface Row {
  readonly line: number;
  readonly asset: Doc;
  readonly clip: Clip;
  readonly segment?: Note;
  readonly readAs?: 'timecode' | 'elapsed';
  readonly values: readonly { readonly header: string; readonly field: Field; readonly values: readonly Value[] }[];
}

export interface Problem {
  readonly line: number;
  readonly kind: 'ambiguous' | 'unknown' | 'invalid';
  readonly words: string;
}

/** Parses the cells of a row: times by the asset's clock, values by their fields. */
export function readRow(columns: Columns, row: SheetRow, asset: Doc, clip: Clip): Row | Problem[] {
  const problems: Problem[] = [];
  const attempt = <T>(header: string, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ToolError || error instanceof MediaError)) throw error;
      problems.push({ line: row.line, kind: 'invalid', words: `column "${header}": ${error.message}` });
      return undefined;
    }
  };
  const time = (column: Columns['in']) => {
    const cell = column?.cell(row) ?? '';
    return column && cell !== '' ? attempt(column.header, () => parseTime(cell, clip)) : undefined;
  };
  const [from, to] = [time(columns.in), time(columns.out)];
  if (problems.length === 0 && columns.out && to && !from) {
    problems.push(invalid(row, `column "${columns.in?.header}" is empty, but there is an end.`));
  }
  if (columns.out && from && to && to.milliseconds < from.milliseconds) {
    const [start, end] = [columns.in?.cell(row), columns.out.cell(row)];
    problems.push(invalid(row, `column "${columns.out.header}": "${end}" is before the start "${start}".`));
  }
  const values = columns.filled.flatMap((one) => {
    const cells = partsOf(one, row);
    const stored = cells.flatMap((cell) => attempt(one.header, () => [toStored(one.field, cell)]) ?? []);
    return cells.length > 0 ? [{ header: one.header, field: one.field, values: stored }] : [];
  });
  if (problems.length > 0) return problems;
  const text = columns.text
    .map((cell) => cell(row))
    .filter(Boolean)
    .join(' · ');
  const segment = from && { start: from.milliseconds, end: (to ?? from).milliseconds, text };
  return { line: row.line, asset, clip, ...(segment && { segment, readAs: from.readAs }), values };
}

const invalid = ({ line }: SheetRow, words: string): Problem => ({ line, kind: 'invalid', words });

/** Splits the cell of a field that holds several values at `;` and `|`, and at commas if the field has options. */
function partsOf({ field, cell }: Filled, row: SheetRow): string[] {
  const text = cell(row).trim();
  if (!field.multi) return text ? [text] : [];
  const isOption = field.options.some(({ label, value }) => [label, value].includes(text));
  const separator = field.options.length > 0 && !isOption ? /[;|,\n]/ : /[;|\n]/;
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);
}

/** Rows that give one asset different values for a field that holds one. */
export function conflictsIn(rows: readonly Row[]): Problem[] {
  const wanted = new Map<string, { readonly rows: Row[]; readonly values: Set<string>; readonly header: string }>();
  for (const row of rows)
    for (const { header, field, values } of row.values) {
      if (field.multi) continue;
      const key = `${row.asset.id} ${field.name}`;
      const known = wanted.get(key) ?? { rows: [], values: new Set<string>(), header };
      known.rows.push(row);
      for (const value of values) known.values.add(String(value));
      wanted.set(key, known);
    }
  return [...wanted.values()].flatMap(({ rows: own, values, header }) => {
    if (values.size < 2) return [];
    const [first] = own;
    const words = `column "${header}": the rows of "${first?.asset.title}" want ${[...values].join(' and ')}, but the field holds one value. Give one value, or put the column in the text: columns {"text": ["${header}"]}.`;
    return own.map(({ line }): Problem => ({ line, kind: 'invalid', words }));
  });
}

/** Line numbers named for one problem. */
const MAX_LINE_NUMBERS = 12;

/** Problems as lines; rows with the same problem share one. */
export function problemLines(problems: readonly Problem[], max: number): string[] {
  const grouped = new Map<string, { readonly kind: string; readonly words: string; readonly lines: number[] }>();
  for (const { line, kind, words } of problems) {
    const key = `${kind} ${words}`;
    const known = grouped.get(key) ?? { kind, words, lines: [] };
    if (!known.lines.includes(line)) known.lines.push(line);
    grouped.set(key, known);
  }
  const lines = [...grouped.values()].map(({ kind, words, lines: at }) => {
    const shown = at.slice(0, MAX_LINE_NUMBERS).join(', ');
    const more = at.length > MAX_LINE_NUMBERS ? ` and ${at.length - MAX_LINE_NUMBERS} more` : '';
    return `line${at.length > 1 ? 's' : ''} ${shown}${more}, ${kind}: ${words}`;
  });
  return lines.length > max ? [...lines.slice(0, max), `And ${lines.length - max} more problems.`] : lines;
}
