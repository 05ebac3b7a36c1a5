import '../plan.css';
import { type Bridge, connect, type ToolResult } from '../bridge.ts';
import { el } from '../elements.ts';
import { dataOf, textOf } from '../page_data.ts';
import { planView } from '../plan_view.ts';
import { dress } from '../theme.ts';

const page = document.querySelector('main') as HTMLElement;

/** The plan of the answer; what needed none is shown as its text. */
function show(result: ToolResult, bridge: Bridge): void {
  const plan = dataOf(result, 'plan');
  page.replaceChildren(
    plan ? planView(bridge, plan) : el('p', { class: 'message', role: 'status', dir: 'auto' }, textOf(result)),
  );
}

await connect('plan', { result: show, context: dress });
