import type { Call, Row, Store } from '../types.ts';
import { binDates, rowOr404 } from './common.ts';

/** The direct contents of a collection, in custom order if that is enabled. */
export function contentsOf(store: Store, collectionId: unknown): Row[] {
  const contents = store.contents.where('collection_id', collectionId);
  if (store.collections.get(String(collectionId))?.custom_order_status !== 'ENABLED') return contents;
  const at = ({ position }: Row): number => (typeof position === 'number' ? position : Infinity);
  return contents.toSorted((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)));
}

/** The parent collection, if there is one. */
export function parentOf(store: Store, collectionId: unknown): Row | undefined {
  const [content] = store.contents.where('object_id', collectionId);
  const parentId = content?.collection_id ?? store.collections.get(String(collectionId))?.parent_id;
  return store.collections.get(String(parentId));
}

/** The ancestors of a collection, nearest first. */
export function ancestorsOf(store: Store, collectionId: unknown): Row[] {
  const ancestors: Row[] = [];
  let above = parentOf(store, collectionId);
  while (above && !ancestors.includes(above)) {
    ancestors.push(above);
    above = parentOf(store, above.id);
  }
  return ancestors;
}

/** The objects in a collection, at any depth if `deep`; each object once. */
export function objectsIn(store: Store, collectionId: unknown, deep: boolean): { assets: Row[]; collections: Row[] } {
  const seen = new Map<unknown, { row: Row; type: unknown }>();
  const visit = (id: unknown): void => {
    for (const { object_id: objectId, object_type: type } of contentsOf(store, id)) {
      const row = (type === 'assets' ? store.assets : store.collections).get(String(objectId));
      if (!row || seen.has(objectId)) continue;
      seen.set(objectId, { row, type });
      if (deep && type === 'collections') visit(objectId);
    }
  };
  visit(collectionId);
  const all = [...seen.values()];
  return {
    assets: all.filter(({ type }) => type === 'assets').map(({ row }) => row),
    collections: all.filter(({ type }) => type === 'collections').map(({ row }) => row),
  };
}

/** Moves a collection below another, or to the root. */
export function moveCollection(store: Store, id: unknown, parentId: unknown): void {
  for (const content of store.contents.where('object_id', id)) store.contents.remove(String(content.id));
  if (typeof parentId === 'string') addContent(store, parentId, id, 'collections');
}

/** Adds an object to a collection, unless it is in it already. */
export function addContent(store: Store, collectionId: string, objectId: unknown, objectType: string): Row {
  const there = contentsOf(store, collectionId).find((row) => row.object_id === objectId);
  if (there) return there;
  return store.contents.insert({
    id: store.newId(),
    collection_id: collectionId,
    object_id: objectId,
    object_type: objectType,
    date_created: store.now(),
  });
}

/** Moves a collection into the recycle bin. */
export function trashCollection(call: Call, id: string): void {
  rowOr404(call.store.collections, id, 'Collection');
  call.store.collections.update(id, binDates(call, 'DELETED'));
}

/** Brings a collection back from the recycle bin. */
export function restoreCollection(call: Call, id: string): void {
  rowOr404(call.store.collections, id, 'Collection');
  call.store.collections.update(id, binDates(call, 'ACTIVE'));
}
