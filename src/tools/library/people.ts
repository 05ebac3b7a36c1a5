import { searchKey } from '../../text/compare.ts';
import { closestTo, nearestOf } from '../../text/nearest.ts';
import { inQuotes, oneLine } from '../../text/quote.ts';
import type { CacheKind } from '../cache.ts';
import { NotFound, ToolError } from '../errors.ts';
import { users } from '../operations/users.ts';
import { batches, instead } from '../run/each.ts';
import { allOf, pagesByNumber } from '../run/pages.ts';
import type { Context } from '../types.ts';
import { readReference } from './names.ts';

/** The names of users by their ids; who is unknown or hidden is left out (`/users/v1/users/basic/`). */
export async function namesOf(context: Context, ids: readonly (string | undefined)[]): Promise<Map<string, string>> {
  const list = await usersOf(context, ids);
  return new Map(list.flatMap((user) => (user.id ? [[user.id, nameOf(user)] as const] : [])));
}

/** `Maria Almeida <maria.almeida@harbourmedia.example>`, in the order of the ids; those without an address are left out. */
export async function contactsOf(context: Context, ids: readonly string[]): Promise<string[]> {
  const known = new Map((await usersOf(context, ids)).map((user) => [user.id, user]));
  return [...new Set(ids)].flatMap((id) => {
    const user = known.get(id);
    if (!user?.email) return [];
    return [`${oneLine(nameOf(user), MAX_NAME_LENGTH)} <${oneLine(user.email, MAX_NAME_LENGTH)}>`];
  });
}

async function usersOf(context: Context, ids: readonly (string | undefined)[]): Promise<readonly User[]> {
  const wanted = [...new Set(ids.filter((id) => id !== undefined))].sort();
  if (wanted.length === 0) return [];
  return context.cache.remember(USERS, wanted.join(), () =>
    allOf(
      pagesByNumber((paging) => context.use(users.tools.get_users_basic, { ids: wanted, ...paging }), { size: 100 }),
    ),
  );
}

const USERS: CacheKind<Promise<readonly User[]>> = {
  name: 'users',
  max: 200,
  ttl: 60_000,
  changedBy: /^\w+ \/users\/v1\//,
};

interface User {
  readonly id?: string | undefined;
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
  readonly email?: string | undefined;
}

const nameOf = ({ first_name, last_name, id }: User): string =>
  [first_name, last_name].filter(Boolean).join(' ') || String(id);

/** A user that words were found to mean. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
}

/** Candidates that an error lists. */
const MAX_CANDIDATES = 8;

/**
 * The one user that an id, an e-mail address, a name or `me` means. Throws `ToolError` with candidates where it means several,
 * `NotFound` where it means none. People who cannot sign in any more do not count.
 */
export async function findPerson(context: Context, words: string): Promise<Person> {
  const wanted = words.trim();
  const found = await candidates(context, wanted);
  const [only] = found;
  if (only && found.length === 1) return only;
  if (found.length > 1) {
    const shown = found.slice(0, MAX_CANDIDATES).map(personLabel).join('; ');
    const more = found.length > MAX_CANDIDATES ? ` and ${found.length - MAX_CANDIDATES} more` : '';
    throw new ToolError(
      `${found.length} users fit ${inQuotes(wanted)}: ${shown}${more}. Give the e-mail address or the id.`,
    );
  }
  const nearest = await nearestNames(context, wanted).catch(instead(context, []));
  throw new NotFound(
    `No user fits ${inQuotes(wanted)}: looked at names, e-mail addresses and ids of the active users of this Iconik.${nearest.length > 0 ? ` Nearest: ${nearest.join('; ')}.` : ''} People outside are named by their e-mail address.`,
  );
}

/** `by me`, `asked by Ines Carvalho`: who did something, where a person may also be whom it concerns. */
export const doerIn = (words: string | undefined): string | undefined =>
  /^(?:(?:asked|requested|shared|made) )?by (.+)$/i.exec(words?.trim() ?? '')?.[1];

/** A part of a name that entries are narrowed by: for `me` that of the user. */
export const nameOrMine = async (context: Context, words: string | undefined): Promise<string | undefined> =>
  words !== undefined && ME.test(words.trim()) ? (await findPerson(context, words)).name : words;

/** Users whose names are compared with one that nobody has. */
const MAX_COMPARED = 1_000;
const MAX_NEAREST = 3;

async function nearestNames(context: Context, wanted: string): Promise<string[]> {
  const all = await people(context, {}, MAX_COMPARED);
  const byWord = new Map(all.flatMap((one) => [one.name, ...one.name.split(' ')].map((word) => [word, one] as const)));
  const words = [...byWord.keys()];
  if (wanted.includes('@') || closestTo(wanted, words) === undefined) return [];
  const found = nearestOf(wanted, words, MAX_NEAREST).flatMap((word) => byWord.get(word) ?? []);
  return [...new Set(found)].map(personLabel);
}

export const personLabel = ({ name, email, id }: Person): string =>
  `${oneLine(name, MAX_NAME_LENGTH)} (${email ? oneLine(email, MAX_NAME_LENGTH) : id})`;

const MAX_NAME_LENGTH = 80;

/** Words for whoever asks: the user whose token this server uses. */
const ME = /^(me|myself|my own|i)$/i;

async function candidates(context: Context, wanted: string): Promise<Person[]> {
  if (ME.test(wanted)) return [personOf(await context.use(users.tools.get_current_user, {}))];
  const reference = readReference(wanted);
  if (reference.by === 'id') return people(context, { ids: [reference.id] });
  if (wanted.includes('@')) {
    const key = wanted.toLowerCase();
    return (await people(context, { emails: [...new Set([wanted, key])] })).filter(
      ({ email }) => email?.toLowerCase() === key,
    );
  }
  const parts = searchKey(wanted).split(' ').filter(Boolean);
  // Iconik looks for the whole text in one of the fields, so only one word is sent.
  const [longest] = wanted.split(/\s+/).sort((a, b) => b.length - a.length);
  if (!longest) return [];
  const list = await people(context, { query: longest });
  const exact = list.filter(({ name }) => searchKey(name) === parts.join(' '));
  if (exact.length > 0) return exact;
  return list.filter(({ name }) => parts.every((part) => searchKey(name).split(' ').includes(part)));
}

/** Users that a query finds (`/users/v1/users/basic/`). */
async function people(
  context: Context,
  query: { readonly ids?: string[]; readonly emails?: string[]; readonly query?: string },
  max = 50_000,
): Promise<Person[]> {
  const list = await allOf(
    pagesByNumber((paging) => context.use(users.tools.get_users_basic, { ...query, ...paging }), { size: 100, max }),
  );
  return list.flatMap((user) =>
    user.id && (user.status === undefined || user.status === 'ACTIVE') ? [personOf(user)] : [],
  );
}

const personOf = (user: User): Person => ({
  id: String(user.id),
  name: nameOf(user),
  ...(user.email && { email: user.email }),
});

/** Addresses in one request: they are part of its own address. */
const MAX_EMAILS = 30;

/** Which of some e-mail addresses are those of users, by the address in lower case. */
export async function usersByEmail(context: Context, emails: readonly string[]): Promise<Map<string, Person>> {
  const found = await Promise.all(batches(emails, MAX_EMAILS).map((some) => people(context, { emails: some })));
  const list = found.flat();
  return new Map(list.flatMap((user) => (user.email ? [[user.email.toLowerCase(), user] as const] : [])));
}

/** The guest or user that an e-mail address, a name or an id means: an address alone may be that of a guest. */
export async function guestOrUser(context: Context, words: string): Promise<Partial<Person>> {
  if (!words.includes('@')) return findPerson(context, words);
  const email = words.trim().toLowerCase();
  return (await usersByEmail(context, [email])).get(email) ?? { email };
}
