import { inQuotes } from '../../text/quote.ts';
import { operation, toolset } from '../define.ts';
import { uuid } from '../params.ts';
import { groupName } from './acls.ts';
import { userAnswer, users } from './users.ts';

export const memberships = toolset({
  name: 'memberships',
  description: 'Members of groups.',
  tools: {
    add_user_to_group: operation({
      title: 'Put a user into a group',
      description:
        'Put a user into a group: the user gets the roles of the group and sees what it sees. Returns the user with all groups. The first call only shows the change.',
      effect: 'create',
      access: true,
      idempotent: true,
      listed: 'chosen',
      roles: ['can_write_groups'],
      route: 'POST /users/v1/groups/{group_id}/users/{user_id}/',
      input: { group_id: uuid('Group id.'), user_id: uuid('User id.') },
      output: userAnswer,
      preview: async ({ group_id, user_id }, context) => {
        const { objects } = await context.use(users.tools.get_users_basic, { ids: [user_id] });
        const { first_name, last_name, email } = objects.find(({ id }) => id === user_id) ?? {};
        const name = [first_name, last_name].filter(Boolean).join(' ');
        const group = await groupName(group_id, context);
        const summary = `Puts ${name ? inQuotes(name) : user_id} into ${group}, with all that this group may do and see.`;
        return { preview: { summary, affected: [{ id: user_id, name, email }] }, plan: undefined };
      },
    }),
  },
});
