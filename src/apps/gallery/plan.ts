import type { Bridge, ToolResult } from '../bridge.ts';
import { button, el } from '../elements.ts';
import { textOf } from '../page_data.ts';

/** The plan of an answer with yes and no; undefined for an answer that is none. Yes sends the confirm token, once. */
export function planOf(bridge: Bridge, { structuredContent = {} }: ToolResult): HTMLElement | undefined {
  const { status, summary, notes, confirm } = structuredContent;
  if (status !== 'preview' || typeof confirm !== 'string') return undefined;
  const message = el('p', { class: 'message', role: 'status' }, String(summary ?? ''));
  const buttons = el('div', { class: 'answer' });
  const say = (text: string): void => {
    message.textContent = text;
    buttons.remove();
  };
  const agree = async (): Promise<void> => {
    say('Working…');
    try {
      const result = await bridge.call('collect_assets', { confirm });
      say(textOf(result));
      await tell(bridge, `The person agreed on the page. collect_assets answered:\n${textWithin(result)}`);
    } catch (error) {
      say(error instanceof Error ? error.message : 'The host did not pass this on.');
    }
  };
  const decline = (): void => {
    say('Declined: nothing was changed.');
    void tell(bridge, 'The person declined the plan on the page. Nothing was changed.').catch(() => undefined);
  };
  buttons.append(
    button('Yes, go ahead', () => void agree(), { class: 'main' }),
    button('No', decline),
  );
  const lines = Array.isArray(notes) ? notes.map((note) => el('p', { class: 'facts' }, String(note))) : [];
  return el('section', { class: 'plan', 'aria-label': 'Plan' }, message, ...lines, buttons);
}

const tell = (bridge: Bridge, text: string): Promise<void> =>
  bridge.can.updateModelContext ? bridge.tellModel(text) : Promise.resolve();

/** As a model gets it, with the fence around what the library says. */
const textWithin = ({ content = [] }: ToolResult): string => content.map(({ text = '' }) => text).join('\n');
