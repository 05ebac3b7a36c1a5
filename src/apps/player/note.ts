import type { PlayerData } from '../../tools/page_data.ts';
import type { Bridge } from '../bridge.ts';
import { button, el } from '../elements.ts';
import { dataOf, textOf } from '../page_data.ts';
import { planView } from '../plan_view.ts';
import type { Playhead } from './playhead.ts';
import type { Range } from './range.ts';

/** A form for a note at the position or on the marked range. It goes through `annotate_asset`, with its plan if there is one. */
export function createNote(
  bridge: Bridge,
  data: PlayerData,
  playhead: Playhead,
  clock: (ms: number) => string,
  written: () => void,
) {
  let range: Range = {};
  const text = el('textarea', { rows: 2, 'aria-label': 'Text of the note', placeholder: 'Write a note' });
  const kind = el(
    'select',
    { 'aria-label': 'Kind' },
    el('option', { value: 'COMMENT' }, 'Comment'),
    el('option', { value: 'MARKER' }, 'Marker'),
  );
  const answer = el('div', { class: 'answered' });
  const status = el('p', { role: 'status', class: 'message facts', dir: 'auto' });
  const add = button('Add', () => void send());
  const label = (): void => {
    const [from, to] = place();
    add.textContent = to === undefined ? `Add at ${clock(from)}` : `Add to ${clock(from)}-${clock(to)}`;
  };
  const place = (): [number, number?] => {
    const { start, end } = range;
    return start !== undefined && end !== undefined ? [start, end] : [start ?? playhead.at()];
  };
  const send = async (): Promise<void> => {
    const words = text.value.trim();
    if (!words) return text.focus();
    add.disabled = true;
    status.textContent = 'Working…';
    try {
      const result = await bridge.call('annotate_asset', argumentsOf(data, kind.value, place(), words));
      const plan = dataOf(result, 'plan');
      status.textContent = plan ? '' : result.isError ? textOf(result) : 'Added.';
      const end = ({ result: done }: { result?: { isError?: boolean } }): void => {
        if (done && !done.isError) written();
      };
      answer.replaceChildren(...(plan ? [planView(bridge, plan, end)] : []));
      if (!result.isError) text.value = '';
      if (!result.isError && !plan) written();
    } catch (error) {
      status.textContent = error instanceof Error ? error.message : 'The host did not pass this on.';
    }
    add.disabled = false;
  };
  playhead.watch(label);
  label();
  return {
    element: el('div', { class: 'note', role: 'group', 'aria-label': 'New note' }, text, kind, add, status, answer),
    rangeIs(next: Range): void {
      range = next;
      label();
    },
  };
}

const argumentsOf = ({ id, versionId }: PlayerData, kind: string, [from, to]: [number, number?], text: string) => ({
  asset: id,
  ...(versionId && { version: versionId }),
  kind,
  items: [to === undefined ? `${from}ms` : `${from}ms-${to}ms`],
  text,
});
