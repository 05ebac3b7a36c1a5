import {
  archiveStatus,
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
  uri,
  uuid,
  whole,
  workStatus,
} from '../fields.ts';
import { pageOf } from '../paging.ts';
import { may, requirePermission } from '../permissions.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row, type Store } from '../types.ts';
import { addHistoryEntry, assetOf, binDates, created, noContent, ok, rowOr404 } from './common.ts';

/** What clients may write of an asset. */
export const writable: Fields = {
  analyze_status: workStatus,
  archive_status: archiveStatus,
  category: nullable(text),
  created_by_user: readOnly(uuid),
  custom_keyframe: nullable(uuid),
  custom_poster: nullable(uuid),
  date_created: dateTime,
  date_deleted: dateTime,
  date_imported: readOnly(dateTime),
  date_viewed: readOnly(dateTime),
  deleted_by_user: readOnly(uuid),
  external_id: nullable(text),
  external_link: nullable(uri),
  face_recognition_status: workStatus,
  favoured: readOnly(flag),
  has_unconfirmed_persons: flag,
  id: readOnly(uuid),
  is_blocked: flag,
  is_online: flag,
  limit_download_to_groups: nullable(listOf(uuid)),
  original_asset_id: uuid,
  original_segment_id: uuid,
  original_version_id: uuid,
  person_ids: nullable(listOf(uuid)),
  site_name: nullable(text),
  status: oneOf('ACTIVE', 'DELETED'),
  time_end_milliseconds: whole,
  time_start_milliseconds: whole,
  title: required(text),
  type: oneOf('ASSET', 'SEQUENCE', 'NLE_PROJECT', 'PLACEHOLDER', 'CUSTOM', 'LINK', 'SUBCLIP', 'POST'),
  updated_by_user: readOnly(uuid),
  warning: nullable(text),
};
const createBody: Fields = {
  ...writable,
  collection_id: nullable(uuid),
  date_modified: dateTime,
  last_archive_restore_date: readOnly(dateTime),
};
const editBody: Fields = {
  ...writable,
  date_modified: readOnly(dateTime),
  in_collections: readOnly(listOf(text)),
  last_archive_restore_date: dateTime,
  versions: readOnly(listOf({ type: 'object' })),
};
const subclipKeyframes = { generate_subclip_keyframes: defaulting(flag, true) };

/** The ids of the collections that contain an object. */
export const collectionsOf = (store: Store, objectId: unknown): unknown[] =>
  store.contents.where('object_id', objectId).map((content) => content.collection_id);

/** The part of a user that answers about other objects include. */
export function userInfo(store: Store, id: unknown): Row | null {
  const user = store.users.get(String(id));
  if (!user) return null;
  const { first_name, last_name, email, photo } = user;
  return { id, first_name, last_name, email, photo };
}

function show({ store, query }: Call, asset: Row): Row {
  return {
    ...asset,
    ...(query.include_collections === true && { in_collections: collectionsOf(store, asset.id) }),
    ...(query.include_users === true && {
      created_by_user_info: userInfo(store, asset.created_by_user),
      updated_by_user_info: userInfo(store, asset.updated_by_user),
    }),
  };
}

function createAsset(call: Call): Reply {
  const { store, user, query } = call;
  const { collection_id: collectionId, ...given } = call.body;
  const target = query.assign_to_collection === true || query.apply_collection_acls === true;
  if (target && !(typeof collectionId === 'string' && store.collections.get(collectionId))) {
    throw new Refusal(400, { collection_id: 'An existing collection is needed.' });
  }
  const date = store.now();
  const asset = store.assets.insert({
    id: store.newId(),
    ...blankAsset(date, user.id),
    ...given,
    ...unlessDeleted(given),
    versions: [newVersion(store, user.id, 1)],
  });
  if (query.assign_to_collection === true) {
    const content = { collection_id: collectionId, object_id: asset.id, object_type: 'assets', date_created: date };
    store.contents.insert({ id: store.newId(), ...content });
  }
  return created(asset);
}

/** A client may send a `date_deleted` for an object that is not deleted: it does not count. */
export const unlessDeleted = ({ status }: Row): Row => (status === 'DELETED' ? {} : { date_deleted: null });

const blankAsset = (date: string, userId: unknown): Row => ({
  type: 'ASSET',
  status: 'ACTIVE',
  is_online: true,
  is_blocked: false,
  analyze_status: 'N/A',
  archive_status: 'NOT_ARCHIVED',
  face_recognition_status: 'N/A',
  category: null,
  external_id: null,
  external_link: null,
  warning: null,
  site_name: null,
  favoured: false,
  custom_keyframe: null,
  custom_poster: null,
  created_by_user: userId,
  updated_by_user: userId,
  date_created: date,
  date_modified: date,
  date_imported: date,
  date_viewed: null,
  date_deleted: null,
});

/** A new version without media. */
export function newVersion(store: Store, userId: unknown, number: number | undefined): Row {
  return {
    id: store.newId(),
    ...(number !== undefined && { version_number: number }),
    status: 'ACTIVE',
    is_online: true,
    analyze_status: 'N/A',
    archive_status: 'NOT_ARCHIVED',
    transcribe_status: 'N/A',
    face_recognition_status: 'N/A',
    has_unconfirmed_persons: false,
    person_ids: [],
    transcribed_languages: [],
    created_by_user: userId,
    date_created: store.now(),
  };
}

function editAsset(call: Call): Reply {
  const asset = assetOf(call);
  const changes = { ...call.body, ...binDates(call, call.body.status), updated_by_user: call.user.id };
  return ok(call.store.assets.update(String(asset.id), changes));
}

/** Moves an asset into the recycle bin. */
export function trashAsset(call: Call, id: string): void {
  const { store } = call;
  const asset = rowOr404(store.assets, id, 'Asset');
  requirePermission(store, 'delete', 'assets', id);
  store.assets.update(String(asset.id), binDates(call, 'DELETED'));
  addHistoryEntry(call, asset, 'DELETE', 'Moved to the recycle bin');
}

/** Brings an asset back from the recycle bin. */
export function restoreAsset(call: Call, id: string): void {
  const asset = rowOr404(call.store.assets, id, 'Asset');
  call.store.assets.update(id, binDates(call, 'ACTIVE'));
  addHistoryEntry(call, asset, 'RESTORE', 'Restored from the recycle bin');
}

const ONE = '/API/assets/v1/assets/{asset_id}/';

export const assetEndpoints: readonly Endpoint[] = [
  {
    route: 'GET /API/assets/v1/assets/',
    roles: ['can_read_assets'],
    query: { ...pageQuery, per_page: defaulting(between(1, 1000), 10), ...scrollQuery, field_name: text },
    handle: (call) =>
      ok(
        pageOf(
          call.index.assets.list((asset) => asset.status !== 'DELETED' && may(call.index, 'read', 'assets', asset.id)),
          call,
        ),
      ),
  },
  {
    route: 'POST /API/assets/v1/assets/',
    roles: ['can_create_assets'],
    query: {
      apply_default_acls: defaulting(flag, true),
      apply_collection_acls: defaulting(flag, false),
      assign_to_collection: defaulting(flag, false),
      ...subclipKeyframes,
    },
    body: createBody,
    handle: createAsset,
  },
  {
    route: `GET ${ONE}`,
    roles: ['can_read_assets'],
    query: { include_collections: defaulting(flag, false), include_users: defaulting(flag, false) },
    handle: (call) => ok(show(call, assetOf(call))),
  },
  { route: `PUT ${ONE}`, roles: ['can_write_assets'], query: subclipKeyframes, body: editBody, handle: editAsset },
  {
    route: `PATCH ${ONE}`,
    roles: ['can_write_assets'],
    query: subclipKeyframes,
    body: editBody,
    partial: true,
    handle: editAsset,
  },
  {
    route: `DELETE ${ONE}`,
    roles: ['can_delete_assets'],
    handle(call) {
      trashAsset(call, String(call.path.asset_id));
      return noContent;
    },
  },
  {
    route: `PUT ${ONE}restore/`,
    roles: ['can_write_assets'],
    handle(call) {
      restoreAsset(call, String(call.path.asset_id));
      return noContent;
    },
  },
];
