import { Refusal, type Store } from './types.ts';

export type Permission = 'read' | 'write' | 'delete' | 'change-acl';
const ALL_PERMISSIONS: readonly Permission[] = ['read', 'write', 'delete', 'change-acl'];

/** The caller's permissions on an object; without an entry, all. */
export function permissionsOf(store: Store, objectType: string, objectId: string): readonly string[] {
  const given = store.acls.get(`${objectType}/${objectId}`)?.permissions;
  return Array.isArray(given) ? given : ALL_PERMISSIONS;
}

export const may = (store: Store, permission: Permission, objectType: string, objectId: unknown): boolean =>
  permissionsOf(store, objectType, String(objectId)).includes(permission);

/** A Refusal (403) without the permission. */
export function requirePermission(store: Store, permission: Permission, objectType: string, objectId: unknown): void {
  if (may(store, permission, objectType, objectId)) return;
  throw new Refusal(403, `User has no ${permission} permission on ${objectType} ${objectId}`);
}

/**
 * Checks the caller's permissions on the object in a path. They apply to its segments, files and values, too:
 * GET needs `read`, DELETE of the object itself `delete`, everything else `write`.
 */
export function checkPermission(store: Store, route: string, path: Readonly<Record<string, string>>): void {
  const [method = '', pattern = ''] = route.split(' ');
  const permission =
    method === 'GET' ? 'read' : method === 'DELETE' && DELETES_OBJECT.test(pattern) ? 'delete' : 'write';
  if (path.asset_id !== undefined) requirePermission(store, permission, 'assets', path.asset_id);
  else if (path.collection_id !== undefined) requirePermission(store, permission, 'collections', path.collection_id);
  else if (path.object_type !== undefined) requirePermission(store, permission, path.object_type, path.object_id);
}

const DELETES_OBJECT = /\{(asset|collection)_id\}\/(purge\/)?$/;
