import type { PlayerLane, PlayerLine } from '../../tools/page_data.ts';
import { el } from '../elements.ts';
import type { Playhead } from './playhead.ts';

export const LANE_NAMES: Readonly<Record<PlayerLane, string>> = {
  MARKER: 'Markers',
  COMMENT: 'Comments',
  TAG: 'Tags',
  GENERIC: 'Generic notes',
  QC: 'QC notes',
  TRANSCRIPT: 'Transcript',
};

export const LANES = Object.keys(LANE_NAMES) as PlayerLane[];

/** Seconds of a step with an arrow, and of a page. */
const [STEP, LEAP] = [1_000, 10_000];

/** The line of time: a slider for keys and screen readers. */
export function createTimeline(playhead: Playhead, clock: (ms: number) => string) {
  const done = el('div', { class: 'done' });
  const slider = el(
    'div',
    { class: 'timeline', role: 'slider', tabindex: 0, 'aria-label': 'Position', 'aria-valuemin': 0 },
    done,
  );
  const place = ({ clientX }: PointerEvent): void => {
    const { left, width } = slider.getBoundingClientRect();
    playhead.jump(((clientX - left) / width) * playhead.duration());
  };
  slider.addEventListener('pointerdown', (event) => {
    slider.setPointerCapture(event.pointerId);
    place(event);
  });
  slider.addEventListener('pointermove', (event) => {
    if (slider.hasPointerCapture(event.pointerId)) place(event);
  });
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -STEP,
    ArrowDown: -STEP,
    ArrowRight: STEP,
    ArrowUp: STEP,
    PageDown: -LEAP,
    PageUp: LEAP,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  slider.addEventListener('keydown', (event) => {
    const step = steps[event.key];
    if (step === undefined) return;
    playhead.jump(Math.min(playhead.at() + step, playhead.duration()));
    event.preventDefault();
  });
  const show = (at: number): void => {
    done.style.width = `${partOf(at, playhead.duration())}%`;
    slider.setAttribute('aria-valuemax', String(Math.round(playhead.duration() / 1000)));
    slider.setAttribute('aria-valuenow', String(Math.round(at / 1000)));
    slider.setAttribute('aria-valuetext', clock(at));
  };
  playhead.watch(show);
  show(0);
  return slider;
}

/** A strip for each kind of line, for the eye and the mouse; the list below says the same. */
export function lanesOf(lines: readonly PlayerLine[], playhead: Playhead, jump: (line: PlayerLine) => void) {
  const kinds = LANES.filter((lane) => lines.some((line) => line.lane === lane && line.start !== undefined));
  return el('div', { class: 'lanes', 'aria-hidden': 'true' }, ...kinds.map((lane) => strip(lane)));

  function strip(lane: PlayerLane): HTMLElement {
    const own = lines.filter((line) => line.lane === lane && line.start !== undefined && !line.isReply);
    const marks = new Map(own.map((line) => [markOf(line, playhead.duration()), line]));
    const bar = el('div', { class: `strip ${lane.toLowerCase()}` }, ...marks.keys());
    bar.addEventListener('click', (event) => {
      const line = marks.get(event.target as HTMLDivElement);
      const { left, width } = bar.getBoundingClientRect();
      if (line) jump(line);
      else playhead.jump(((event.clientX - left) / width) * playhead.duration());
    });
    return el('div', { class: 'lane' }, el('span', { class: 'facts' }, LANE_NAMES[lane]), bar);
  }
}

function markOf({ start = 0, end = start, text, done }: PlayerLine, duration: number): HTMLDivElement {
  const mark = el('div', { class: done ? 'mark ticked' : 'mark', title: text.slice(0, 200) });
  mark.style.left = `${partOf(start, duration)}%`;
  mark.style.width = `${partOf(end - start, duration)}%`;
  return mark;
}

/** Percent. */
const partOf = (ms: number, duration: number): number =>
  duration > 0 ? Math.min(100, Math.max(0, (100 * ms) / duration)) : 0;
