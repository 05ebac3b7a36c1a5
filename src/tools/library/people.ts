import { folded } from '../../text/compare.ts';
import { ToolError } from '../errors.ts';
import { users } from '../operations/users.ts';
import type { Context } from '../types.ts';

/** The names of users by their ids; who is unknown or hidden is left out (`/users/v1/users/basic/`). */
export async function namesOf(context: Context, ids: readonly (string | undefined)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== undefined))].sort();
  if (wanted.length === 0) return new Map();
  const list = await context.shelf.recent(`users ${wanted.join()}`, 60_000, async () => {
    const { objects } = await context.use(users.tools.get_users_basic, { ids: wanted });
    return objects;
  });
  return new Map(list.flatMap((user) => (user.id ? [[user.id, nameOf(user)] as const] : [])));
}

interface User {
  readonly id?: string | undefined;
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
  readonly email?: string | undefined;
}

const nameOf = ({ first_name, last_name, id }: User): string =>
  [first_name, last_name].filter(Boolean).join(' ') || String(id);

/** The one user that a name or an e-mail address means. Throws `ToolError` with candidates. */
export async function findUser(
  context: Context,
  words: string,
): Promise<{ readonly id: string; readonly name: string }> {
  const { objects } = await context.shelf.recent('users', 60_000, () =>
    context.use(users.tools.get_users_basic, { per_page: 100 }),
  );
  const meant = folded(words);
  const whole = objects.filter((user) => [nameOf(user), user.email ?? '', user.id ?? ''].map(folded).includes(meant));
  const part = objects.filter((user) => folded(nameOf(user)).split(' ').includes(meant));
  const fitting = whole.length > 0 ? whole : part;
  const [only] = fitting;
  if (only?.id && fitting.length === 1) return { id: only.id, name: nameOf(only) };
  if (fitting.length > 1)
    throw new ToolError(`"${words}" may be ${fitting.map(nameOf).join(' or ')}: give the full name.`);
  throw new ToolError(`There is no user "${words}". Users: ${objects.slice(0, 30).map(nameOf).join(', ')}.`);
}
