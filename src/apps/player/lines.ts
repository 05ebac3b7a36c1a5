import type { PlayerLane, PlayerLine } from '../../tools/page_data.ts';
import { el } from '../elements.ts';
import { LANE_NAMES, LANES } from './lanes.ts';

interface Row {
  readonly line: PlayerLine;
  readonly item: HTMLLIElement;
  readonly element: HTMLElement;
}

/** Notes and transcript as a list in order of time; each line with a time jumps there. */
export function createLines(clock: (ms: number) => string, jump: (line: PlayerLine) => void) {
  const hidden = new Set<PlayerLane>();
  const list = el('ol', { class: 'list', tabindex: 0, 'aria-label': 'Notes and transcript' });
  const kinds = el('fieldset', { class: 'kinds' });
  let rows: readonly Row[] = [];
  let current: Row | undefined;
  const filter = (): void => {
    for (const { line, item } of rows) item.hidden = hidden.has(line.lane);
  };
  const box = (lane: PlayerLane, count: number): HTMLElement => {
    const input = el('input', { type: 'checkbox' });
    input.checked = !hidden.has(lane);
    input.addEventListener('change', () => {
      if (input.checked) hidden.delete(lane);
      else hidden.add(lane);
      filter();
    });
    return el('label', {}, input, ` ${LANE_NAMES[lane]} (${count})`);
  };
  return {
    elements: [kinds, list],
    show(lines: readonly PlayerLine[]): void {
      rows = byTime(lines).map((line) => rowOf(line, clock, jump));
      list.replaceChildren(...rows.map(({ item }) => item));
      const counts = LANES.map((lane) => [lane, lines.filter((line) => line.lane === lane).length] as const);
      const boxes = counts.filter(([, count]) => count > 0).map(([lane, count]) => box(lane, count));
      kinds.replaceChildren(el('legend', {}, 'Shown lines'), ...boxes);
      filter();
    },
    /** Marks the line that the position is in: the last that has begun. */
    follow(at: number): void {
      const found = rows.findLast(({ line }) => !line.isReply && line.start !== undefined && line.start <= at);
      if (found === current) return;
      current?.element.removeAttribute('aria-current');
      found?.element.setAttribute('aria-current', 'true');
      current = found;
    },
  };
}

/** By time, with replies under what they answer; what has no time comes last. */
function byTime(lines: readonly PlayerLine[]): PlayerLine[] {
  const threads: { readonly start: number; readonly lines: PlayerLine[] }[] = [];
  for (const line of lines) {
    const last = threads.at(-1);
    if (line.isReply && last) last.lines.push(line);
    else threads.push({ start: line.start ?? Number.MAX_SAFE_INTEGER, lines: [line] });
  }
  return threads.sort((a, b) => a.start - b.start).flatMap((thread) => thread.lines);
}

function rowOf(line: PlayerLine, clock: (ms: number) => string, jump: (line: PlayerLine) => void): Row {
  const { start, number, who, text, done, drawing, lane, isReply } = line;
  const facts = [
    isReply ? 'Reply' : start === undefined ? 'Whole asset' : clock(start),
    lane === 'TRANSCRIPT' ? undefined : `${KINDS[lane]}${number ? ` ${number}` : ''}`,
    done ? 'done' : undefined,
    drawing ? 'has drawing' : undefined,
  ];
  const contents = [
    el('span', { class: 'facts' }, facts.filter((one) => one !== undefined).join(' · ')),
    ' ',
    ...(who ? [el('bdi', { class: 'who' }, who), ' '] : []),
    el('span', { class: 'text', dir: 'auto' }, text),
  ];
  const classes = `line ${lane.toLowerCase()}${isReply ? ' reply' : ''}`;
  const element =
    start === undefined
      ? el('div', { class: classes }, ...contents)
      : el('button', { class: classes, type: 'button' }, ...contents);
  if (start !== undefined) element.addEventListener('click', () => jump(line));
  return { line, element, item: el('li', {}, element) };
}

const KINDS: Readonly<Record<Exclude<PlayerLane, 'TRANSCRIPT'>, string>> = {
  COMMENT: 'Comment',
  MARKER: 'Marker',
  TAG: 'Tag',
  GENERIC: 'Note',
  QC: 'QC note',
};
