import type { GalleryItem } from '../../tools/page_data.ts';
import { el } from '../elements.ts';
import type { Pictures } from './pictures.ts';

export interface GridOptions {
  /** Hears of each change of what is chosen, in the order of the grid. */
  chosen(items: readonly GalleryItem[]): void;
  /** The person comes near the end of what is there. */
  atEnd(): void;
  pictures(scroller: HTMLElement): Pictures;
}

interface Cell {
  readonly item: GalleryItem;
  readonly element: HTMLElement;
}

/** Cells before the end at which more are asked for. */
const NEAR_END = 40;

/** A list box of pictures: arrows move, space chooses one more, enter this one alone, escape none. */
export function createGrid(options: GridOptions) {
  const element = el('div', {
    class: 'grid',
    role: 'listbox',
    'aria-multiselectable': 'true',
    'aria-label': 'Results',
  });
  const pictures = options.pictures(element);
  const cells: Cell[] = [];
  const marks = createMarks(cells, options.chosen);
  let current = 0;
  const move = (to: number): void => {
    const [from, next] = [cells[current], cells[Math.min(Math.max(to, 0), cells.length - 1)]];
    if (!from || !next) return;
    from.element.tabIndex = -1;
    next.element.tabIndex = 0;
    current = cells.indexOf(next);
    if (current > cells.length - NEAR_END) options.atEnd();
  };
  element.addEventListener('keydown', keysOf({ element, cells, at: () => current, move, ...marks }));
  element.addEventListener('scroll', () => {
    if (element.scrollTop + 3 * element.clientHeight > element.scrollHeight) options.atEnd();
  });
  const add = (items: readonly GalleryItem[]): void => {
    const made = items.map((item, index): Cell => ({ item, element: cellOf(item, cells.length + index === 0) }));
    cells.push(...made);
    element.append(...made.map((cell) => cell.element));
    for (const cell of made) {
      cell.element.addEventListener('click', () => {
        move(cells.indexOf(cell));
        cell.element.focus({ preventScroll: true });
        marks.toggle(cell);
      });
      pictures.watch(cell.element, cell.item);
    }
  };
  return { element, add, clear: marks.clear };
}

/** Which cells are chosen. */
function createMarks(cells: readonly Cell[], tell: GridOptions['chosen']) {
  const chosen = new Set<Cell>();
  const changed = (): void => {
    for (const cell of cells) {
      const now = String(chosen.has(cell));
      if (cell.element.getAttribute('aria-selected') !== now) cell.element.setAttribute('aria-selected', now);
    }
    tell(cells.filter((cell) => chosen.has(cell)).map(({ item }) => item));
  };
  return {
    toggle(cell: Cell): void {
      if (!chosen.delete(cell)) chosen.add(cell);
      changed();
    },
    only(cell: Cell): void {
      chosen.clear();
      chosen.add(cell);
      changed();
    },
    clear(): void {
      chosen.clear();
      changed();
    },
  };
}

interface Keys {
  readonly element: HTMLElement;
  readonly cells: readonly Cell[];
  at(): number;
  move(to: number): void;
  toggle(cell: Cell): void;
  only(cell: Cell): void;
  clear(): void;
}

function keysOf({ element, cells, at, move, toggle, only, clear }: Keys): (event: KeyboardEvent) => void {
  const columns = (): number => getComputedStyle(element).gridTemplateColumns.split(' ').length;
  const steps: Readonly<Record<string, () => number>> = {
    ArrowRight: () => 1,
    ArrowLeft: () => -1,
    ArrowDown: columns,
    ArrowUp: () => -columns(),
    Home: () => -cells.length,
    End: () => cells.length,
  };
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = cells[at()];
    const step = steps[event.key];
    if (step) {
      move(at() + step());
      cells[at()]?.element.focus();
    } else if (event.key === ' ' && cell) toggle(cell);
    else if (event.key === 'Enter' && cell) only(cell);
    else if (event.key === 'Escape') clear();
    else return;
    event.preventDefault();
  };
}

/** A picture with what a person wants to know below it. The name of the option is its text. */
function cellOf({ title, type, duration, states }: GalleryItem, isFirst: boolean): HTMLElement {
  const facts = [type, duration, ...states].filter((one) => one !== undefined);
  return el(
    'div',
    { role: 'option', 'aria-selected': 'false', class: 'cell', tabindex: isFirst ? 0 : -1, title },
    el('div', { class: 'picture', 'aria-hidden': 'true' }),
    el('bdi', { class: 'title' }, title),
    el('span', { class: 'facts' }, facts.join(' · ')),
  );
}
