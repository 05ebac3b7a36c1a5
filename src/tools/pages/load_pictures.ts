import * as z from 'zod';
import { task } from '../define.ts';
import { fetchStill, posterFirstOf, posterStill, type Still } from '../library/media/stills.ts';
import { byIds, searchBody } from '../library/search.ts';
import { search } from '../operations/search.ts';
import { integer } from '../params.ts';
import { each } from '../run/each.ts';
import type { Context } from '../types.ts';

/** Assets whose pictures are asked for at once. */
const MAX_ASSETS = 20;
/** Characters of all pictures (base64): some hosts refuse an answer of a megabyte. */
const MAX_CHARACTERS = 900_000;
/** Pictures to try where the one that stands for the asset cannot be shown. */
const MAX_TRIES = 3;

export const load_pictures = task({
  title: 'Load pictures',
  description: 'The pictures that stand for assets, as data, for a page that shows them.',
  effect: 'read',
  listed: false,
  forPages: ['gallery'],
  roles: ['can_read_assets', 'can_search'],
  input: { assets: z.array(z.string().min(1)).min(1).max(MAX_ASSETS).describe('Their ids.') },
  output: { loaded: integer },
  run: async ({ assets }, context) => {
    const ids = [...new Set(assets)];
    const known = await stillsByAsset(context, ids);
    const { done, rest } = await each(ids, context, (id) => pictureOf(context, id, known.get(id)));
    const pictures: Record<string, string> = {};
    const later = [...rest];
    let characters = 0;
    for (const { item, result } of done) {
      if (!result) continue;
      characters += result.length;
      if (characters <= MAX_CHARACTERS) pictures[item] = result;
      else later.push(item);
    }
    context.show({ kind: 'pictures', pictures, later });
    return { loaded: Object.keys(pictures).length };
  },
});

/** The pictures of all assets that the search index knows, in one request. */
async function stillsByAsset(context: Context, ids: readonly string[]): Promise<ReadonlyMap<string, Still[]>> {
  const { objects } = await context.use(search.tools.search_documents, {
    ...searchBody({ doc_types: ['assets'], terms: [byIds(ids)] }),
    include_fields: ['id', 'keyframes', 'custom_poster', 'custom_keyframe'],
    per_page: ids.length,
    generate_signed_url: true,
  });
  return new Map(
    objects.map(({ id = '', keyframes = [], custom_poster, custom_keyframe }) => [
      id,
      posterFirstOf(keyframes, [custom_poster, custom_keyframe]),
    ]),
  );
}

/** A `data:` address; undefined where the asset has no picture that can be shown. */
async function pictureOf(context: Context, id: string, known: readonly Still[] = []): Promise<string | undefined> {
  const poster = known.length > 0 ? undefined : await posterStill(context, id, []);
  for (const still of [...known, ...(poster ? [poster] : [])].slice(0, MAX_TRIES)) {
    try {
      const { data, mimeType } = await fetchStill(context, still);
      return `data:${mimeType};base64,${data}`;
    } catch (error) {
      if (context.signal.aborted) throw error;
    }
  }
  return undefined;
}
