import { Refusal, type Store } from './types.ts';

export type Permission = 'read' | 'write' | 'delete' | 'change-acl';
const ALL: readonly Permission[] = ['read', 'write', 'delete', 'change-acl'];

/** What the caller may do with an object; without an entry, everything. */
export function permissionsOf(store: Store, objectType: string, objectId: string): readonly string[] {
  const given = store.acls.get(`${objectType}/${objectId}`)?.permissions;
  return Array.isArray(given) ? given : ALL;
}

export const may = (store: Store, permission: Permission, objectType: string, objectId: unknown): boolean =>
  permissionsOf(store, objectType, String(objectId)).includes(permission);

/** A Refusal (403) where the caller may not. */
export function demand(store: Store, permission: Permission, objectType: string, objectId: unknown): void {
  if (may(store, permission, objectType, objectId)) return;
  throw new Refusal(403, `User has no ${permission} permission on ${objectType} ${objectId}`);
}

/**
 * Checks the object that a path leads to. What lies under an object (segments, files, values) goes by the object:
 * reading needs `read`, all else `write`, its own DELETE `delete`.
 */
export function permit(store: Store, route: string, path: Readonly<Record<string, string>>): void {
  const [method = '', pattern = ''] = route.split(' ');
  const permission = method === 'GET' ? 'read' : method === 'DELETE' && OWN.test(pattern) ? 'delete' : 'write';
  if (path.asset_id !== undefined) demand(store, permission, 'assets', path.asset_id);
  else if (path.collection_id !== undefined) demand(store, permission, 'collections', path.collection_id);
  else if (path.object_type !== undefined) demand(store, permission, path.object_type, path.object_id);
}

const OWN = /\{(asset|collection)_id\}\/(purge\/)?$/;
