import './page.css';
import type { AssetData } from '../../tools/page_data.ts';
import { type Bridge, connect, type ToolResult } from '../bridge.ts';
import { el } from '../elements.ts';
import { dataOf, textOf } from '../page_data.ts';
import { dress } from '../theme.ts';
import { createPlayer } from './player.ts';

const page = document.querySelector('main') as HTMLElement;

const say = (text: string): void =>
  page.replaceChildren(el('p', { class: 'message', role: 'status', dir: 'auto' }, text));

async function show(result: ToolResult, bridge: Bridge): Promise<void> {
  const asset = dataOf(result, 'asset');
  if (!asset) return say(textOf(result));
  say('Loading…');
  try {
    await load(bridge, asset, textOf(result));
  } catch (error) {
    say(`${error instanceof Error ? error.message : 'The host did not pass this on.'}\n\n${textOf(result)}`);
  }
}

async function load(bridge: Bridge, { id, version }: AssetData, text: string): Promise<void> {
  const read = async () => {
    const answer = await bridge.call('load_player', { asset: id, ...(version && { version }) });
    return { data: dataOf(answer, 'player'), text: textOf(answer) };
  };
  const first = await read();
  if (!first.data) return say(`${first.text}\n\n${text}`);
  page.replaceChildren(...createPlayer(bridge, first.data, async () => (await read()).data));
}

await connect('player', { result: (result, bridge) => void show(result, bridge), context: dress });
