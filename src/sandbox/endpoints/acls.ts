import { collectionsAround } from '../documents.ts';
import { dateTime, flag, listOf, readOnly, required, text, uuid } from '../fields.ts';
import { permissionsOf, requirePermission } from '../permissions.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../types.ts';
import { textsOf } from '../values.ts';
import { created, noContent, ok, rowOr404 } from './common.ts';

const ONE = '/API/acls/v1/acl/{object_type}/{object_key}/';
const OF_GROUP = '/API/acls/v1/groups/{group_id}/acl/{object_type}/{object_key}/';
const PERMISSIONS = ['read', 'write', 'delete', 'change-acl'];

const groupBody: Fields = {
  date_created: readOnly(dateTime),
  date_modified: readOnly(dateTime),
  group_id: readOnly(uuid),
  object_key: readOnly(text),
  object_type: readOnly(text),
  permissions: required(listOf(text)),
};

const shown = ({ id: _, ...acl }: Row): Row => acl;

const groupAclsOf = ({ store }: Call, type: string, key: string): Row[] =>
  store.group_acls.list((acl) => acl.object_type === type && acl.object_key === key);

/** Who may do what with an object: the caller, groups, and groups of the collections around it. */
function read(call: Call): Reply {
  const { store, user, path } = call;
  const { object_type: type = '', object_key: key = '' } = path;
  const own = groupAclsOf(call, type, key);
  const above = collectionsAround(store, key).all.flatMap((id) => groupAclsOf(call, 'collections', id));
  const propagating = ({ group_id, object_key, object_type, permissions }: Row): Row => ({
    group_id,
    object_key,
    object_type,
    permissions,
  });
  return ok({
    users_acl: [{ user_id: user.id, permissions: permissionsOf(store, type, key) }],
    groups_acl: own.map(({ group_id, permissions }) => ({ group_id, permissions })),
    inherited_users_acl: [],
    inherited_groups_acl: above.map(propagating),
    propagating_users_acl: [],
    propagating_groups_acl: type === 'collections' ? own.map(propagating) : [],
  });
}

/** The id of a group's entry; a Refusal (404) unless group and object exist. */
function entryId({ store, path }: Call): string {
  const { group_id: group = '', object_type: type = '', object_key: key = '' } = path;
  rowOr404(store.groups, group, 'Group');
  if (type === 'assets') rowOr404(store.assets, key, 'Asset');
  else if (type === 'collections') rowOr404(store.collections, key, 'Collection');
  else throw new Refusal(400, `sandbox: no access for ${type}`);
  return `${group}/${type}/${key}`;
}

/** Gives a group these permissions, in place of those it has; an object with at least one can be read. */
function write(call: Call): Reply {
  const { store, path, body } = call;
  const id = entryId(call);
  const { group_id, object_type = '', object_key = '' } = path;
  requirePermission(store, 'change-acl', object_type, object_key);
  const permissions = textsOf(body.permissions);
  const unknown = permissions.filter((one) => !PERMISSIONS.includes(one));
  if (unknown.length > 0) throw new Refusal(400, { permissions: `Not a permission: ${unknown.join(', ')}.` });
  if (store.group_acls.get(id)) return ok(shown(store.group_acls.update(id, { permissions })));
  const date = store.now();
  const row = { id, group_id, object_type, object_key, permissions, date_created: date, date_modified: date };
  return created(shown(store.group_acls.insert(row)));
}

/** The caller's permissions on an object. An object that does not exist answers all permissions. */
export const aclEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${ONE}permissions/`,
    roles: [],
    handle: ({ store, path: { object_type: type = '', object_key: key = '' } }) =>
      ok({ permissions: permissionsOf(store, type, key) }),
  },
  { route: `GET ${ONE}`, roles: ['can_read_acls'], query: { exclude_deleted: flag }, handle: read },
  {
    route: `GET ${OF_GROUP}`,
    roles: ['can_read_acls'],
    handle: (call) => ok(shown(rowOr404(call.store.group_acls, entryId(call), 'Access of this group'))),
  },
  { route: `PUT ${OF_GROUP}`, roles: ['can_write_acls'], body: groupBody, handle: write },
  {
    route: `DELETE ${OF_GROUP}`,
    roles: ['can_delete_acls'],
    handle(call) {
      const entry = rowOr404(call.store.group_acls, entryId(call), 'Access of this group');
      requirePermission(call.store, 'change-acl', String(entry.object_type), entry.object_key);
      call.store.group_acls.remove(String(entry.id));
      return noContent;
    },
  },
];
