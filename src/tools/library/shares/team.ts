import { firstOf } from '../../../text/english.ts';
import { oneLine } from '../../../text/quote.ts';
import { reasonOf } from '../../errors.ts';
import { acls } from '../../operations/acls.ts';
import { users } from '../../operations/users.ts';
import { batches } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { namesOf } from '../people.ts';
import type { Shared } from './shares.ts';

/** Users and groups that a note names, and characters of a name. */
const MAX_NAMED = 10;
const MAX_NAME_LENGTH = 60;

/**
 * Who inside the company has access by its rights: groups and users by name, of the object itself and from collections above
 * (`GET /acls/v1/acl/{object_type}/{object_key}/`). Where it cannot be read, the sentence says so, and how it can.
 */
export async function teamNote(context: Context, { object_type, object_id }: Shared): Promise<string> {
  try {
    const access = await context.use(acls.tools.get_object_access, { object_type, object_key: object_id });
    const groups = rightsBy([...access.groups_acl, ...access.inherited_groups_acl], ({ group_id }) => group_id);
    const people = rightsBy([...access.users_acl, ...access.inherited_users_acl], ({ user_id }) => user_id);
    const [groupNames, names] = await Promise.all([
      groupsById(context, [...groups.keys()]),
      namesOf(context, [...people.keys()]),
    ]);
    const lines = [
      ...[...groups].map(([id, may]) => `group ${named(groupNames, id)} (${may})`),
      ...[...people].map(([id, may]) => `${named(names, id)} (${may})`),
    ];
    return lines.length === 0
      ? 'Inside the company: no user or group has access by name.'
      : `Inside the company, by access rights: ${firstOf(lines, MAX_NAMED)}.`;
  } catch (error) {
    if (context.signal.aborted) throw error;
    return `The team's own access was not looked at (${reasonOf(error)}): get_object_access reads it, with the role can_read_acls.`;
  }
}

interface Right {
  readonly permissions?: readonly string[] | undefined;
}

/** What each may do, by id, own and inherited rights together: `read, write`. Those without any are left out. */
function rightsBy<T extends Right>(list: readonly T[], idOf: (one: T) => string | undefined): Map<string, string> {
  const rights = new Map<string, Set<string>>();
  for (const one of list) {
    const id = idOf(one);
    const { permissions = [] } = one;
    if (id && permissions.length > 0) rights.set(id, new Set([...(rights.get(id) ?? []), ...permissions]));
  }
  return new Map([...rights].map(([id, may]) => [id, [...may].join(', ')]));
}

const named = (names: ReadonlyMap<string, string>, id: string): string => oneLine(names.get(id) ?? id, MAX_NAME_LENGTH);

async function groupsById(context: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const lists = await Promise.all(
    batches(ids, MAX_NAMED).map((some) => context.use(users.tools.get_groups_basic, { ids: [...some] })),
  );
  return new Map(
    lists.flatMap(({ objects }) => objects.flatMap(({ id, name }) => (id && name ? [[id, name] as const] : []))),
  );
}
