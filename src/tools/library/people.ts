import type { CacheKind } from '../cache.ts';
import { users } from '../operations/users.ts';
import { allOf, pagesByNumber } from '../run/pages.ts';
import type { Context } from '../types.ts';

/** The names of users by their ids; who is unknown or hidden is left out (`/users/v1/users/basic/`). */
export async function namesOf(context: Context, ids: readonly (string | undefined)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== undefined))].sort();
  if (wanted.length === 0) return new Map();
  const list = await context.cache.remember(USERS, wanted.join(), () =>
    allOf(
      pagesByNumber((paging) => context.use(users.tools.get_users_basic, { ids: wanted, ...paging }), { size: 100 }),
    ),
  );
  return new Map(list.flatMap((user) => (user.id ? [[user.id, nameOf(user)] as const] : [])));
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
}

const nameOf = ({ first_name, last_name, id }: User): string =>
  [first_name, last_name].filter(Boolean).join(' ') || String(id);
