import {
  between,
  dateTime,
  defaulting,
  flag,
  listOf,
  nullable,
  oneOf,
  pageQuery,
  readOnly,
  required,
  scrollQuery,
  text,
  uuid,
} from '../fields.ts';
import { filterRows, pageOf } from '../paging.ts';
import { may } from '../permissions.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../types.ts';
import { isRow, partsOf } from '../values.ts';
import { collectionsOf } from './assets.ts';
import {
  addContent,
  ancestorsOf,
  contentsOf,
  moveCollection,
  parentOf,
  restoreCollection,
  trashCollection,
} from './collection_tree.ts';
import { accepted, created, noContent, ok, rowOr404 } from './common.ts';
import { contentInfo } from './content_info.ts';

const LIST = '/API/assets/v1/collections/';
const ONE = `${LIST}{collection_id}/`;

const body: Fields = {
  category: nullable(text),
  custom_keyframe: nullable(uuid),
  custom_poster: nullable(uuid),
  date_created: dateTime,
  external_id: nullable(text),
  is_root: flag,
  keyframe_asset_ids: listOf(uuid),
  parent_id: nullable(uuid),
  status: oneOf('ACTIVE', 'HIDDEN', 'DELETED'),
  storage_id: nullable(uuid),
  title: required(text),
};
const contentBody: Fields = {
  collection_id: readOnly(uuid),
  date_created: readOnly(dateTime),
  object_id: required(uuid),
  object_type: required(text),
};
const perPage = { per_page: defaulting(between(1, 1000), 10) };

const collectionOf = ({ store, path }: Call): Row => rowOr404(store.collections, path.collection_id, 'Collection');

const show = ({ store }: Call, collection: Row): Row => {
  const parent = parentOf(store, collection.id);
  return {
    ...collection,
    object_type: 'collections',
    parent_id: parent?.id ?? null,
    in_collections: collectionsOf(store, collection.id),
    parents: ancestorsOf(store, collection.id).map(({ id }) => id),
  };
};

function list(call: Call): Reply {
  const { query, store } = call;
  const statuses = query.status === undefined ? ['ACTIVE'] : partsOf(query.status);
  const rows = store.collections.list(
    (row) =>
      statuses.includes(String(row.status ?? 'ACTIVE')) &&
      (query.is_root === undefined || String(parentOf(store, row.id) === undefined) === query.is_root),
  );
  return ok(
    pageOf(
      rows.map((row) => show(call, row)),
      call,
    ),
  );
}

function checkParent({ store, body: { parent_id: parentId }, path }: Call): void {
  if (typeof parentId !== 'string') return;
  if (!store.collections.get(parentId)) throw new Refusal(400, { parent_id: 'No such collection.' });
  const above = [parentId, ...ancestorsOf(store, parentId).map(({ id }) => id)];
  if (above.includes(path.collection_id)) throw new Refusal(400, { parent_id: 'A collection cannot lie in itself.' });
}

function create(call: Call): Reply {
  const { store, user } = call;
  checkParent(call);
  const date = store.now();
  const collection = store.collections.insert({
    id: store.newId(),
    status: 'ACTIVE',
    category: null,
    external_id: null,
    storage_id: null,
    custom_keyframe: null,
    custom_poster: null,
    custom_order_status: 'DISABLED',
    favoured: false,
    is_root: typeof call.body.parent_id !== 'string',
    keyframe_asset_ids: [],
    keyframes: [],
    created_by_user: user.id,
    date_created: date,
    date_modified: date,
    date_deleted: null,
    ...call.body,
  });
  moveCollection(store, collection.id, call.body.parent_id);
  return created(show(call, collection));
}

function edit(call: Call): Reply {
  const collection = collectionOf(call);
  checkParent(call);
  if (call.body.parent_id !== undefined) moveCollection(call.store, collection.id, call.body.parent_id);
  return ok(show(call, call.store.collections.update(String(collection.id), call.body)));
}

function contents(call: Call): Reply {
  const { store, query } = call;
  const collection = collectionOf(call);
  const [types, ids] = [partsOf(query.object_types), partsOf(query.object_ids)];
  const rows = contentsOf(store, collection.id)
    .filter(({ object_type: type }) => types.length === 0 || types.includes(String(type)))
    .map(({ object_id: id, object_type: type }): Row | undefined => {
      const row = (type === 'assets' ? store.assets : store.collections).get(String(id));
      return row && { ...row, object_type: type, in_collections: collectionsOf(store, id) };
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
  const collection = collectionOf(call);
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
  const collection = collectionOf(call);
  const { object_type: type, object_id: id } = call.path;
  const there = contentsOf(call.store, collection.id).find((row) => row.object_type === type && row.object_id === id);
  if (!there) throw new Refusal(404, `No ${type} with id ${id} in this collection`);
  call.store.contents.remove(String(there.id));
  return noContent;
}

function fullPath(call: Call): Reply {
  const collection = collectionOf(call);
  const path = [collection, ...ancestorsOf(call.store, collection.id)].map(({ title }) => title).reverse();
  return ok(path.join('/'));
}

const moveMode = { change_parent_mode: defaulting(text, 'move') };

export const collectionEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${LIST}`,
    roles: ['can_read_collections'],
    query: { ...pageQuery, ...perPage, ...scrollQuery, is_root: text, status: text },
    handle: list,
  },
  {
    route: `POST ${LIST}`,
    roles: ['can_create_collections'],
    query: {
      apply_default_acls: defaulting(flag, true),
      apply_collection_acls: defaulting(flag, false),
      restrict_collection_acls: defaulting(flag, false),
    },
    body,
    handle: create,
  },
  { route: `GET ${ONE}`, roles: ['can_read_collections'], handle: (call) => ok(show(call, collectionOf(call))) },
  { route: `PUT ${ONE}`, roles: ['can_write_collections'], query: moveMode, body, handle: edit },
  { route: `PATCH ${ONE}`, roles: ['can_write_collections'], query: moveMode, body, partial: true, handle: edit },
  {
    route: `DELETE ${ONE}`,
    roles: ['can_delete_collections'],
    handle(call) {
      trashCollection(call, String(call.path.collection_id));
      return accepted({});
    },
  },
  {
    route: `PUT ${ONE}restore/`,
    roles: ['can_write_collections'],
    handle(call) {
      restoreCollection(call, String(call.path.collection_id));
      return created({});
    },
  },
  {
    route: `GET ${ONE}contents/`,
    roles: ['can_read_collections'],
    query: { ...pageQuery, ...perPage, object_types: text, object_ids: text, external_id: text, filter: text },
    handle: contents,
  },
  { route: `POST ${ONE}contents/`, roles: ['can_write_collections'], body: contentBody, handle: put },
  { route: `DELETE ${ONE}contents/{object_type}/{object_id}/`, roles: ['can_write_collections'], handle: take },
  {
    route: `GET ${ONE}content/info/`,
    roles: ['can_read_collections'],
    query: {
      only_active: defaulting(flag, true),
      include_subcollections: defaulting(flag, true),
      format_name: text,
      by_storage_id: defaulting(flag, true),
    },
    handle: (call) => ok(contentInfo(call, collectionOf(call))),
  },
  {
    route: `GET ${ONE}ancestors/`,
    roles: ['can_read_collections'],
    handle(call) {
      const rows = ancestorsOf(call.store, collectionOf(call).id).map((row) => show(call, row));
      return ok(pageOf(rows.reverse(), { ...call, query: { per_page: 100 } }));
    },
  },
  {
    route: `GET ${ONE}full/path/`,
    roles: ['can_read_collections'],
    query: { get_upload_path: flag },
    handle: fullPath,
  },
];
