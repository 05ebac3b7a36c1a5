import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { flag, listOf, page, paged, strings, text, uuids } from '../params.ts';

export const userAnswer = {
  id: text,
  first_name: text,
  last_name: text,
  email: text,
  hide_email: flag,
  status: text,
  type: text,
  groups: strings,
  primary_group: text,
  is_admin: flag,
};

const paging = {
  ids: uuids('Only these; at most 100 per page.').optional(),
  query: z.string().optional().describe('Part of first name, last name or e-mail; * is a wildcard.'),
  sort: z.string().optional().describe('e.g. last_name,asc.'),
  page,
  per_page: z.int().min(1).max(100).default(100).describe('Default 100.'),
};

const filters = {
  email: z.string().optional().describe('E-mail address.'),
  first_name: z.string().optional().describe('First name.'),
  last_name: z.string().optional().describe('Last name.'),
};

export const users = toolset({
  name: 'users',
  description: 'Users and groups.',
  tools: {
    get_current_user: operation({
      title: 'Get the current user',
      description: 'The user whose token this server uses.',
      effect: 'read',
      listed: false,
      roles: [],
      route: 'GET /users/v1/users/current/',
      input: {},
      output: userAnswer,
    }),

    get_current_roles: operation({
      title: 'Get the roles of the current user',
      description: 'The roles of that user.',
      effect: 'read',
      listed: false,
      roles: [],
      route: 'GET /users/v1/users/current/roles/',
      input: {},
      output: { objects: listOf(z.string()) },
    }),

    get_users_basic: operation({
      title: 'List users in short',
      description: 'Users by id, name or e-mail; needs no role.',
      effect: 'read',
      listed: false,
      roles: [],
      route: 'GET /users/v1/users/basic/',
      input: { ...paging, ...filters, emails: z.array(z.string()).optional().describe('Only these.') },
      output: paged(z.looseObject(userAnswer)),
    }),

    list_users: operation({
      title: 'List users',
      description: 'Users with all fields; for names use get_users_basic.',
      effect: 'read',
      listed: false,
      roles: ['can_read_users'],
      route: 'GET /users/v1/users/',
      input: {
        ...paging,
        ...filters,
        groups: z.string().optional().describe('Group id.'),
        status: z.string().optional().describe('ACTIVE, INACTIVE, BLOCKED or DELETED.'),
      },
      output: paged(z.looseObject(userAnswer)),
    }),

    get_groups_basic: operation({
      title: 'List groups in short',
      description: 'Groups by id or name; needs no role.',
      effect: 'read',
      listed: false,
      roles: [],
      route: 'GET /users/v1/groups/basic/',
      input: { ...paging, name: z.string().optional().describe('Name.') },
      output: paged(z.looseObject({ id: text, name: text, alias: text, description: text })),
    }),
  },
});
