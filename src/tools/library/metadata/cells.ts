import { clean } from '../../../text/clean.ts';
import { withName } from '../../../text/compare.ts';
import { isBlank } from '../../../text/trim.ts';
import type { Field } from './fields.ts';
import { toShown, type Value } from './values.ts';

/** What a cell says to empty a field; an empty cell leaves it as it is. */
export const CLEAR = '(empty)';

/** Values as one cell: options by label; several are joined by `; `, in quotes where one has a sign that would split it. */
export function toCell(field: Field, values: readonly Value[]): string {
  const texts = values.map((value) => clean(textOf(field, value)));
  return field.multi ? texts.map(quotedPart).join('; ') : texts.join('; ');
}

/** The label of an option, unless another one has it, too. */
function textOf(field: Field, value: Value): string {
  const label = toShown(field, value);
  return withName(field.options, (one) => [one.label, one.value], label).length > 1 ? String(value) : label;
}

const quotedPart = (text: string): string =>
  /[;"\r\n]|^\s|\s$/.test(text) || text === '' || text === CLEAR ? `"${text.replaceAll('"', '""')}"` : text;

/** Whether two cells are one: spreadsheets change line breaks, and sheets are read without space at the ends. */
export const isSameCell = (one: string, other: string): boolean => cellKey(one) === cellKey(other);
const cellKey = (text: string): string => clean(text).replace(/\r\n?/g, '\n').trim();

/** The parts of a cell: `Lisbon; "a; b"` has two. Of a field of one value it is the cell itself. */
export function partsOf(field: Field, cell: string): string[] {
  if (!field.multi) return isBlank(cell) ? [] : [cell];
  const parts: string[] = [];
  for (let at = 0; at < cell.length; ) {
    const { text, end } = partAt(cell, at);
    if (text !== undefined) parts.push(text);
    at = end + 1;
  }
  return parts;
}

/** The part that begins at `at`, and where its separator is; in quotes, with two for one, it may hold any sign. */
function partAt(cell: string, at: number): { readonly text: string | undefined; readonly end: number } {
  const begin = at + (/^\s*/.exec(cell.slice(at, at + MAX_SPACE))?.[0].length ?? 0);
  if (cell[begin] === '"') {
    const close = closingQuote(cell, begin + 1);
    const end = nextSeparator(cell, close + 1);
    if (close > 0 && isBlank(cell.slice(close + 1, end)))
      return { text: cell.slice(begin + 1, close).replaceAll('""', '"'), end };
  }
  const end = nextSeparator(cell, at);
  const text = cell.slice(at, end).trim();
  return { text: text === '' ? undefined : text, end };
}

/** Spaces before a part that are passed over to look for its quote. */
const MAX_SPACE = 100;

function nextSeparator(cell: string, from: number): number {
  let at = from;
  while (at < cell.length && cell[at] !== ';' && cell[at] !== '\n') at += 1;
  return at;
}

/** The index of the quote that no other one follows; -1 where there is none. */
function closingQuote(cell: string, from: number): number {
  for (let at = cell.indexOf('"', from); at >= 0; at = cell.indexOf('"', at + 2)) if (cell[at + 1] !== '"') return at;
  return -1;
}
