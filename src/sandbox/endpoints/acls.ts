import { permissionsOf } from '../permissions.ts';
import type { Endpoint } from '../types.ts';
import { ok } from './common.ts';

const ONE = '/API/acls/v1/acl/{object_type}/{object_key}/';

/** The caller's permissions on an object. An object that does not exist answers all permissions. */
export const aclEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${ONE}permissions/`,
    roles: [],
    handle: ({ store, path: { object_type: type = '', object_key: key = '' } }) =>
      ok({ permissions: permissionsOf(store, type, key) }),
  },
  {
    route: `GET ${ONE}`,
    roles: ['can_read_acls'],
    handle: ({ store, user, path: { object_type: type = '', object_key: key = '' } }) =>
      ok({
        users_acl: [{ user_id: user.id, permissions: permissionsOf(store, type, key) }],
        groups_acl: [],
        inherited_users_acl: [],
        inherited_groups_acl: [],
        propagating_users_acl: [],
        propagating_groups_acl: [],
      }),
  },
];
