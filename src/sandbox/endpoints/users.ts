import { between, defaulting, pageQuery, text } from '../fields.ts';
import { pageOf } from '../paging.ts';
import type { Call, Endpoint, Fields, Reply, Row } from '../types.ts';
import { partsOf, textsOf } from '../values.ts';
import { created, ok, rowOr404 } from './common.ts';

const BASE = '/API/users/v1';
const MEMBER = `${BASE}/groups/{group_id}/users/{user_id}/`;
const equal =
  'email first_name last_name hide_email hide_phone is_admin password_changed phone photo status date_created date_modified';
const names = (words: string): Fields => Object.fromEntries(words.split(' ').map((name) => [name, text]));
const page: Fields = { ...pageQuery, per_page: defaulting(between(1, 100), 10) };
const userQuery: Fields = { ...page, ...names(equal), ...names('groups query ids') };
const basicQuery: Fields = { ...page, ...names('email first_name last_name query ids emails') };
const groupQuery: Fields = { ...page, ...names('alias description name roles date_created date_modified query ids') };

const BASIC_COLUMNS = ['id', 'email', 'first_name', 'last_name', 'photo', 'photo_big', 'photo_small'] as const;
const basic = (user: Row): Row => Object.fromEntries(BASIC_COLUMNS.map((name) => [name, user[name] ?? null]));

function listUsers(call: Call, show: (user: Row) => Row): Reply {
  const { query, index } = call;
  const [ids, emails, groups] = [partsOf(query.ids), partsOf(query.emails), partsOf(query.groups)];
  const rows = index.users.list(
    (user) =>
      (ids.length === 0 || ids.includes(String(user.id))) &&
      (emails.length === 0 || emails.includes(String(user.email))) &&
      groups.every((group) => Array.isArray(user.groups) && user.groups.includes(group)) &&
      equal.split(' ').every((name) => query[name] === undefined || String(user[name] ?? '') === query[name]) &&
      matches([user.first_name, user.last_name, user.email], query.query),
  );
  return ok({ ...pageOf(rows.map(show), call), facets: {} });
}

/** Whether each word of the query, with `*` wildcards, matches one of the values. */
function matches(values: readonly unknown[], query: unknown): boolean {
  if (typeof query !== 'string') return true;
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (value: string, word: string): boolean => {
    const pieces = word.split('*').map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`(^|\\s)${pieces.join('.*')}(\\s|$)`).test(value);
  };
  return words.every((word) => values.some((value) => fits(String(value ?? '').toLowerCase(), word)));
}

function listGroups(call: Call): Reply {
  const ids = partsOf(call.query.ids);
  const rows = call.index.groups.list(
    (group) =>
      (ids.length === 0 || ids.includes(String(group.id))) &&
      (call.query.name === undefined || group.name === call.query.name) &&
      matches([group.name, group.description], call.query.query),
  );
  return ok({ ...pageOf(rows, call), facets: {} });
}

/** Puts a user into a group, or takes one out. */
const setMember =
  (isMember: boolean) =>
  ({ store, path }: Call): Reply => {
    const user = rowOr404(store.users, path.user_id, 'User');
    const group = rowOr404(store.groups, path.group_id, 'Group').id;
    const others = textsOf(user.groups).filter((id) => id !== group);
    const changed = store.users.update(String(user.id), { groups: isMember ? [...others, group] : others });
    return isMember ? created(changed) : ok(changed);
  };

/** Users and groups; `roles` answers the caller's roles. */
export const userEndpoints = (roles: () => readonly string[]): readonly Endpoint[] => [
  { route: `GET ${BASE}/users/current/`, roles: [], handle: ({ user }) => ok(user) },
  { route: `GET ${BASE}/users/current/roles/`, roles: [], handle: () => ok({ objects: roles() }) },
  {
    route: `GET ${BASE}/users/basic/`,
    roles: [],
    query: basicQuery,
    handle: (call) => listUsers(call, basic),
  },
  {
    route: `GET ${BASE}/users/`,
    roles: ['can_read_users'],
    query: userQuery,
    handle: (call) => listUsers(call, (user) => user),
  },
  {
    route: `GET ${BASE}/users/{user_id}/`,
    roles: ['can_read_users'],
    handle: ({ store, path }) => ok(rowOr404(store.users, path.user_id, 'User')),
  },
  { route: `GET ${BASE}/groups/`, roles: [], query: groupQuery, handle: listGroups },
  { route: `GET ${BASE}/groups/basic/`, roles: [], query: groupQuery, handle: listGroups },
  {
    route: `GET ${BASE}/groups/{group_id}/`,
    roles: ['can_read_groups'],
    handle: ({ store, path }) => ok(rowOr404(store.groups, path.group_id, 'Group')),
  },
  { route: `POST ${MEMBER}`, roles: ['can_write_groups'], handle: setMember(true) },
  { route: `DELETE ${MEMBER}`, roles: ['can_delete_groups'], handle: setMember(false) },
];
