import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { statusOf } from '../../errors.ts';
import { collections } from '../../operations/collections.ts';
import { instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { titlesOf, toldApart } from '../plans/titles.ts';
import { byIds, page } from '../search.ts';
import { lossNotes } from '../shares/reach.ts';
import { sharedNow } from '../shares/shares.ts';

/** Collections that are looked into for a plan, and things in each that are named. */
const MAX_COLLECTIONS = 10;
const MAX_NAMED = 5;

/** What goes with collections that are deleted, or out of which all is: how much is in each, and who sees it now. */
export async function holdingsNotes(context: Context, ids: readonly string[]): Promise<string[]> {
  const notes = await Promise.all(ids.slice(0, MAX_COLLECTIONS).map((id) => holdingsOf(context, id)));
  const more = ids.length - MAX_COLLECTIONS;
  return [...notes.flat(), ...(more > 0 ? [`What ${plural(more, 'more collection')} hold was not looked at.`] : [])];
}

/** `36 assets and 4 collections`: what is in a collection at any depth. */
export async function holdingsLine(context: Context, collection_id: string): Promise<string> {
  const asked = { collection_id, by_storage_id: false };
  const { assets_count = 0, collections_count = 0 } = await context.use(
    collections.tools.get_collection_content_info,
    asked,
  );
  return `${plural(assets_count, 'asset')} and ${plural(collections_count, 'collection')}`;
}

async function holdingsOf(context: Context, collection_id: string): Promise<string[]> {
  const { get_collection, list_collection_contents } = collections.tools;
  try {
    const { title = collection_id } = await context.use(get_collection, { collection_id });
    const holds = await holdingsLine(context, collection_id);
    const { objects } = await context.use(list_collection_contents, { collection_id, per_page: MAX_NAMED, page: 1 });
    const names = objects.length > 0 ? `, among them ${titlesOf(toldApart(objects), MAX_NAMED)}` : '';
    return [
      `In ${inQuotes(title)}: ${holds}, at any depth${names}.`,
      ...(await lossNotes(context, { id: collection_id, title })),
      ...(await sharedInside(context, collection_id)),
    ];
  } catch (error) {
    if (context.signal.aborted || statusOf(error) === undefined) throw error;
    return [`What the collection ${collection_id} holds could not be read.`];
  }
}

/** What in a collection has shares of its own. */
async function sharedInside(context: Context, collection_id: string): Promise<string[]> {
  const now = await sharedNow(context).catch(instead(context, undefined));
  if (now === undefined) return ['What in it has shares of its own could not be read.'];
  const { ids, isWhole } = now;
  if (ids.size === 0) return [];
  const terms = [byIds([...ids]), { name: 'ancestor_collections', value_in: [collection_id] }];
  const read = { per_page: MAX_NAMED, include_fields: ['id', 'title', 'date_created'] };
  const { docs, total } = await page(context, { doc_types: ['assets', 'collections'], terms }, read);
  const scope = isWhole ? '' : ' (of the shares that you may see)';
  const more = total > docs.length ? ` and ${total - docs.length} more` : '';
  const names = titlesOf(toldApart(docs), MAX_NAMED);
  return total > 0 ? [`In it, shared on its own${scope}: ${names}${more}.`] : [];
}
