import './plan.css';
import type { PlanData } from '../tools/page_data.ts';
import { el } from './elements.ts';

type Line = PlanData['affected'][number];

/** Lines from which on a filter helps. */
const MANY = 8;

/** The lines of a plan as a table; old and new values have columns of their own where a line has them. */
export function planTable(lines: readonly Line[]): HTMLElement {
  const columns = columnsOf(lines);
  const rows = lines.map((line) => ({ text: textOf(line).toLowerCase(), element: rowOf(line, columns) }));
  const head = el('tr', {}, ...columns.map((name) => el('th', { scope: 'col' }, nameOf(name))));
  const table = el(
    'table',
    {},
    el('caption', {}, `What changes: ${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`),
    el('thead', {}, head),
    el('tbody', {}, ...rows.map(({ element }) => element)),
  );
  const scroller = el('div', { class: 'lines', tabindex: 0, role: 'region', 'aria-label': 'What changes' }, table);
  if (lines.length < MANY) return scroller;
  const count = el('span', { role: 'status', class: 'facts' });
  const filter = el('input', { type: 'search', 'aria-label': 'Filter the lines', placeholder: 'Filter' });
  filter.addEventListener('input', () => {
    const words = filter.value.toLowerCase().split(/\s+/);
    for (const { text, element } of rows) element.hidden = !words.every((word) => text.includes(word));
    const shown = rows.filter(({ element }) => !element.hidden).length;
    count.textContent = filter.value.trim() ? `${shown} of ${rows.length} shown; yes means all` : '';
  });
  return el('div', { class: 'filtered' }, el('div', { class: 'filter' }, filter, count), scroller);
}

const WHAT = 'what';

/** Objects have a column a key; the parts of a line around its arrow are what is there now and what comes. */
function columnsOf(lines: readonly Line[]): readonly string[] {
  const keys = new Set(lines.flatMap((line) => (typeof line === 'string' ? [] : Object.keys(line))));
  const texts = lines.filter((line) => typeof line === 'string');
  if (texts.length === 0) return [...keys];
  return [WHAT, ...keys];
}

const nameOf = (column: string): string => (column === WHAT ? 'What' : column.replaceAll('_', ' '));

function rowOf(line: Line, columns: readonly string[]): HTMLTableRowElement {
  const cells = typeof line === 'string' ? { [WHAT]: line } : line;
  const made = columns.map((column) => {
    const value = (cells as Readonly<Record<string, unknown>>)[column];
    return el('td', { dir: 'auto' }, ...cellOf(value));
  });
  return el('tr', {}, ...made);
}

const ARROW = ' → ';

/** What goes is struck out for the eye, with the arrow for whoever hears it. */
function cellOf(value: unknown): (Node | string)[] {
  const text = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const [old, ...rest] = text.split(ARROW);
  if (rest.length !== 1) return [text];
  return [el('span', { class: 'old' }, old ?? ''), ARROW, el('span', { class: 'new' }, rest[0] ?? '')];
}

const textOf = (line: Line): string => (typeof line === 'string' ? line : JSON.stringify(line));
