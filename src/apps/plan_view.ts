import type { PlanData } from '../tools/page_data.ts';
import type { Bridge, ToolResult } from './bridge.ts';
import { button, el } from './elements.ts';
import { dataOf, textOf } from './page_data.ts';
import { planTable } from './plan_table.ts';

/** Milliseconds before a plan takes a yes: the second click of two, meant for what was there before, agrees to nothing. */
const BEFORE_YES = 600;

export interface PlanEnd {
  /** How the call ended that carried the yes; undefined where the person declined. */
  readonly result?: ToolResult;
}

/**
 * A plan with yes and no. Yes sends the confirm token, which holds once; where the server answers with another plan,
 * because things have changed, that takes its place.
 */
export function planView(bridge: Bridge, plan: PlanData, ended: (end: PlanEnd) => void = () => undefined): HTMLElement {
  const section = el('section', { class: 'plan', 'aria-label': 'Plan' });
  const status = el('p', { role: 'status', class: 'message', dir: 'auto' });
  const finish = (text: string, end: PlanEnd): void => {
    status.textContent = text;
    section.replaceChildren(status);
    ended(end);
  };
  const agree = async (current: PlanData): Promise<void> => {
    const { tool, confirm } = current;
    status.textContent = 'Working…';
    try {
      const result = await bridge.call(tool, { confirm });
      const next = planIn(result, tool);
      if (next) return draw(next, firstLine(textOf(result)));
      finish(textOf(result), { result });
      await tell(bridge, `The person agreed to the plan on the page. ${tool} answered:\n${textWithin(result)}`);
    } catch (error) {
      // Another try does no harm: the token holds once.
      draw(current, error instanceof Error ? error.message : 'The host did not pass this on.');
    }
  };
  const decline = (tool: string): void => {
    finish('Declined: nothing was changed.', {});
    void tell(bridge, `The person declined the plan of ${tool} on the page. Nothing was changed.`);
  };
  const draw = (current: PlanData, why = ''): void => {
    status.textContent = why;
    const yes = button('Yes, go ahead', () => void press(), { class: 'main', disabled: true });
    const no = button('No', () => decline(current.tool));
    const press = async (): Promise<void> => {
      yes.disabled = true;
      no.disabled = true;
      await agree(current);
    };
    setTimeout(() => {
      yes.disabled = false;
    }, BEFORE_YES);
    section.replaceChildren(...contents(current), status, el('div', { class: 'answer' }, yes, no));
  };
  draw(plan);
  return section;
}

/** The plan of an answer of a tool: as it was handed to the page, or else as the answer itself has it. */
export function planIn(result: ToolResult, tool: string): PlanData | undefined {
  const { status, summary, affected, notes, confirm, expires_in_seconds: seconds } = result.structuredContent ?? {};
  const isPlan = status === 'preview' && typeof confirm === 'string';
  return (
    dataOf(result, 'plan') ??
    (isPlan
      ? {
          kind: 'plan',
          tool,
          summary: String(summary ?? ''),
          affected: linesOf(affected),
          more: 0,
          notes: linesOf(notes),
          confirm,
          expiresInSeconds: Number(seconds),
        }
      : undefined)
  );
}

const linesOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** The same words as in the text of the answer. */
function contents({ summary, affected, more, notes }: PlanData): HTMLElement[] {
  return [
    el('h1', { dir: 'auto' }, summary),
    ...(affected.length > 0 ? [planTable(affected)] : []),
    ...(more > 0 ? [el('p', { class: 'facts' }, `And ${more} more.`)] : []),
    ...notes.map((note) => el('p', { class: 'facts', dir: 'auto' }, note)),
  ];
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

const tell = async (bridge: Bridge, text: string): Promise<void> => {
  if (bridge.can.updateModelContext) await bridge.tellModel(text).catch(() => undefined);
};

/** As a model gets it, with the fence around what the library says. */
const textWithin = ({ content = [] }: ToolResult): string => content.map(({ text = '' }) => text).join('\n');
