import { defaulting, flag, listOf, oneOf, pageQuery, required, text, uuid } from '../fields.ts';
import { filterRows, pageOf } from '../paging.ts';
import { may } from '../permissions.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row, type Store } from '../types.ts';
import { textsOf } from '../values.ts';
import { restoreAsset, trashAsset } from './assets.ts';
import { contentsOf, restoreCollection, trashCollection } from './collection_tree.ts';
import { accepted, noContent, ok, removeParts, rowOr404, startJob } from './common.ts';

const queue: Fields = { ids: required(listOf(uuid)) };
const listQuery: Fields = { ...pageQuery, filter: text };

const isDeleted = (row: Row): boolean => row.status === 'DELETED';

/** Removes an asset and everything that belongs to it. */
export function purgeAsset(store: Store, id: string): void {
  rowOr404(store.assets, id, 'Asset');
  removeParts(store, id);
  for (const content of store.contents.where('object_id', id)) store.contents.remove(String(content.id));
  store.values.remove(`assets/${id}`);
  store.assets.remove(id);
}

function purgeCollection(store: Store, id: string): void {
  rowOr404(store.collections, id, 'Collection');
  if (contentsOf(store, id).length > 0) throw new Refusal(403, 'Collection is not empty');
  for (const content of store.contents.where('object_id', id)) store.contents.remove(String(content.id));
  store.values.remove(`collections/${id}`);
  store.collections.remove(id);
}

const forEach = (act: (call: Call, id: string) => void, reply: Reply) => (call: Call) => {
  for (const id of textsOf(call.body.ids)) act(call, id);
  return reply;
};

function bulkDelete(call: Call): Reply {
  const { store, body } = call;
  const ids = textsOf(body.object_ids);
  const ofAssets = body.object_type === 'assets';
  if (body.object_type === 'saved_searches') throw new Refusal(400, 'sandbox: saved searches cannot be deleted');
  for (const id of ids) rowOr404(ofAssets ? store.assets : store.collections, id, ofAssets ? 'Asset' : 'Collection');
  const job = startJob(call, 'DELETE', `Delete ${ids.length} ${body.object_type}`, ids.length, () => {
    for (const id of ids) {
      if (!may(store, 'delete', String(body.object_type), id)) continue;
      if (ofAssets) trashAsset(call, id);
      else emptyCollection(call, id, body.content_only === false);
    }
  });
  return accepted(job);
}

function emptyCollection(call: Call, id: string, itselfToo: boolean): void {
  for (const content of contentsOf(call.store, id)) {
    const objectId = String(content.object_id);
    if (!may(call.store, 'delete', String(content.object_type), objectId)) continue;
    if (content.object_type === 'assets') trashAsset(call, objectId);
    else emptyCollection(call, objectId, true);
  }
  if (itselfToo) trashCollection(call, id);
}

export const deleteQueueEndpoints: readonly Endpoint[] = [
  {
    route: 'GET /API/assets/v1/delete_queue/assets/',
    roles: ['can_read_assets'],
    query: listQuery,
    handle: (call) => ok(pageOf(filterRows(call.index.assets.list(isDeleted), call.query.filter), call)),
  },
  {
    route: 'POST /API/assets/v1/delete_queue/assets/',
    roles: ['can_delete_assets'],
    body: queue,
    handle: forEach(trashAsset, noContent),
  },
  {
    route: 'DELETE /API/assets/v1/delete_queue/assets/',
    roles: ['can_write_assets'],
    body: queue,
    handle: forEach(restoreAsset, noContent),
  },
  {
    route: 'POST /API/assets/v1/delete_queue/assets/purge/',
    roles: ['can_purge_assets'],
    body: queue,
    handle: forEach(({ store }, id) => purgeAsset(store, id), noContent),
  },
  {
    route: 'DELETE /API/assets/v1/assets/{asset_id}/purge/',
    roles: ['can_purge_assets'],
    handle(call) {
      purgeAsset(call.store, String(call.path.asset_id));
      return noContent;
    },
  },
  {
    route: 'GET /API/assets/v1/delete_queue/collections/',
    roles: ['can_read_collections'],
    query: listQuery,
    handle: (call) => ok(pageOf(filterRows(call.index.collections.list(isDeleted), call.query.filter), call)),
  },
  {
    route: 'POST /API/assets/v1/delete_queue/collections/',
    roles: ['can_delete_collections'],
    body: queue,
    handle: forEach(trashCollection, noContent),
  },
  {
    route: 'DELETE /API/assets/v1/delete_queue/collections/',
    roles: ['can_write_collections'],
    body: queue,
    handle: forEach(restoreCollection, noContent),
  },
  {
    route: 'POST /API/assets/v1/delete_queue/collections/purge/',
    roles: ['can_purge_collections'],
    body: queue,
    handle: forEach(({ store }, id) => purgeCollection(store, id), noContent),
  },
  {
    route: 'POST /API/assets/v1/delete_queue/purge/all/',
    roles: ['can_purge_assets', 'can_purge_collections'],
    handle() {
      throw new Refusal(403, 'sandbox: purging the whole domain is not offered');
    },
  },
  {
    route: 'POST /API/assets/v1/delete_queue/bulk/',
    roles: ['can_delete_assets'],
    body: {
      object_ids: required(listOf(uuid, { minItems: 1, maxItems: 500 })),
      object_type: required(oneOf('assets', 'collections', 'saved_searches')),
      content_only: defaulting(flag, true),
    },
    handle: bulkDelete,
  },
];
