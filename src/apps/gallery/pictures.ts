import type { GalleryItem } from '../../tools/page_data.ts';
import type { Bridge } from '../bridge.ts';
import { el, isPicture } from '../elements.ts';
import { dataOf } from '../page_data.ts';

/** Pictures of the first call, so that something is seen soon, and of each that follows. */
const [FIRST, BATCH] = [8, 20];
const MAX_CALLS = 2;
/** Times that a picture is asked for. */
const MAX_TRIES = 3;
/** Milliseconds in which cells that come into sight make one call. */
const GATHER = 20;

export interface Pictures {
  /** Loads the picture of a cell when it comes near to being seen. */
  watch(cell: HTMLElement, item: GalleryItem): void;
}

interface Wanted {
  readonly id: string;
  readonly place: HTMLElement;
  tries: number;
}

/** Asks for the pictures that are seen, a few calls at a time. */
export function createPictures(bridge: Bridge, scroller: HTMLElement): Pictures {
  const items = new Map<Element, GalleryItem>();
  let queue: Wanted[] = [];
  let under = 0;
  let calls = 0;
  let isGathering = false;
  const load = async (): Promise<void> => {
    isGathering = false;
    while (queue.length > 0 && under < MAX_CALLS) {
      const batch = queue.splice(0, calls === 0 ? FIRST : BATCH);
      calls += 1;
      under += 1;
      void ask(bridge, batch).then((again) => {
        under -= 1;
        queue = [...again, ...queue];
        void load();
      });
    }
  };
  const want = (cell: Element): void => {
    const item = items.get(cell);
    const place = cell.querySelector<HTMLElement>('.picture');
    if (!item || !place) return;
    queue.push({ id: item.id, place, tries: 0 });
    if (isGathering) return;
    isGathering = true;
    setTimeout(() => void load(), GATHER);
  };
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        want(target);
      }
    },
    { root: scroller, rootMargin: '300px' },
  );
  return {
    watch(cell, item) {
      // What stands for a collection is shown by view_frame.
      if (item.type === 'collection' || !bridge.can.serverTools) return markEmpty(cell.querySelector('.picture'), item);
      items.set(cell, item);
      watcher.observe(cell);
    },
  };
}

/** Fills in the pictures of one call; answers those to be asked for again. */
async function ask(bridge: Bridge, batch: readonly Wanted[]): Promise<Wanted[]> {
  const answer = await bridge.call('load_pictures', { assets: batch.map(({ id }) => id) }).catch(() => undefined);
  const { pictures = {}, later = [] } = (answer && dataOf(answer, 'pictures')) ?? {};
  return batch.filter((one) => {
    const address = pictures[one.id];
    one.tries += 1;
    if (address !== undefined && isPicture(address)) fill(one.place, address);
    else if (later.includes(one.id) && one.tries < MAX_TRIES) return true;
    else markEmpty(one.place);
    return false;
  });
}

const fill = (place: HTMLElement, src: string): void =>
  place.replaceChildren(el('img', { alt: '', decoding: 'async', src }));

function markEmpty(place: Element | null, { type = '' }: Partial<GalleryItem> = {}): void {
  place?.classList.add('empty');
  place?.replaceChildren(type === 'collection' ? 'Collection' : 'No picture');
}
