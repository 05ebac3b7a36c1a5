import { firstOf, plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { statusOf } from '../../errors.ts';
import { assets } from '../../operations/assets.ts';
import { collections } from '../../operations/collections.ts';
import { each, instead } from '../../run/each.ts';
import type { Context, Place, Returned } from '../../types.ts';
import type { Named } from '../objects.ts';
import { rightsFields, rightsNotes } from '../plans/rights.ts';
import { toldApart } from '../plans/titles.ts';
import { ACTIVE, all, byIds, type Criteria, firstFew, page } from '../search.ts';
import {
  endLine,
  everyShare,
  guestsLine,
  internalsOf,
  isLive,
  reachingShares,
  type Share,
  sharedLabel,
  sharesApart,
} from './shares.ts';

/** Shares that a plan names, and collections whose shares are looked at for one. */
const MAX_SHARES = 5;
const MAX_PLACES = 50;

/** Who sees a collection only in its new place, and who only in its old one: shares reach what is inside. */
export async function shareNotes(
  context: Context,
  own: string,
  from: Named | undefined,
  to: Named | undefined,
): Promise<string[]> {
  return orUnread(context, 'the old and the new place', async () => {
    const [before, after] = await Promise.all([reaching(context, from), reaching(context, to)]);
    const gained = after.filter(({ id }) => !before.some((one) => one.id === id));
    const lost = before.filter(({ id }) => !after.some((one) => one.id === id));
    return [
      ...(gained.length > 0
        ? [
            `Will show all that is in it to: ${await sharesLine(context, gained)}.`,
            ...(await rightsOf(context, [own], gained)),
          ]
        : []),
      ...(lost.length > 0 ? [`Will no longer show it to: ${await sharesLine(context, lost)}.`] : []),
    ];
  });
}

/**
 * Who will see what is put into collections, because of shares of these or of collections above, and what the rights of
 * that say; none where nobody does.
 */
export function guestNotes(context: Context, into: readonly Place[], brings: readonly string[]): Promise<string[]> {
  const some = into.slice(0, MAX_PLACES);
  const left =
    into.length > some.length ? [`Of ${into.length} collections, the shares of ${some.length} were looked at.`] : [];
  return orUnread(
    context,
    firstOf(some, MAX_SHARES, ({ id, title = id }) => inQuotes(title)),
    async () => {
      const found = (await Promise.all(some.map(async (one) => reaching(context, await named(context, one))))).flat();
      const shares = [...new Map(found.map((share) => [share.id, share])).values()];
      if (shares.length === 0) return left;
      const to = `Will show it to: ${await sharesLine(context, shares)}.`;
      return [to, ...(await rightsOf(context, brings, shares)), ...left];
    },
  );
}

/** Undefined where there is no such collection: the change itself is then refused. */
async function named(context: Context, { id, title }: Place): Promise<Named | undefined> {
  if (title !== undefined) return { id, title };
  try {
    const found = await context.use(collections.tools.get_collection, { collection_id: id });
    return { id, title: found.title ?? id };
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** Who sees a collection now, because of shares of it or of collections above; none where nobody does. */
export async function lossNotes(context: Context, own: Named): Promise<string[]> {
  return orUnread(context, inQuotes(own.title), async () => {
    const shares = await reaching(context, own);
    return shares.length > 0 ? [`Will no longer show it to: ${await sharesLine(context, shares)}.`] : [];
  });
}

/** Documents that are read for their rights at once. */
const MAX_BROUGHT = 5_000;

/** What the rights of assets, and of all that is in collections, say until the last of these shares ends. */
async function rightsOf(context: Context, ids: readonly string[], shares: readonly Share[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rights = await rightsFields(context);
  const fields = ['title', 'date_created', ...rights.names];
  const inside: Criteria = { doc_types: ['assets'], terms: [ACTIVE, { name: 'ancestor_collections', value_in: ids }] };
  const [own, { total }] = await Promise.all([
    all(context, { doc_types: ['assets', 'collections'], terms: [byIds(ids)] }, [...fields, 'object_type']),
    page(context, inside, { per_page: 1, include_fields: ['id'] }),
  ]);
  const below = await firstFew(context, inside, Math.min(total, MAX_BROUGHT), fields);
  const named = own.filter(({ object_type }) => object_type !== 'collections');
  const docs = [...new Map([...named, ...below].map((doc) => [doc.id, doc])).values()];
  const unknown = ids.length - own.length;
  return [
    ...rightsNotes(rights, toldApart(docs), lastEnd(shares)),
    ...(total > MAX_BROUGHT ? [`Of ${total} in it, the rights of ${MAX_BROUGHT} were looked at.`] : []),
    ...(unknown > 0 ? [`Search does not know ${unknown} of them: their rights were not looked at.`] : []),
  ];
}

/** When the last of these shares ends; undefined where one has no end. */
function lastEnd(shares: readonly Share[]): string | undefined {
  const ends = shares.map(({ expires }) => expires);
  return ends.includes(undefined) ? undefined : ends.toSorted().at(-1);
}

async function orUnread(context: Context, place: string, read: () => Promise<string[]>): Promise<string[]> {
  try {
    return await read();
  } catch (error) {
    if (context.signal.aborted || statusOf(error) === undefined) throw error;
    return [`Which shares reach ${place} could not be read: list_shares may say.`];
  }
}

/** `share of the collection "…" with anna@client.example (external, no visit), until …; …`. */
async function sharesLine(context: Context, shares: readonly Share[]): Promise<string> {
  const internals = await internalsOf(context, shares);
  const line = (share: Share): string =>
    `share of the ${sharedLabel(share.of)} with ${guestsLine(share, internals)}, ${endLine(share, Date.now())}`;
  const more = shares.length - MAX_SHARES;
  return `${sharesApart(shares).slice(0, MAX_SHARES).map(line).join('; ')}${more > 0 ? ` and ${plural(more, 'more share')}` : ''}`;
}

async function reaching(context: Context, parent: Named | undefined): Promise<Share[]> {
  if (parent === undefined) return [];
  const { id: object_id, title } = parent;
  const shares = await reachingShares(context, { object_type: 'collections', object_id, title });
  return shares.filter((one) => isLive(one, Date.now()));
}

/** What comes back that is read one by one for a plan. */
const MAX_BACK = 50;

/** Who sees again what comes back; none where nobody outside does. `withPlaces`: because of collections, too. */
export async function returnNotes(context: Context, back: Returned, withPlaces: boolean): Promise<string[]> {
  try {
    if (back.of === 'originals') return await originalNotes(context, back.ids);
    const gone = await deletedOf(context, back);
    if (gone.length === 0) return [];
    const ids = gone.map(({ id }) => id);
    const places = [...new Set(gone.flatMap((one) => one.places))].map((id) => ({ id }));
    const more = back.ids.length - MAX_BACK;
    return [
      ...(withPlaces && places.length > 0 ? await guestNotes(context, places, ids) : []),
      ...(back.of === 'assets' ? await ownNotes(context, ids) : []),
      ...(more > 0 ? [`Who sees ${more} more of them again was not looked at.`] : []),
    ];
  } catch (error) {
    if (context.signal.aborted || statusOf(error) === undefined) throw error;
    return ['Who outside sees it again could not be read: list_shares may say.'];
  }
}

interface Gone {
  readonly id: string;
  /** Collections through which it is seen. */
  readonly places: readonly string[];
}

/** Those that are in the recycle bin; what cannot be read is refused by the change itself. */
async function deletedOf(context: Context, { of, ids }: Returned): Promise<Gone[]> {
  const quiet = { ...context, progress: () => undefined };
  const read = async (id: string): Promise<Gone | undefined> => {
    if (of === 'collections') {
      const { status } = await context.use(collections.tools.get_collection, { collection_id: id });
      return status === 'DELETED' ? { id, places: [id] } : undefined;
    }
    const asset = await context.use(assets.tools.get_asset, { asset_id: id, include_collections: true });
    return asset.status === 'DELETED' ? { id, places: asset.in_collections ?? [] } : undefined;
  };
  const { done } = await each(ids.slice(0, MAX_BACK), quiet, (id) => read(id).catch(instead(context, undefined)), {
    untimed: true,
  });
  return done.flatMap(({ result }) => result ?? []);
}

const liveShares = async (context: Context, fits: (share: Share) => boolean): Promise<readonly Share[]> =>
  (await everyShare(context)).list.filter((one) => isLive(one, Date.now()) && fits(one));

/** The shares of the assets themselves, which open again. */
async function ownNotes(context: Context, ids: readonly string[]): Promise<string[]> {
  const shares = await liveShares(context, ({ of }) => of.object_type === 'assets' && ids.includes(of.object_id));
  return shares.length > 0 ? [`Will show it again to: ${await sharesLine(context, shares)}.`] : [];
}

/** Guests see proxies of what is archived, and get its originals only while it is online. */
async function originalNotes(context: Context, ids: readonly string[]): Promise<string[]> {
  const shares = await liveShares(context, ({ allow_download }) => allow_download === true);
  if (shares.length === 0) return [];
  const docs = await all(context, { doc_types: ['assets'], terms: [byIds(ids)] }, ['ancestor_collections']);
  const places = new Set([...ids, ...docs.flatMap(({ ancestor_collections = [] }) => ancestor_collections)]);
  const reaching = shares.filter(({ of }) => places.has(of.object_id));
  return reaching.length > 0
    ? [`Will let guests download the originals again: ${await sharesLine(context, reaching)}.`]
    : [];
}
