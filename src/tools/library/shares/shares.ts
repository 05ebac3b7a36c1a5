import type * as z from 'zod';
import { formatMoment } from '../../../media/moments.ts';
import { firstOf, plural } from '../../../text/english.ts';
import { nearestOf } from '../../../text/nearest.ts';
import { inQuotes, oneLine } from '../../../text/quote.ts';
import { NotFound, statusOf, ToolError } from '../../errors.ts';
import { assets } from '../../operations/assets.ts';
import { collections } from '../../operations/collections.ts';
import { shareChanges } from '../../operations/share_changes.ts';
import { shares } from '../../operations/shares.ts';
import { each } from '../../run/each.ts';
import { allOf, type Page, pagesByLastId, pagesByNumber } from '../../run/pages.ts';
import type { Context } from '../../types.ts';
import { guestOrUser, type Person, usersByEmail } from '../people.ts';
import { type Titled, titleOf, toldApart } from '../plans/titles.ts';

/** An asset or a collection that is shared, or may be. */
export interface Shared extends Pick<Titled, 'apart'> {
  readonly object_type: 'assets' | 'collections';
  readonly object_id: string;
  readonly title: string;
}

type Row = z.output<typeof shares.tools.list_own_shares.output>['objects'][number];
/** A share with its guests; without guests it is a link for anyone. */
export type Share = Row & { readonly id: string; readonly of: Shared };
interface Guest
  extends Readonly<Partial<Record<'id' | 'email' | 'internal_user_id' | 'last_access_date', string | undefined>>> {
  readonly access_count?: number | undefined;
}
interface Guests {
  readonly users?: readonly Guest[] | undefined;
}

/** Guests named in a line. */
const MAX_GUESTS = 10;
const MAX_ADDRESS_LENGTH = 80;

/** Whether it lets anybody in at an instant (epoch milliseconds). */
export const isLive = ({ expires }: Pick<Row, 'expires'>, now: number): boolean =>
  expires === undefined || !(Date.parse(expires) <= now);

/** `asset "Season trailer 2025"`. */
export const sharedLabel = ({ object_type, object_id: id, title, apart }: Shared): string =>
  `${object_type === 'assets' ? 'asset' : 'collection'} ${titleOf({ id, title, apart })}`;

/** Shares of things of one title, which are told apart. */
export function sharesApart<T extends { readonly of: Shared }>(shares: readonly T[]): T[] {
  const objects = toldApart(shares.map(({ of: { object_id: id, title } }) => ({ id, title })));
  return shares.map((share, index) => ({ ...share, of: { ...share.of, apart: objects[index]?.apart } }));
}

/** The shares of an object itself, with their guests (`GET /assets/v1/{object_type}/{object_id}/shares/`, never late). */
export async function sharesOf(context: Context, of: Shared): Promise<Share[]> {
  const { object_type, object_id } = of;
  const path = { object_type, object_id };
  const list = await allOf(
    pagesByLastId((paging) => context.use(shareChanges.tools.list_object_shares, { ...path, ...paging }), {
      size: 100,
    }),
  );
  const ids = list.flatMap(({ id }) => id ?? []);
  const quiet = { ...context, progress: () => undefined };
  const read = await each(
    ids,
    quiet,
    (share_id) => context.use(shareChanges.tools.get_object_share, { ...path, share_id }),
    { untimed: true },
  );
  for (const { error } of read.failed) if (statusOf(error) !== 404) throw error;
  return read.done.map(({ item: id, result: { url: _, ...share } }) => ({ ...share, id, of }));
}

/** Collections above an object that are looked at for shares. */
const MAX_ABOVE = 200;

/** The collections that hold an object, and those above them: a share of one of these reaches it. */
export async function collectionsAbove(context: Context, { object_type, object_id }: Shared): Promise<Shared[]> {
  const direct =
    object_type === 'collections'
      ? [object_id]
      : ((await context.use(assets.tools.get_asset, { asset_id: object_id, include_collections: true }))
          .in_collections ?? []);
  const quiet = { ...context, progress: () => undefined };
  const read = await each(
    direct.slice(0, MAX_ABOVE),
    quiet,
    (collection_id) => context.use(collections.tools.get_collection_path, { collection_id }),
    { untimed: true },
  );
  for (const { error } of read.failed) if (![403, 404].includes(statusOf(error) ?? 0)) throw error;
  const found = read.done.flatMap(({ result }) =>
    (result.objects ?? []).flatMap(({ id, title }) => (id && id !== object_id ? [[id, title ?? id] as const] : [])),
  );
  return [...new Map(found)].map(([id, title]) => ({ object_type: 'collections' as const, object_id: id, title }));
}

/** The shares of an object, and those of the collections above it. */
export async function reachingShares(context: Context, of: Shared): Promise<Share[]> {
  const objects = [of, ...(await collectionsAbove(context, of))].slice(0, MAX_ABOVE);
  const quiet = { ...context, progress: () => undefined };
  const read = await each(objects, quiet, (one) => sharesOf(context, one), { untimed: true });
  for (const { error } of read.failed) throw error;
  return read.done.flatMap(({ result }) => result);
}

/** All shares that this user may see, or those with these ids; `isWhole` where these are the shares of everybody. */
export async function everyShare(
  context: Context,
  ids?: readonly string[],
): Promise<{ readonly list: Share[]; readonly isWhole: boolean }> {
  const { list_all_shares, list_own_shares } = shares.tools;
  const asked = { sort: 'date_created,desc', ...(ids && { ids: [...ids] }) };
  const read = async (ask: (paging: { page: number; per_page: number }) => Promise<Page<Row>>): Promise<Share[]> =>
    (await allOf(pagesByNumber(ask, { size: 100 }))).flatMap(whole);
  try {
    return { list: await read((paging) => context.use(list_all_shares, { ...asked, ...paging })), isWhole: true };
  } catch (error) {
    if (statusOf(error) !== 403) throw error;
    const own = { ...asked, include_member_of: true };
    return { list: await read((paging) => context.use(list_own_shares, { ...own, ...paging })), isWhole: false };
  }
}

/** Ids of the assets and collections that are shared now; `isWhole` where the shares of everybody were looked at. */
export async function sharedNow(
  context: Context,
): Promise<{ readonly ids: ReadonlySet<string>; readonly isWhole: boolean }> {
  const { list, isWhole } = await everyShare(context);
  const live = list.filter((one) => isLive(one, Date.now()));
  return { ids: new Set(live.map(({ of }) => of.object_id)), isWhole };
}

/** Playlists and other kinds cannot be shared or revoked here. */
function whole(share: Row): Share[] {
  const { id, object_type, object_id, object_title = object_id } = share;
  if (!id || !object_id || (object_type !== 'assets' && object_type !== 'collections')) return [];
  return [{ ...share, id, of: { object_type, object_id, title: object_title ?? object_id } }];
}

/** Addresses that are offered for one that nobody has. */
const MAX_NEAREST = 3;

/**
 * Who has a share: a user by name, or a guest by the address or a part of it, since guests have no name. `notes` has the
 * nearest addresses for one that no open share names. Throws `ToolError` where nobody or several are meant.
 */
export async function personWithShare(
  context: Context,
  words: string,
): Promise<{ readonly who: Partial<Person>; readonly notes: readonly string[] }> {
  const isAddress = words.includes('@');
  const user = await guestOrUser(context, words).catch((error: unknown) => {
    if (error instanceof NotFound && !isAddress) return error;
    throw error;
  });
  if (!(user instanceof NotFound) && user.id !== undefined) return { who: user, notes: [] };
  const { list } = await everyShare(context);
  const live = list.filter((one) => isLive(one, Date.now()));
  const addresses = [
    ...new Set(live.flatMap(({ users = [] }) => users.flatMap(({ email }) => email?.toLowerCase() ?? []))),
  ];
  if (!(user instanceof NotFound)) {
    if (addresses.includes(user.email ?? '')) return { who: user, notes: [] };
    const nearest = nearestOf(words, addresses, MAX_NEAREST);
    const offer = nearest.length > 0 ? ` Nearest: ${nearest.join(', ')}.` : '';
    return { who: user, notes: [`No open share that you may see names ${inQuotes(words)}.${offer}`] };
  }
  const meant = addresses.filter((one) => one.includes(words.trim().toLowerCase()));
  const [email] = meant;
  if (email === undefined) throw user;
  if (meant.length > 1)
    throw new ToolError(`person: ${inQuotes(words)} may be ${firstOf(meant, MAX_GUESTS)}. Give the whole address.`);
  return { who: { email }, notes: [`${inQuotes(words)} → ${email}`] };
}

/** Guests of a share who are the person: by address, or as a user. */
export const guestsWho = ({ users = [] }: Guests, { id, email }: Partial<Person>): Guest[] =>
  users.filter(
    (guest) =>
      (email !== undefined && guest.email?.toLowerCase() === email.toLowerCase()) ||
      (id !== undefined && guest.internal_user_id === id),
  );

/** Users by their e-mail addresses in lower case. */
export type Internals = ReadonlyMap<string, Person>;

/** Which guests of these shares are users: lists of shares do not tell. */
export const internalsOf = (context: Context, list: readonly Guests[]): Promise<Internals> =>
  usersByEmail(context, [
    ...new Set(list.flatMap(({ users = [] }) => users.slice(0, MAX_GUESTS).flatMap(({ email }) => email ?? []))),
  ]);

/** `anna@client.example (external, 6 visits, last 2026-11-19)`. */
export function guestLabel(
  { email, access_count: count = 0, last_access_date: last }: Guest,
  internals: Internals,
): string {
  const kind = internals.has(email?.toLowerCase() ?? '') ? 'internal' : 'external';
  const visits = count > 0 ? `${plural(count, 'visit')}${last ? `, last ${last.slice(0, 10)}` : ''}` : 'no visit';
  return `${oneLine(email ?? 'without address', MAX_ADDRESS_LENGTH)} (${kind}, ${visits})`;
}

/** The guests of a share by name, or `anyone with the link`. */
export function guestsLine({ users = [] }: Guests, internals: Internals): string {
  if (users.length === 0) return 'anyone with the link';
  return firstOf(users, MAX_GUESTS, (guest) => guestLabel(guest, internals));
}

/** What guests may do, by the words of `share`, and what Iconik calls it. */
export const PERMISSIONS = {
  comment: ['allow_comments', 'comment'],
  tick_comments: ['allow_approving_comments', 'tick comments off'],
  approve: ['allow_setting_approve_status', 'approve'],
  download_proxy: ['allow_download_proxy', 'download proxies'],
  download_original: ['allow_download', 'download originals'],
  upload: ['allow_upload', 'upload'],
  see_versions: ['allow_view_versions', 'see older versions'],
  see_transcripts: ['allow_view_transcriptions', 'see transcripts'],
  see_comments: ['show_existing_comments', 'see existing comments'],
} as const;

export type Permission = keyof typeof PERMISSIONS;

/** `may look, comment`. */
export const mayLine = (share: Partial<Omit<Row, 'users'>>): string =>
  `may ${['look', ...Object.values(PERMISSIONS).flatMap(([flag, words]) => (share[flag] ? [words] : []))].join(', ')}`;

/** `may look, comment; not approve, download …; no watermark; no DRM; no password`: nothing is left out. */
export function termsLine(share: Omit<Row, 'users'>): string {
  const all = Object.values(PERMISSIONS);
  const not = all.flatMap(([flag, words]) => (share[flag] ? [] : [words]));
  return [
    mayLine(share),
    not.length > 0 && `not ${not.join(', ')}`,
    share.watermark === 'standard' ? 'watermark burnt in' : share.show_watermark ? 'watermark overlay' : 'no watermark',
    share.drm === 'standard' ? 'DRM' : 'no DRM',
    share.has_password ? 'password' : 'no password',
  ]
    .filter(Boolean)
    .join('; ');
}

/** `until Fri 2026-11-27 23:59 UTC`. */
export function endLine({ expires }: Pick<Row, 'expires'>, now: number, zone = 'UTC'): string {
  const at = expires === undefined ? Number.NaN : Date.parse(expires);
  if (Number.isNaN(at)) return 'without an end';
  return `${at <= now ? 'ended' : 'until'} ${formatMoment(at, zone)}`;
}
