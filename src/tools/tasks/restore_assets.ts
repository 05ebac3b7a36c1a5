import * as z from 'zod';
import { withName } from '../../text/compare.ts';
import { plural } from '../../text/english.ts';
import { inQuotes } from '../../text/quote.ts';
import { countFittingLines } from '../../text/tokens.ts';
import { task } from '../define.ts';
import { NotFound, reasonOf, ToolError } from '../errors.ts';
import { BIN, binContents, type Deleted, deletedLine, graceHours } from '../library/bin/contents.ts';
import { idsOf, keepWritten } from '../library/kept_selections.ts';
import { readReference } from '../library/names.ts';
import { type Named, refuseHandle } from '../library/objects.ts';
import { labelOf, type Titled, titlesOf, toldApart } from '../library/plans/titles.ts';
import { stillShown } from '../library/search.ts';
import { assetChanges } from '../operations/asset_changes.ts';
import { assets } from '../operations/assets.ts';
import { collections } from '../operations/collections.ts';
import { integer, strings, text } from '../params.ts';
import { each, instead } from '../run/each.ts';
import { outOfTime, showing } from '../run/notes.ts';
import type { Context } from '../types.ts';

/** Lines of a plan and their tokens; lines of `failed` and of `unconfirmed`. */
const MAX_LINES = 50;
const MAX_PLAN_TOKENS = 3_000;

interface Item extends Deleted {
  /** Absent where the asset is not in the bin. */
  readonly isDeleted: boolean;
  readonly lost: readonly string[];
  /** The collections that it comes back into. */
  readonly into: readonly Named[];
}

export const restore_assets = task({
  title: 'Restore assets from the recycle bin',
  description:
    'Undelete: bring assets or sub-clips back from the recycle bin (trash), by title, id or the handle of list_bin. More than one returns a plan first. For archived media use restore_media.',
  effect: 'update',
  roles: ['can_write_assets', 'can_read_assets'],
  input: {
    assets: z.array(z.string().min(1)).optional().describe('Ids or exact titles in the bin.'),
    bin: z.string().optional().describe('Handle from list_bin: all that it found.'),
  },
  output: {
    restored: integer,
    failed: strings,
    unconfirmed: strings,
    remaining: integer,
    selection: text,
    notes: strings,
  },
  validate: ({ assets, bin }) =>
    (assets === undefined) === (bin === undefined)
      ? 'Name what comes back in exactly one way: assets or bin. To see what is in the bin use list_bin.'
      : undefined,
  preview: async ({ assets, bin }, context) => {
    const wanted = bin === undefined ? await named(context, assets ?? []) : context.handles.get(BIN, bin);
    const hours = await graceHours(context);
    const { done, failed } = await each(wanted, context, (one) => readItem(context, one), { untimed: true });
    const all = toldApart(done.map(({ result }) => result));
    const items = all.filter(({ isDeleted }) => isDeleted);
    const others = all.filter(({ isDeleted }) => !isDeleted);
    const lines = items.slice(0, MAX_LINES).map((one) => [deletedLine(one, hours, 'UTC'), ...one.lost].join(' · '));
    const shown = countFittingLines(lines, 0, MAX_PLAN_TOKENS);
    return {
      preview: {
        summary:
          items.length === 0
            ? 'Nothing to restore.'
            : `Brings ${plural(items.length, 'asset')} back from the recycle bin, with their versions, files, comments and metadata. delete_assets undoes it.`,
        affected: lines.slice(0, shown),
        notes: [
          ...(items.length > shown ? [showing(shown, items.length)] : []),
          ...(others.length > 0 ? [`Not in the bin, skipped: ${titlesOf(others)}.`] : []),
          ...failed
            .map(({ item, error }) => `${labelOf(item)} cannot be read: ${reasonOf(error)}. It may be purged.`)
            .slice(0, 5),
        ],
      },
      plan: items.map(({ id, title, apart, into }) => ({ id, title, apart, into })),
      into: distinct(items.flatMap(({ into }) => into)),
      brings: items.map(({ id }) => id),
      returns: { of: 'assets', ids: items.map(({ id }) => id) },
      touches: items.map(({ id }) => id),
      skipConfirm: items.length <= 1,
    };
  },
  run: async (_, context, items: readonly (Titled & Pick<Item, 'id' | 'into'>)[]) => {
    const { done, failed, rest } = await each(items, context, async ({ id }) => {
      await context.use(assetChanges.tools.restore_asset, { asset_id: id });
      return context
        .use(assets.tools.get_asset, { asset_id: id, include_collections: true })
        .catch(instead(context, undefined));
    });
    const back = done.filter(({ result }) => result?.status === 'ACTIVE');
    const unconfirmed = done.filter(({ result }) => result?.status !== 'ACTIVE').map(({ item }) => labelOf(item));
    const homeless = back.filter(({ result }) => (result?.in_collections ?? []).length === 0);
    return {
      restored: back.length,
      ...(failed.length > 0 && {
        failed: failed.slice(0, MAX_LINES).map(({ item, error }) => `${labelOf(item)}: ${reasonOf(error)}`),
      }),
      ...(unconfirmed.length > 0 && { unconfirmed: unconfirmed.slice(0, MAX_LINES) }),
      ...(rest.length > 0 && { remaining: rest.length }),
      ...keepWritten(context, 'restore_assets', undefined, idsOf(back.map(({ item }) => item))),
      notes: [
        items.length === 0
          ? 'Nothing to restore.'
          : `Confirmed ${back.length} of ${items.length}: Iconik shows them as active. Search follows in some seconds.`,
        ...placesNote(back.flatMap(({ item }) => item.into)),
        ...(homeless.length > 0 ? [`In no collection: ${titlesOf(homeless.map(({ item }) => item))}.`] : []),
        ...(rest.length > 0 ? [outOfTime(rest.length)] : []),
      ],
    };
  },
});

const distinct = <T extends { readonly id: string }>(items: readonly T[]): T[] => [
  ...new Map(items.map((one) => [one.id, one])).values(),
];

/** `Back in the collections "Matches", "Spring Campaign".` */
function placesNote(into: readonly Named[]): string[] {
  const places = distinct(into);
  if (places.length === 0) return [];
  return [`Back in the collection${places.length === 1 ? '' : 's'} ${titlesOf(places)}.`];
}

/** Assets in the bin by id, web address or title. Throws `NotFound` with the titles that are there, and `ToolError` for twins. */
async function named(context: Context, words: readonly string[]): Promise<readonly Pick<Deleted, 'id' | 'title'>[]> {
  const references = words.map((one) => ({ one, reference: readReference(one) }));
  const isByTitle = references.some(({ reference }) => reference.by === 'title');
  const [contents, late] = isByTitle
    ? await Promise.all([binContents(context), deletedHere(context)])
    : [undefined, []];
  const found = references.map(({ one, reference }) => {
    if (reference.by === 'id') return { id: reference.id, title: reference.id };
    const { entries: listed = [], total = 0 } = contents ?? {};
    const entries = [...late.filter(({ id }) => !listed.some((one) => one.id === id)), ...listed];
    const [only, ...more] = withName(entries, ({ title }) => [title], reference.title);
    if (!only) refuseHandle(context, one, 'what is in the recycle bin');
    if (!only) {
      const recent = entries.length > 0 ? ` Deleted last: ${titlesOf(toldApart(entries))}.` : '';
      throw new NotFound(
        `Nothing in the recycle bin is called ${inQuotes(one)}. Looked at the ${entries.length} deleted last of ${total}; the list is some seconds behind, an id is not.${recent}`,
      );
    }
    if (more.length > 0)
      throw new ToolError(
        `${more.length + 1} assets in the bin are called ${inQuotes(one)}: ${[only, ...more].map((twin) => deletedLine(twin, undefined, 'UTC')).join('; ')}. Call again with the ids.`,
      );
    return only;
  });
  return distinct(found);
}

/** What this server deleted a moment ago: the list of the bin may lack it. */
async function deletedHere(context: Context): Promise<readonly Pick<Deleted, 'id' | 'title'>[]> {
  const { docs } = await stillShown(context, { doc_types: ['assets'], terms: [] });
  return docs.flatMap(({ id, title }) => (id && title ? [{ id, title }] : []));
}

/** The asset as it is, and what it comes back without: collections and an original that are deleted as well. */
async function readItem(context: Context, known: Pick<Deleted, 'id' | 'title'>): Promise<Item> {
  const asset = await context.use(assets.tools.get_asset, { asset_id: known.id, include_collections: true });
  const { in_collections: places = [], original_asset_id: original } = asset;
  const gone = { status: 'DELETED', title: undefined };
  const placeAt = async (id: string): Promise<Named | undefined> => {
    const read = context.use(collections.tools.get_collection, { collection_id: id });
    const { status, title = id } = await read.catch(instead(context, gone));
    return status === 'DELETED' ? undefined : { id, title };
  };
  const isGone = async (asset_id: string): Promise<boolean> =>
    (await context.use(assets.tools.get_asset, { asset_id }).catch(instead(context, gone))).status === 'DELETED';
  const [found, lacksOriginal] = await Promise.all([
    Promise.all(places.map(placeAt)),
    original !== undefined && isGone(original),
  ]);
  const into = found.flatMap((one) => one ?? []);
  const deletedPlaces = places.length - into.length;
  const lost = [
    places.length === 0 ? 'comes back into no collection' : `back in ${plural(into.length, 'collection')}`,
    deletedPlaces > 0 && `${plural(deletedPlaces, 'collection')} it was in no longer there`,
    lacksOriginal && 'its original is deleted as well',
  ];
  return {
    ...known,
    title: asset.title ?? known.title,
    ...(asset.type && { type: asset.type }),
    ...(asset.archive_status && { archive: asset.archive_status }),
    ...(asset.date_deleted && { date: asset.date_deleted }),
    isDeleted: asset.status === 'DELETED',
    into,
    lost: lost.filter((line): line is string => typeof line === 'string'),
  };
}
