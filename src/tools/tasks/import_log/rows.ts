import { MediaError } from '../../../media/errors.ts';
import type { SheetRow } from '../../../media/sheet.ts';
import { type Clip, parseTime } from '../../../media/time.ts';
import { ToolError } from '../../errors.ts';
import type { Field } from '../../library/metadata/fields.ts';
import { toStored, type Value } from '../../library/metadata/values.ts';
import type { Doc } from '../../library/search.ts';
import type { Note } from '../../library/segments/notes.ts';
import type { Columns, Filled } from './columns.ts';

/** A row that is understood. */
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

/** Reads the cells of a row against its asset: its times by the clip's clock, its values by their fields. */
export function readRow(columns: Columns, row: SheetRow, asset: Doc, clip: Clip): Row | Problem[] {
  const problems: Problem[] = [];
  const tried = <T>(header: string, read: () => T): T | undefined => {
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
    return column && cell !== '' ? tried(column.header, () => parseTime(cell, clip)) : undefined;
  };
  const [from, to] = [time(columns.in), time(columns.out)];
  if (problems.length === 0 && columns.out && to && !from) {
    problems.push(invalid(row, `column "${columns.in?.header}": it is empty, and there is an end.`));
  }
  if (columns.out && from && to && to.milliseconds < from.milliseconds) {
    const [start, end] = [columns.in?.cell(row), columns.out.cell(row)];
    problems.push(invalid(row, `column "${columns.out.header}": "${end}" lies before the start "${start}".`));
  }
  const values = columns.filled.flatMap((one) => {
    const cells = partsOf(one, row);
    const stored = cells.flatMap((cell) => tried(one.header, () => [toStored(one.field, cell)]) ?? []);
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

/** A cell of a field of several values may hold several: `;` and `|` part them, a comma where there are options. */
function partsOf({ field, cell }: Filled, row: SheetRow): string[] {
  const text = cell(row).trim();
  if (!field.multi) return text ? [text] : [];
  const isOption = field.options.some(({ label, value }) => [label, value].includes(text));
  const parting = field.options.length > 0 && !isOption ? /[;|,\n]/ : /[;|\n]/;
  return text
    .split(parting)
    .map((part) => part.trim())
    .filter(Boolean);
}

/** Rows that want different values in a field of one asset that holds one. */
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
    const words = `column "${header}": the rows of "${first?.asset.title}" want ${[...values].join(' and ')}, and an asset holds one. Make them one, or put the column into the text: columns {"text": ["${header}"]}.`;
    return own.map(({ line }): Problem => ({ line, kind: 'invalid', words }));
  });
}

/** Problems as lines, those of the same words together. */
export function problemLines(problems: readonly Problem[], most: number): string[] {
  const together = new Map<string, { readonly kind: string; readonly words: string; readonly lines: number[] }>();
  for (const { line, kind, words } of problems) {
    const key = `${kind} ${words}`;
    const known = together.get(key) ?? { kind, words, lines: [] };
    if (!known.lines.includes(line)) known.lines.push(line);
    together.set(key, known);
  }
  const lines = [...together.values()].map(({ kind, words, lines: at }) => {
    const shown = at.slice(0, 12).join(', ');
    const more = at.length > 12 ? ` and ${at.length - 12} more` : '';
    return `line${at.length > 1 ? 's' : ''} ${shown}${more}, ${kind}: ${words}`;
  });
  return lines.length > most ? [...lines.slice(0, most), `And ${lines.length - most} more of the kind.`] : lines;
}
