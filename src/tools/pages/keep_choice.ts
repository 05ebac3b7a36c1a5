import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { task } from '../define.ts';
import { keepAssets } from '../library/kept_selections.ts';
import { text } from '../params.ts';

/** Assets of a choice: those of a page of a gallery, which nobody picks one by one beyond this. */
const MAX_CHOSEN = 1_000;

export const keep_choice = task({
  title: 'Keep what was chosen',
  description: 'Keep the assets that a person chose on a page as a selection, which other tools take.',
  effect: 'read',
  listed: false,
  forPages: ['gallery'],
  roles: ['can_search'],
  input: { assets: z.array(z.string().min(1)).min(1).max(MAX_CHOSEN).describe('Their ids, in order.') },
  output: { selection: text },
  run: async ({ assets }, context) => {
    const ids = [...new Set(assets)];
    const selection = keepAssets(context, ids, `${plural(ids.length, 'asset')} chosen in the gallery`, ids);
    context.show({ kind: 'choice', selection });
    return { selection };
  },
});
