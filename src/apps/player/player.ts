import { formatTimecode } from '../../media/timecode.ts';
import type { PlayerData, PlayerLine } from '../../tools/page_data.ts';
import type { Bridge } from '../bridge.ts';
import { button, el } from '../elements.ts';
import { createTimeline, lanesOf } from './lanes.ts';
import { createLines } from './lines.ts';
import { createNote } from './note.ts';
import { createPlayhead, type Playhead } from './playhead.ts';
import { createRange, type Range } from './range.ts';
import { createStage } from './stage.ts';

/** The player of an asset; `read` reads its notes again. */
export function createPlayer(
  bridge: Bridge,
  data: PlayerData,
  read: () => Promise<PlayerData | undefined>,
): HTMLElement[] {
  const clock = (ms: number): string => formatTimecode(ms, data.clock);
  const playhead = createPlayhead(data.duration ?? lastOf(data.lines, data.media !== undefined));
  const stage = createStage(bridge, data, playhead, clock);
  const jump = (line: PlayerLine): void => {
    playhead.jump(line.start ?? 0);
    stage.draw(line);
  };
  const lines = createLines(clock, jump);
  const lanes = el('div');
  const show = (all: readonly PlayerLine[]): void => {
    lines.show(all);
    lanes.replaceChildren(lanesOf(all, playhead, jump));
  };
  const written = async (): Promise<void> => {
    const fresh = await read().catch(() => undefined);
    if (fresh) show(fresh.lines);
  };
  const note = createNote(bridge, data, playhead, clock, () => void written());
  const range = createRange(bridge, data, playhead, clock, (next: Range) => note.rangeIs(next));
  playhead.watch((at, isPlaying) => {
    lines.follow(at);
    if (isPlaying) stage.draw(undefined);
  });
  show(data.lines);
  document.addEventListener('keydown', keysOf(playhead, range, frameOf(data)));
  return [
    headOf(data),
    ...stage.elements,
    controlsOf(playhead, clock, data.media?.type !== 'image' && data.media !== undefined),
    createTimeline(playhead, clock),
    lanes,
    range.element,
    ...(bridge.can.serverTools ? [note.element] : []),
    ...data.notes.map((text) => el('p', { class: 'facts', dir: 'auto' }, text)),
    ...lines.elements,
  ];
}

const headOf = ({ title, version }: PlayerData): HTMLElement =>
  el('header', {}, el('h1', { dir: 'auto' }, title), el('p', { class: 'facts' }, version));

/** The end of the last line, where neither the library nor the media say how long the asset is. */
const lastOf = (lines: readonly PlayerLine[], hasMedia: boolean): number =>
  hasMedia ? 0 : lines.reduce((last, { start = 0, end = start }) => Math.max(last, end), 0);

/** Milliseconds of a frame; 40 where the rate is not known. */
const frameOf = ({ clock }: PlayerData): number =>
  clock ? (1000 * clock.rate.denominator) / clock.rate.numerator : 40;

function controlsOf(playhead: Playhead, clock: (ms: number) => string, plays: boolean): HTMLElement {
  const time = el('output', { class: 'time', 'aria-label': 'Timecode' }, clock(0));
  const play = button('Play', () => playhead.toggle(), { class: 'main', 'aria-keyshortcuts': 'k' });
  playhead.watch((at, isPlaying) => {
    time.textContent = clock(at);
    play.textContent = isPlaying ? 'Pause' : 'Play';
  });
  return el('div', { class: 'controls' }, ...(plays ? [play] : []), time);
}

interface Marks {
  markIn(): void;
  markOut(): void;
  clear(): void;
}

/** i and o mark, k and space play, comma and point step by a frame, escape clears; not while somebody writes. */
function keysOf(playhead: Playhead, { markIn, markOut, clear }: Marks, frame: number): (event: KeyboardEvent) => void {
  const acts: Readonly<Record<string, () => void>> = {
    i: markIn,
    o: markOut,
    k: playhead.toggle,
    ' ': playhead.toggle,
    ',': () => playhead.jump(playhead.at() - frame),
    '.': () => playhead.jump(playhead.at() + frame),
    Escape: clear,
  };
  return (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('textarea, input, select')) return;
    if (event.key === ' ' && target.closest('button, [role=slider], ol')) return;
    const act = acts[event.key];
    if (!act) return;
    act();
    event.preventDefault();
  };
}
