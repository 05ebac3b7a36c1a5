import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { flag, listOf, page, paged, strings, text, uuids } from '../params.ts';

const userAnswer = {
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

const listing = {
  ids: uuids('Only these; at most 100 fit on a page.').optional(),
  query: z.string().optional().describe('Of first name, last name or e-mail, with *.'),
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
      description: 'As whom this server acts.',
      effect: 'read',
      listed: false,
      roles: [],
      route: 'GET /users/v1/users/current/',
      input: {},
      output: userAnswer,
    }),

    get_current_roles: operation({
      title: 'Get the roles of the current user',
      description: 'What this server may do: names of roles.',
      effect: 'read',
      listed: false,
      roles: [],
      route: 'GET /users/v1/users/current/roles/',
      input: {},
      output: { objects: listOf(z.string()) },
    }),

    get_users_basic: operation({
      title: 'List users in short',
      description: 'Users by id, name or address; needs no role.',
      effect: 'read',
      listed: false,
      roles: [],
      route: 'GET /users/v1/users/basic/',
      input: { ...listing, ...filters, emails: z.array(z.string()).optional().describe('Only these.') },
      output: paged(z.looseObject(userAnswer)),
    }),

    list_users: operation({
      title: 'List users',
      description: 'Users in full; for names get_users_basic is enough.',
      effect: 'read',
      listed: false,
      roles: ['can_read_users'],
      route: 'GET /users/v1/users/',
      input: {
        ...listing,
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
      input: { ...listing, name: z.string().optional().describe('Name.') },
      output: paged(z.looseObject({ id: text, name: text, alias: text, description: text })),
    }),
  },
});
