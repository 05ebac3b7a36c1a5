import {
  between,
  dateTime,
  defaulting,
  flag,
  listOf,
  nullable,
  oneOf,
  pageQuery,
  required,
  scrollQuery,
  text,
  uuid,
} from '../fields.ts';
import { pageOf } from '../paging.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row, type Store } from '../types.ts';
import { partsOf } from '../values.ts';
import { collectionsOf, unlessDeleted } from './assets.ts';
import { ancestorsOf, moveCollection, parentOf, restoreCollection, trashCollection } from './collection_tree.ts';
import { accepted, binDates, created, ok, rowOr404, startJob } from './common.ts';
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
const perPage = { per_page: defaulting(between(1, 1000), 10) };

const collectionOf = ({ store, path }: Call): Row => rowOr404(store.collections, path.collection_id, 'Collection');

const show = (store: Store, collection: Row): Row => {
  const parent = parentOf(store, collection.id);
  return {
    ...collection,
    object_type: 'collections',
    is_root: parent === undefined,
    parent_id: parent?.id ?? null,
    in_collections: collectionsOf(store, collection.id),
    parents: ancestorsOf(store, collection.id).map(({ id }) => id),
  };
};

function list(call: Call): Reply {
  const { query, index: store } = call;
  const statuses = query.status === undefined ? ['ACTIVE'] : partsOf(query.status);
  const rows = store.collections.list(
    (row) =>
      statuses.includes(String(row.status ?? 'ACTIVE')) &&
      (query.is_root === undefined ||
        String(parentOf(store, row.id) === undefined) === String(query.is_root).toLowerCase()),
  );
  return ok(
    pageOf(
      rows.map((row) => show(store, row)),
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
    ...call.body,
    ...unlessDeleted(call.body),
  });
  moveCollection(store, collection.id, call.body.parent_id);
  return created(show(store, collection));
}

function edit(call: Call): Reply {
  const collection = collectionOf(call);
  checkParent(call);
  if (call.body.parent_id !== undefined) moveCollection(call.store, collection.id, call.body.parent_id);
  return ok(
    show(
      call.store,
      call.store.collections.update(String(collection.id), { ...call.body, ...binDates(call, call.body.status) }),
    ),
  );
}

function fullPath(call: Call): Reply {
  const collection = collectionOf(call);
  const path = [collection, ...ancestorsOf(call.store, collection.id)].map(({ title }) => title).reverse();
  return ok(path.join('/'));
}

/** The collection changes at once; the job is for what it contains. */
function jobAnswer(call: Call, type: string, title: string): Row {
  const { id, status } = startJob(call, type, title, 1, () => {});
  return { job_id: id, status };
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
  { route: `GET ${ONE}`, roles: ['can_read_collections'], handle: (call) => ok(show(call.store, collectionOf(call))) },
  { route: `PUT ${ONE}`, roles: ['can_write_collections'], query: moveMode, body, handle: edit },
  { route: `PATCH ${ONE}`, roles: ['can_write_collections'], query: moveMode, body, partial: true, handle: edit },
  {
    route: `DELETE ${ONE}`,
    roles: ['can_delete_collections'],
    handle(call) {
      trashCollection(call, String(call.path.collection_id));
      return accepted(jobAnswer(call, 'DELETE', 'Delete collection'));
    },
  },
  {
    route: `PUT ${ONE}restore/`,
    roles: ['can_write_collections'],
    handle(call) {
      restoreCollection(call, String(call.path.collection_id));
      return accepted(jobAnswer(call, 'RESTORE', 'Restore collection'));
    },
  },
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
    route: `GET ${ONE}size/`,
    roles: ['can_read_collections'],
    query: { include_subcollections: defaulting(flag, false), format_name: text },
    handle(call) {
      const collection = collectionOf(call);
      const { total_size: size } = contentInfo(call, collection);
      return ok({ id: collection.id, title: collection.title, size });
    },
  },
  {
    route: `GET ${ONE}ancestors/`,
    roles: ['can_read_collections'],
    handle(call) {
      const rows = ancestorsOf(call.index, collectionOf(call).id).map((row) => show(call.index, row));
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
