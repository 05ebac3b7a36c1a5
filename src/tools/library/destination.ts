import { identityKey, withName } from '../../text/compare.ts';
import { inQuotes } from '../../text/quote.ts';
import { NotFound, ToolError } from '../errors.ts';
import { assets } from '../operations/assets.ts';
import { collections } from '../operations/collections.ts';
import { collectionsIn, contentsOf, ownWrites } from '../operations/own_writes.ts';
import { batches, each } from '../run/each.ts';
import { allOf, pagesByNumber } from '../run/pages.ts';
import type { Context, Place } from '../types.ts';
import { pathParts, readReference } from './names.ts';
import { findCollection, findCollectionNamed, pathOf } from './objects.ts';

/** The collection that things are put into: there already (with an id), or to be made. */
export interface Destination {
  readonly title: string;
  readonly id?: string;
  /** Of one to be made; absent at the top. */
  readonly parent_id?: string;
  /** As a plan names it: `"Football / Season 2025 / Matchday 12" (id)`. */
  readonly label: string;
}

/** What two calls into the same collection have in common, even while it does not exist yet. */
export const keyOf = ({ id, title }: Destination): string => id ?? `collection "${identityKey(title)}"`;

/** The collection whose shares reach what is put there: its own, or that above one to be made. */
export const placesIn = ({ id, parent_id, title }: Destination): Place[] =>
  id !== undefined ? [{ id, title }] : parent_id === undefined ? [] : [{ id: parent_id }];

/**
 * The collection that words mean. With `create` one that is not there is planned at its place; without, the error says
 * how to get it made. Throws `ToolError`.
 */
export async function destinationOf(context: Context, words: string, create = false): Promise<Destination> {
  try {
    const { id, title } = await findCollectionNamed(context, words);
    return { id, title, label: `${inQuotes((await pathOf(context, id)).join(' / '))} (${id})` };
  } catch (error) {
    const reference = readReference(words);
    if (reference.by !== 'title' || !(error instanceof NotFound)) throw error;
    const places = pathParts(reference.title);
    const title = places.at(-1) ?? reference.title;
    const parent = places.length > 1 ? await findCollection(context, places.slice(0, -1).join(' / ')) : undefined;
    // One made a moment ago is not in the index yet: making it twice would be worse than a request more.
    const fresh = withName(await childrenOf(context, parent?.id), (one) => [one.title ?? ''], title);
    if (fresh.length > 1) throw error;
    const where = parent ? `in ${inQuotes(parent.title)}` : 'at the top';
    if (fresh[0]?.id) return { id: fresh[0].id, title, label: `${inQuotes(title)} ${where} (${fresh[0].id})` };
    if (!create) throw new ToolError(`${error.message} To have it made ${where}, set create_collection: true.`);
    return { title, ...(parent && { parent_id: parent.id }), label: `a new collection ${inQuotes(title)} ${where}` };
  }
}

export interface Child {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
}

/** Collections right below one, or at the top, with those that this server made a moment ago: lists are late. */
export async function childrenOf(context: Context, parent_id: string | undefined): Promise<readonly Child[]> {
  const { list_collections, list_collection_contents, get_collection } = collections.tools;
  const listed: readonly Child[] =
    parent_id === undefined
      ? await allOf(pagesByNumber((paging) => context.use(list_collections, { is_root: 'true', ...paging })))
      : await allOf(
          pagesByNumber((paging) =>
            context.use(list_collection_contents, {
              collection_id: parent_id,
              object_types: ['collections'],
              ...paging,
            }),
          ),
        );
  const known = new Set(listed.map(({ id }) => id));
  const own = [...ownWrites(context, collectionsIn(parent_id)).keys()].filter((id) => !known.has(id));
  // One that was deleted meanwhile does not count.
  const read = await each(own, { ...context, progress: () => undefined }, (collection_id) =>
    context.use(get_collection, { collection_id }),
  );
  return [...listed, ...read.done.flatMap(({ result }) => (result.status === 'DELETED' ? [] : [result]))];
}

/** The id of the collection, which is made where it is not there yet. */
export async function findOrCreate(context: Context, { id, title, parent_id }: Destination): Promise<string> {
  if (id !== undefined) return id;
  const made = await context.use(collections.tools.create_collection, { title, ...(parent_id && { parent_id }) });
  if (!made.id)
    throw new ToolError(`Iconik made the collection ${inQuotes(title)} without telling its id: find it by its name.`);
  return made.id;
}

/** Ids in one request: they stand in the address. */
const MAX_IDS_IN_ADDRESS = 50;

/**
 * Which of some assets are in a collection itself. Its list is late: what this server added in the last minutes and the
 * list lacks is read by id.
 */
export async function inCollection(
  context: Context,
  collection_id: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const lists = batches(ids, MAX_IDS_IN_ADDRESS);
  const read = async (object_ids: string[]) => {
    const asked = { collection_id, object_types: ['assets'], object_ids, per_page: 100 };
    return (await context.use(collections.tools.list_collection_contents, asked)).objects;
  };
  const { done, failed } = await each(lists, context, read, { untimed: true });
  if (failed[0]) throw failed[0].error;
  const present = new Set(done.flatMap(({ result }) => result.flatMap(({ id }) => id ?? [])));
  const own = ownWrites(context, contentsOf(collection_id));
  const lacking = ids.filter((id) => own.has(id) && !present.has(id));
  const quiet = { ...context, progress: () => undefined };
  const { done: placed } = await each(lacking, quiet, async (asset_id) => {
    const { in_collections = [] } = await context.use(assets.tools.get_asset, { asset_id, include_collections: true });
    return in_collections.includes(collection_id);
  });
  for (const { item, result } of placed) if (result) present.add(item);
  return present;
}

/** The assets right in a collection, in its order. */
export function assetsIn(context: Context, collection_id: string) {
  const asked = { collection_id, object_types: ['assets'] };
  return allOf(
    pagesByNumber((paging) => context.use(collections.tools.list_collection_contents, { ...asked, ...paging })),
  );
}
