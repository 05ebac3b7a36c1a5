import { between, dateTime, defaulting, pageQuery, readOnly, required, text, uuid } from '../fields.ts';
import { filterRows, pageOf } from '../paging.ts';
import { may } from '../permissions.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../types.ts';
import { isRow, partsOf } from '../values.ts';
import { collectionsOf } from './assets.ts';
import { addContent, ancestorsOf, contentsOf } from './collection_tree.ts';
import { created, noContent, ok, rowOr404 } from './common.ts';

const CONTENTS = '/API/assets/v1/collections/{collection_id}/contents/';

const contentBody: Fields = {
  collection_id: readOnly(uuid),
  date_created: readOnly(dateTime),
  object_id: required(uuid),
  object_type: required(text),
};

const collectionInPath = ({ store, path }: Call): Row => rowOr404(store.collections, path.collection_id, 'Collection');

function contents(call: Call): Reply {
  const { index: store, query } = call;
  const collection = collectionInPath(call);
  const [types, ids] = [partsOf(query.object_types), partsOf(query.object_ids)];
  const isOrdered = store.collections.get(String(collection.id))?.custom_order_status === 'ENABLED';
  const rows = contentsOf(store, collection.id)
    .filter(({ object_type: type }) => types.length === 0 || types.includes(String(type)))
    .map(({ object_id: id, object_type: type, position = null }): Row | undefined => {
      const row = (type === 'assets' ? store.assets : store.collections).get(String(id));
      const place = { in_collections: collectionsOf(store, id), ...(isOrdered && { position }) };
      return row && { ...row, object_type: type, ...place };
    })
    .filter(isRow)
    .filter(
      (row) =>
        row.status !== 'DELETED' &&
        may(store, 'read', String(row.object_type), row.id) &&
        (ids.length === 0 || ids.includes(String(row.id))) &&
        (query.external_id === undefined || row.external_id === query.external_id),
    );
  return ok(pageOf(filterRows(rows, query.filter), call));
}

function put(call: Call): Reply {
  const { store } = call;
  const collection = collectionInPath(call);
  const { object_id: id, object_type: type } = call.body;
  if (type !== 'assets' && type !== 'collections') {
    throw new Refusal(400, { object_type: 'A collection holds assets and collections.' });
  }
  const row = (type === 'assets' ? store.assets : store.collections).get(String(id));
  if (!row) throw new Refusal(404, `No ${type} with id ${id}`);
  if ([collection, ...ancestorsOf(store, collection.id)].includes(row)) {
    throw new Refusal(400, { object_id: 'A collection cannot lie in itself.' });
  }
  return created(addContent(store, String(collection.id), id, String(type)));
}

function take(call: Call): Reply {
  const collection = collectionInPath(call);
  const { object_type: type, object_id: id } = call.path;
  const there = contentsOf(call.store, collection.id).find((row) => row.object_type === type && row.object_id === id);
  if (!there) throw new Refusal(404, `No ${type} with id ${id} in this collection`);
  call.store.contents.remove(String(there.id));
  return noContent;
}

export const collectionContentEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${CONTENTS}`,
    roles: ['can_read_collections'],
    query: {
      ...pageQuery,
      per_page: defaulting(between(1, 1000), 10),
      object_types: text,
      object_ids: text,
      external_id: text,
      filter: text,
    },
    handle: contents,
  },
  { route: `POST ${CONTENTS}`, roles: ['can_write_collections'], body: contentBody, handle: put },
  { route: `DELETE ${CONTENTS}{object_type}/{object_id}/`, roles: ['can_write_collections'], handle: take },
];
