import { identityKey } from '../../../text/compare.ts';
import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { holdingsLine } from '../../library/collections/holdings.ts';
import { childrenOf } from '../../library/destination.ts';
import { findCollection, type Named } from '../../library/objects.ts';
import { refusalNote } from '../../library/plans/refusals.ts';
import { labelOf } from '../../library/plans/titles.ts';
import { undoCall } from '../../library/plans/undo_call.ts';
import { shareNotes } from '../../library/shares/reach.ts';
import { collections } from '../../operations/collections.ts';
import { instead } from '../../run/each.ts';
import type { Context, OutputOf } from '../../types.ts';
import { type Content, contentNamed, contentsOf, type Place, reordered } from './contents.ts';
import { coverOf } from './cover.ts';

export interface Wanted {
  readonly rename?: string | undefined;
  readonly under?: string | undefined;
  readonly cover?: readonly string[] | undefined;
  readonly order?: readonly string[] | undefined;
  readonly place?: string | undefined;
}

export interface Plan extends Named {
  /** Fields of the collection that change, as Iconik takes them. */
  readonly body: {
    readonly title?: string;
    readonly parent_id?: string;
    readonly is_root?: boolean;
    readonly clear?: ['parent_id'];
    readonly keyframe_asset_ids?: string[];
  };
  /** Where it goes; without an id to the top level. */
  readonly parent?: Parent;
  readonly order?: { readonly moved: readonly Content[]; readonly place: Place };
  /** What changes, old → new, one line each. */
  readonly fieldLines: readonly string[];
  readonly orderLines: readonly string[];
  /** The cover is a picture of something that is not in it. */
  readonly showsOthers: boolean;
  /** The call that sets the fields back. */
  readonly undo: readonly string[];
  readonly notes: readonly string[];
}

type Collection = OutputOf<typeof collections.tools.get_collection.output.shape>;

interface Parent extends Partial<Named> {
  /** Titles from the top down to the collection once it is there. */
  readonly path: string;
  readonly permissions?: readonly string[] | undefined;
}

/** What changes on a collection. Throws `ToolError` for one in the bin, for a circle, and for what is not in it. */
export async function planOf(context: Context, { id, title }: Named, wanted: Wanted): Promise<Plan> {
  const [now, path] = await Promise.all([
    context.use(collections.tools.get_collection, { collection_id: id }),
    pathIn(context, id),
  ]);
  if (now.status === 'DELETED') throw new ToolError(`The collection ${inQuotes(title)} is in the recycle bin.`);
  const own = { id, title };
  const rename = wanted.rename === title ? undefined : wanted.rename;
  const renamed = { id, title: rename ?? title };
  const [parent, cover, ordering] = await Promise.all([
    wanted.under === undefined
      ? undefined
      : parentOf(context, own, { words: wanted.under, now: now.parent_id, name: renamed.title }),
    wanted.cover && coverOf(context, id, wanted.cover, now.keyframe_asset_ids),
    wanted.order && orderOf(context, own, wanted.order, wanted.place, now.custom_order_status === 'ENABLED'),
  ]);
  const from = path.map((one) => one.title).join(' / ');
  return {
    ...own,
    body: {
      ...(rename && { title: rename }),
      ...(parent && (parent.id ? { parent_id: parent.id } : { clear: ['parent_id' as const], is_root: true })),
      ...(cover && { keyframe_asset_ids: cover.ids }),
    },
    ...(parent && { parent }),
    ...(ordering?.order && { order: ordering.order }),
    fieldLines: [
      ...(rename ? [`name: ${inQuotes(title)} → ${inQuotes(rename)}`] : []),
      ...(parent ? [`place: ${inQuotes(from)} → ${inQuotes(parent.path)}`] : []),
      ...(cover ? [cover.line] : []),
    ],
    orderLines: ordering?.lines ?? [],
    undo: undoOf(now, own, { rename, parent, cover }),
    showsOthers: (cover?.notes.length ?? 0) > 0,
    notes: [
      ...(cover?.notes ?? []),
      ...refusalNote([now, ...(parent?.id ? [{ title: parent.path, permissions: parent.permissions }] : [])], 'write'),
      ...(parent ? await moveNotes(context, { path, parent, now }) : []),
      ...(parent || rename ? await twinNotes(context, renamed, parent, now.parent_id) : []),
      ...(ordering?.notes ?? []),
    ],
  };
}

/** The call that gives back what of the name, the place and the cover changes. */
function undoOf(
  { parent_id = 'top', keyframe_asset_ids: cover = [] }: Collection,
  { id, title }: Named,
  changed: Readonly<Record<'rename' | 'parent' | 'cover', unknown>>,
): string[] {
  return undoCall('move_in_collections', {
    collection: id,
    ...(changed.rename !== undefined && { rename: title }),
    ...(changed.parent !== undefined && { under: parent_id }),
    ...(changed.cover !== undefined && { cover: cover.length > 0 ? cover : ['none'] }),
  });
}

/** The collections from the top down to one. */
const pathIn = async (context: Context, collection_id: string): Promise<Named[]> =>
  (await context.use(collections.tools.get_collection_path, { collection_id })).objects.flatMap(({ id, title = id }) =>
    id && title ? [{ id, title }] : [],
  );

/** Where it goes; undefined if it is there. Throws `ToolError` for itself and for what is inside it. */
async function parentOf(
  context: Context,
  own: Named,
  { words, now, name }: { readonly words: string; readonly now: string | undefined; readonly name: string },
) {
  if (identityKey(words) === 'top') return now === undefined ? undefined : { path: name };
  const { id, title } = await findCollection(context, words);
  if (id === now) return undefined;
  const [path, { status, permissions }] = await Promise.all([
    pathIn(context, id),
    context.use(collections.tools.get_collection, { collection_id: id }),
  ]);
  const titles = path.map((one) => one.title).join(' / ');
  const reason = id === own.id ? 'that is the collection itself' : `that is inside it (${inQuotes(titles)})`;
  if (path.some((one) => one.id === own.id))
    throw new ToolError(`${inQuotes(own.title)} cannot go under ${inQuotes(title)}: ${reason}. Nothing was changed.`);
  if (status === 'DELETED')
    throw new ToolError(`under: ${inQuotes(title)} is in the recycle bin. Nothing was changed.`);
  return { id, title, path: `${titles} / ${name}`, permissions };
}

interface Ordering {
  /** Absent where they are in this order already. */
  readonly order?: { readonly moved: readonly Content[]; readonly place: Place };
  readonly lines: readonly string[];
  readonly notes: readonly string[];
}

async function orderOf(
  context: Context,
  own: Named,
  names: readonly string[],
  words = 'start',
  isEnabled: boolean,
): Promise<Ordering> {
  const contents = await contentsOf(context, own.id);
  const found = names.map((name) => contentNamed(contents, name, own));
  const moved = [...new Map(found.map((one) => [one.id, one])).values()];
  const key = identityKey(words);
  const place = key === 'start' || key === 'end' ? key : contentNamed(contents, words, own);
  if (typeof place === 'object' && moved.some(({ id }) => id === place.id))
    throw new ToolError(`place: ${inQuotes(words)} is one of those that move. Nothing was changed.`);
  const after = reordered(contents, moved, place);
  const rank = (list: readonly Content[], { id }: Content): number => list.findIndex((one) => one.id === id) + 1;
  if (isEnabled && after.every(({ id }, index) => id === contents[index]?.id)) return { lines: [], notes: [] };
  const others = contents.length - moved.length;
  return {
    order: { moved, place },
    lines: moved.map((one) => `position ${rank(contents, one)} → ${rank(after, one)}: ${labelOf(one)}`),
    notes: [
      `Everyone sees the order.${others > 0 ? ` ${others} others keep theirs.` : ''}`,
      ...(isEnabled ? [] : ['Turns on the custom order of the collection.']),
    ],
  };
}

interface Move {
  readonly path: readonly Named[];
  readonly parent: Parent;
  readonly now: Collection;
}

async function moveNotes(context: Context, { path, parent, now }: Move): Promise<string[]> {
  const own = String(path.at(-1)?.id);
  const holds = await holdingsLine(context, own).catch(instead(context, undefined));
  const elsewhere = (now.in_collections ?? []).filter((id) => id !== now.parent_id).length;
  return [
    ...(holds ? [`${holds} in it go along.`] : []),
    ...(elsewhere > 0 ? [`It is in ${plural(elsewhere, 'other collection')} as well; those are not changed.`] : []),
    ...(await shareNotes(context, own, path.at(-2), namedOf(parent))),
  ];
}

const namedOf = ({ id, title }: Parent): Named | undefined => (id && title ? { id, title } : undefined);

/** Collections with its name in the same place. */
async function twinNotes(context: Context, own: Named, parent: Parent | undefined, now: string | undefined) {
  const siblings = await childrenOf(context, parent ? parent.id : now).catch(instead(context, []));
  const twins = siblings.filter(({ id, title = '' }) => id !== own.id && identityKey(title) === identityKey(own.title));
  return twins.length > 0 ? [`Another collection in that place has the name ${inQuotes(own.title)}.`] : [];
}

/** Whether Iconik shows the fields of a plan. */
export async function areFieldsShown(context: Context, { id, body, parent }: Plan): Promise<boolean> {
  const now = await context.use(collections.tools.get_collection, { collection_id: id });
  const { title = now.title, keyframe_asset_ids: cover = now.keyframe_asset_ids ?? [] } = body;
  return (
    now.title === title &&
    (parent === undefined || now.parent_id === parent.id) &&
    (now.keyframe_asset_ids ?? []).join() === cover.join()
  );
}
