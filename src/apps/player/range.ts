import type { PlayerData } from '../../tools/page_data.ts';
import type { Bridge } from '../bridge.ts';
import { button, el } from '../elements.ts';
import type { Playhead } from './playhead.ts';

/** Milliseconds after the last change until it goes to the model. */
const SETTLED = 250;

export interface Range {
  readonly start?: number;
  readonly end?: number;
}

/** What is marked from in to out; the model gets each change with the next message of the person. */
export function createRange(
  bridge: Bridge,
  data: PlayerData,
  playhead: Playhead,
  clock: (ms: number) => string,
  changed: (range: Range) => void,
) {
  let range: Range = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const status = el('p', { role: 'status', class: 'facts' }, NONE);
  const clear = button('Clear range', () => set({}), { hidden: true });
  const tell = async (): Promise<void> => {
    const own = range;
    const message = messageOf(data, own, clock);
    try {
      await bridge.tellModel(message.text, message.structured);
      if (own === range)
        status.textContent = `${labelOf(own, clock)}${isEmpty(own) ? '' : ': ready for your next message'}`;
    } catch {
      if (own === range) status.textContent = `${labelOf(own, clock)}: this could not be handed to the chat`;
    }
  };
  const set = (next: Range): void => {
    range = next;
    clear.hidden = isEmpty(next);
    status.textContent = labelOf(next, clock);
    changed(next);
    clearTimeout(timer);
    if (bridge.can.updateModelContext) timer = setTimeout(() => void tell(), SETTLED);
  };
  const markIn = (): void => {
    const start = playhead.at();
    set({ start, ...(range.end !== undefined && range.end > start && { end: range.end }) });
  };
  const markOut = (): void => {
    const end = playhead.at();
    set({ end, ...(range.start !== undefined && range.start < end && { start: range.start }) });
  };
  const buttons = [
    button('Mark in (I)', markIn, { 'aria-keyshortcuts': 'i' }),
    button('Mark out (O)', markOut, { 'aria-keyshortcuts': 'o' }),
    clear,
  ];
  return { element: el('div', { class: 'range' }, ...buttons, status), markIn, markOut, clear: () => set({}) };
}

const NONE = 'No range is marked';
const isEmpty = ({ start, end }: Range): boolean => start === undefined && end === undefined;

function labelOf({ start, end }: Range, clock: (ms: number) => string): string {
  if (start === undefined) return end === undefined ? NONE : `Out ${clock(end)}`;
  return end === undefined ? `In ${clock(start)}` : `${clock(start)}-${clock(end)}`;
}

/** Ids and times alone: titles are the library's words. */
function messageOf({ id, versionId }: PlayerData, range: Range, clock: (ms: number) => string) {
  const place = (ms: number) => ({ timecode: clock(ms), milliseconds: ms });
  const { start, end } = range;
  const asset = `asset ${id}${versionId ? `, version ${versionId}` : ''}`;
  return {
    text: isEmpty(range)
      ? `No range is marked in the player (${asset}).`
      : `The person marked in the player ${labelOf(range, clock)} of ${asset} (milliseconds from the first frame: ${start ?? 'no in'} to ${end ?? 'no out'}).`,
    structured: {
      asset: id,
      ...(versionId && { version: versionId }),
      ...(start !== undefined && { in: place(start) }),
      ...(end !== undefined && { out: place(end) }),
    },
  };
}
