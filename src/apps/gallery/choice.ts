import type { GalleryItem } from '../../tools/page_data.ts';
import type { Bridge } from '../bridge.ts';
import { button, el } from '../elements.ts';
import { dataOf } from '../page_data.ts';

/** Milliseconds after the last change until the model is told: a person who chooses ten does not mean the first three. */
const SETTLED = 250;

/** Tells the person and the model what is chosen: a selection handle, which other tools take. */
export function createChoice(bridge: Bridge) {
  const status = el('p', { class: 'status', role: 'status' });
  const none = button('Clear', () => clear(), { hidden: true });
  let clear = (): void => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const tell = async (items: readonly GalleryItem[]): Promise<void> => {
    last += 1;
    const own = last;
    try {
      const handed = await handleOf(bridge, items);
      // A newer choice is on its way.
      if (own !== last) return;
      await bridge.tellModel(handed.text, handed.structured);
      if (own === last)
        status.textContent = `${labelOf(items.length)}${items.length > 0 ? ': ready for your next message' : ''}`;
    } catch {
      if (own === last) status.textContent = `${labelOf(items.length)}: this could not be handed to the chat`;
    }
  };
  const is = (items: readonly GalleryItem[]): void => {
    status.textContent = labelOf(items.length);
    none.hidden = items.length === 0;
    clearTimeout(timer);
    if (bridge.can.updateModelContext) timer = setTimeout(() => void tell(items), SETTLED);
  };
  return {
    element: el('div', { class: 'choice' }, status, none),
    is,
    /** What empties the choice. */
    clears(act: () => void) {
      clear = act;
    },
  };
}

const labelOf = (count: number): string => (count === 0 ? 'None chosen' : `${count} chosen`);

interface Told {
  readonly text: string;
  readonly structured: Readonly<Record<string, unknown>>;
}

/** What the model is told. Titles stay out: they are the library's words, and the handle says it all. */
async function handleOf(bridge: Bridge, items: readonly GalleryItem[]): Promise<Told> {
  const ids = items.map(({ id }) => id);
  if (ids.length === 0) return { text: 'Nothing is chosen in the gallery.', structured: { assets: [] } };
  if (items.some(({ type }) => type === 'collection'))
    return {
      text: `The person chose in the gallery the collections ${ids.join(', ')}.`,
      structured: { collections: ids },
    };
  const answer = await bridge.call('keep_choice', { assets: ids });
  const selection = dataOf(answer, 'choice')?.selection;
  if (selection === undefined) throw new Error('the choice was not kept');
  const noun = ids.length === 1 ? `one asset (${ids[0]})` : `${ids.length} assets`;
  return {
    text: `The person chose ${noun} in the gallery: selection ${selection}.`,
    structured: { selection, assets: ids },
  };
}
