import * as z from 'zod';
import { inQuotes } from '../../text/quote.ts';
import { operation, toolset } from '../define.ts';
import { listOf, strings, text, uuid } from '../params.ts';
import type { Context } from '../types.ts';
import { linesOfObjects } from './object_lines.ts';
import { users } from './users.ts';

const byUser = z.looseObject({ user_id: text, permissions: strings });
const byGroup = z.looseObject({ group_id: text, permissions: strings });
/** Access that comes from an object above, or goes to those below. */
const passedOn = { object_type: text, object_key: text };

const objectPath = {
  object_type: z.enum(['assets', 'collections']).describe('Kind of the object.'),
  object_key: uuid('Id of the object.'),
};

const permission = z.enum(['read', 'write', 'delete', 'change-acl']);

const get_object_access = operation({
  title: 'Get who may do what',
  description:
    'Read who may read, write or delete an asset or a collection: users and groups by id, those with access of their own and those who have it from a collection above. Explains why somebody cannot see something.',
  effect: 'read',
  listed: 'chosen',
  roles: ['can_read_acls'],
  route: 'GET /acls/v1/acl/{object_type}/{object_key}/',
  input: { ...objectPath, exclude_deleted: z.boolean().optional().describe('Leave out deleted users and groups.') },
  output: {
    users_acl: listOf(byUser),
    groups_acl: listOf(byGroup),
    inherited_users_acl: listOf(byUser.extend(passedOn)),
    inherited_groups_acl: listOf(byGroup.extend(passedOn)),
    propagating_users_acl: listOf(byUser.extend(passedOn)),
    propagating_groups_acl: listOf(byGroup.extend(passedOn)),
  },
});

/** A group by name, or by its id where it cannot be read. */
export async function groupName(id: string, { use }: Context): Promise<string> {
  const { objects } = await use(users.tools.get_groups_basic, { ids: [id] });
  const { name } = objects.find((one) => one.id === id) ?? {};
  return name ? `group ${inQuotes(name)}` : `group ${id}`;
}

const inWords = (permissions: readonly string[]): string => permissions.join(', ') || 'nothing';

export const acls = toolset({
  name: 'acls',
  description: 'Access: who may read, write and delete what.',
  tools: {
    get_object_access,

    set_group_access: operation({
      title: 'Let a group in',
      description:
        'Set what a group may do with an asset or a collection, in place of what it may do now; on a collection it counts for what is in it. The first call only shows the change.',
      effect: 'update',
      access: true,
      listed: 'chosen',
      roles: ['can_write_acls'],
      route: 'PUT /acls/v1/groups/{group_id}/acl/{object_type}/{object_key}/',
      input: {
        group_id: uuid('Group id.'),
        ...objectPath,
        permissions: z.array(permission).min(1).describe('All that it may do, e.g. read, or read and write.'),
      },
      output: {
        group_id: text,
        ...passedOn,
        permissions: strings,
        date_created: text,
        date_modified: text,
      },
      preview: async ({ group_id, object_type, object_key, permissions }, context) => {
        const { groups_acl } = await context.use(get_object_access, { object_type, object_key });
        const now = groups_acl.find((one) => one.group_id === group_id)?.permissions ?? [];
        const [affected, group] = await Promise.all([
          linesOfObjects(object_type, [object_key], context),
          groupName(group_id, context),
        ]);
        const what = object_type === 'assets' ? 'one asset' : 'one collection and all in it';
        const summary = `Lets ${group} do with ${what}: ${inWords(permissions)}. Of its own it may do now: ${inWords(now)}.`;
        return { preview: { summary, affected }, plan: undefined };
      },
    }),
  },
});
