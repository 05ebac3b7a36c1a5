import '../plan.css';
import './page.css';
import type { GalleryData } from '../../tools/page_data.ts';
import { type Bridge, connect, type ToolResult } from '../bridge.ts';
import { el } from '../elements.ts';
import { dataOf, textOf } from '../page_data.ts';
import { planIn, planView } from '../plan_view.ts';
import { dress } from '../theme.ts';
import { createChoice } from './choice.ts';
import { framesOf } from './frames.ts';
import { createGrid } from './grid.ts';
import { createPictures } from './pictures.ts';

/** The tool whose plans come with pictures. */
const COLLECT = 'collect_assets';

const page = document.querySelector('main') as HTMLElement;

/** Assets that are asked for at once where a find goes on; what find_assets gives at most. */
const NEXT_ASSETS = 100;

function show(result: ToolResult, bridge: Bridge): void {
  const assets = dataOf(result, 'assets');
  const frames = dataOf(result, 'frames');
  if (frames) page.replaceChildren(...framesOf(result, frames.lines));
  else if (assets && (assets.items.length > 0 || planIn(result, COLLECT))) showAssets(bridge, assets, result);
  else page.replaceChildren(el('p', { class: 'message', role: 'status' }, textOf(result)));
}

function showAssets(own: Bridge, data: GalleryData, result: ToolResult): void {
  const heading = el('h1', {}, titleOf(data));
  const choice = createChoice(own);
  let next = data.next;
  let isLoading = false;
  const more = async (): Promise<void> => {
    if (next === undefined || isLoading) return;
    isLoading = true;
    const cursor = next;
    try {
      const answer = dataOf(await own.call('find_assets', { cursor, limit: NEXT_ASSETS }), 'assets');
      next = answer?.next;
      if (answer) grid.add(answer.items);
    } catch {
      next = undefined;
    }
    isLoading = false;
  };
  const grid = createGrid({
    chosen: choice.is,
    atEnd: () => void more(),
    pictures: (root) => createPictures(own, root),
  });
  choice.clears(grid.clear);
  grid.add(data.items);
  const plan = planIn(result, COLLECT);
  page.replaceChildren(
    el('header', {}, heading, choice.element),
    // The pictures are the lines of the plan.
    ...(plan ? [planView(own, { ...plan, affected: [] })] : []),
    grid.element,
  );
}

const titleOf = ({ total, items }: GalleryData): string => {
  const noun = items.every(({ type }) => type === 'collection') && items.length > 0 ? 'collection' : 'asset';
  return `${total.toLocaleString('en')} ${noun}${total === 1 ? '' : 's'}`;
};

const say = (text: string): void => page.replaceChildren(el('p', { role: 'status' }, text));

await connect('gallery', {
  input: () => say('Loading…'),
  cancelled: () => say('This call was cancelled.'),
  result: show,
  context: dress,
});
