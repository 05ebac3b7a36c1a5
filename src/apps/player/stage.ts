import type { PlayerData, PlayerLine, PlayerMedia } from '../../tools/page_data.ts';
import type { Bridge } from '../bridge.ts';
import { button, el } from '../elements.ts';
import { dataOf, textOf } from '../page_data.ts';
import { drawingOf } from './drawing.ts';
import type { Playhead } from './playhead.ts';

/** Milliseconds by which media may be shorter than the asset without a word about it. */
const SHORTER = 1_000;

/** The picture, with the drawing of a comment on it, or why there is none. */
export function createStage(bridge: Bridge, data: PlayerData, playhead: Playhead, clock: (ms: number) => string) {
  const message = el('p', { class: 'facts', role: 'status' });
  const frame = el('div', { class: 'stage' });
  const overlay = el('div', { class: 'overlay' });
  const { media } = data;
  if (media) {
    const element = elementFor(media);
    frame.append(element, overlay);
    if (element instanceof HTMLMediaElement) playhead.follow(element);
    const shorter = (): void => {
      const seconds = element instanceof HTMLMediaElement ? element.duration : Number.NaN;
      if (seconds * 1000 + SHORTER < (data.duration ?? 0))
        message.textContent = `The proxy ends at ${clock(seconds * 1000)}; the asset goes on to ${clock(data.duration ?? 0)}.`;
    };
    element.addEventListener('loadedmetadata', shorter);
    load(bridge, data, media, element, (...contents) => message.replaceChildren(...contents));
  } else {
    frame.classList.add('empty');
    frame.append(overlay);
    message.textContent = 'There is no proxy to play. Notes and transcript can be read all the same.';
  }
  return {
    elements: [frame, message],
    /** Shows the drawing of a comment; none for any other line. */
    draw(line: PlayerLine | undefined): void {
      const { drawing = [], number } = line ?? {};
      overlay.replaceChildren(...(drawing.length > 0 ? [drawingOf(drawing, media, number)] : []));
      frame.classList.toggle('drawn', drawing.length > 0);
    },
  };
}

type Shown = HTMLVideoElement | HTMLAudioElement | HTMLImageElement;

function elementFor({ type }: PlayerMedia): Shown {
  if (type === 'image') return el('img', { alt: 'The asset' });
  return el(type, { preload: 'metadata', playsinline: true, 'aria-label': 'Proxy' });
}

type Say = (...contents: readonly (Node | string)[]) => void;

/** From the storage; where the host does not allow that, as data, if it is small; else in the person's browser. */
function load(bridge: Bridge, { id }: PlayerData, { url, proxy }: PlayerMedia, element: Shown, say: Say): void {
  const open = button('Open it in the browser', () => void bridge.openLink(url).catch(() => undefined));
  const outside = bridge.can.openLinks ? [' ', open] : [];
  const fail = (why: string): void => say(`The proxy cannot be played here. ${why}`, ...outside);
  const asData = async (): Promise<void> => {
    say('Loading the proxy…');
    const answer = await bridge.call('load_media', { asset: id, proxy });
    const address = dataOf(answer, 'media')?.address;
    if (address === undefined || !DATA.test(address)) return fail(textOf(answer));
    element.addEventListener('error', () => fail('Its format is not one that this host plays.'), { once: true });
    element.src = address;
    say('');
  };
  element.addEventListener('error', () => void asData().catch(() => fail('')), { once: true });
  if (/^https?:$/.test(new URL(url).protocol)) element.src = url;
  else fail('');
}

const DATA = /^data:(?:video|audio|image)\/[\w.+-]+;base64,[\w+/=]+$/;
