import {
  cursorQuery,
  dateTime,
  defaulting,
  flag,
  nullable,
  objectOf,
  oneOf,
  readOnly,
  required,
  text,
  uuid,
  whole,
} from '../../fields.ts';
import { addressOf } from '../../storage/address.ts';
import { removeObject } from '../../storage/objects.ts';
import { asListed, uploadOf, withUrl } from '../../storage/urls.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../../types.ts';
import { created, noContent, ok, rowOr404 } from '../common.ts';
import {
  allVersions,
  disposition,
  mediaStatus,
  optionalText,
  resolution,
  signedList,
  uploadFields,
} from './media_fields.ts';
import { editRow, listOfAsset, listReply, newRow, rowNamedBy, rowOf } from './rows.ts';
import { storageFor } from './storages.ts';

const ASSET = '/API/files/v1/assets/{asset_id}/';
const OF_COLLECTION = '/API/files/v1/collections/{collection_id}/keyframes/';
const roles = ['can_read_assets'];
const list = listOfAsset('keyframes', asListed);

const pictures = ({ store, path }: Call): Row[] =>
  store.keyframes.where('collection_id', rowOr404(store.collections, path.collection_id, 'Collection').id);

/** An empty list is a 404, as with assets. */
function ofCollection(call: Call): Reply {
  const rows = pictures(call);
  if (rows.length === 0) throw new Refusal(404, "The keyframes for this collection don't exist");
  return listReply(rows, (row, own) => ofCollectionOnly(asListed(row, own)), call);
}

/** Keyframes of a collection do not say how their storage is reached. */
const ofCollectionOnly = ({ storage_method: _, ...row }: Row): Row => row;

function pictureOf(call: Call): Row {
  const row = pictures(call).find(({ id }) => id === call.path.keyframe_id);
  if (!row) throw new Refusal(404, `The keyframe ${call.path.keyframe_id} does not exist`);
  return row;
}

const body: Fields = {
  ...uploadFields,
  asset_id: nullable(uuid),
  collection_id: nullable(uuid),
  content_type: text,
  date_created: readOnly(dateTime),
  date_modified: readOnly(dateTime),
  filename: text,
  format: optionalText,
  id: readOnly(uuid),
  is_custom_keyframe: flag,
  is_public: readOnly(flag),
  name: text,
  resolution,
  rotation: nullable(whole),
  size: nullable(whole),
  status: mediaStatus,
  storage_id: uuid,
  time_code: objectOf({
    frames_number: whole,
    is_drop_frame: flag,
    time_base: objectOf({ denominator: whole, numerator: whole }),
  }),
  type: required(oneOf('KEYFRAME', 'KEYFRAME_MAP', 'POSTER')),
  url: readOnly(text),
  version_id: nullable(uuid),
};

const keyframeOf = (call: Call): Row => rowOf(call, 'keyframes', call.path.keyframe_id);

function create(call: Call): Reply {
  const { store } = call;
  const row = newRow(call);
  const storage = rowNamedBy(store.storages, row, 'storage_id') ?? storageFor(store, 'KEYFRAMES');
  const start = { status: 'OPEN', is_public: false, is_custom_keyframe: false };
  const home = { storage_id: storage.id, storage_method: storage.method };
  const keyframe = store.keyframes.insert({ ...start, ...row, ...home });
  if (keyframe.status === 'OPEN') removeObject(store, addressOf(store, keyframe));
  // Keyframes are uploaded in one piece.
  const { multipart_upload_url: _, ...upload } = uploadOf(keyframe, call);
  return created({ ...keyframe, ...upload });
}

const edit = (call: Call): Reply => ok(withUrl(editRow(call, 'keyframes', keyframeOf(call)), call));

/** `keep_poster` leaves a poster in place. */
function remove(call: Call): Reply {
  const keyframe = keyframeOf(call);
  if (call.query.keep_poster === true && keyframe.type === 'POSTER') return noContent;
  removeObject(call.store, addressOf(call.store, keyframe));
  call.store.keyframes.remove(String(keyframe.id));
  return noContent;
}

const write = ['can_write_keyframes'];
const ONE = `${ASSET}keyframes/{keyframe_id}/`;

export const keyframeEndpoints: readonly Endpoint[] = [
  { route: `GET ${ASSET}keyframes/`, roles, query: { ...signedList(true), ...allVersions }, handle: list },
  { route: `GET ${ASSET}versions/{version_id}/keyframes/`, roles, query: signedList(true), handle: list },
  {
    route: `GET ${ONE}`,
    roles,
    query: disposition,
    handle: (call: Call) => ok(withUrl(keyframeOf(call), call)),
  },
  {
    route: `POST ${ASSET}keyframes/`,
    roles: write,
    query: { use_google_resumable_upload: defaulting(flag, false) },
    body,
    handle: create,
  },
  { route: `PUT ${ONE}`, roles: write, body, handle: edit },
  { route: `PATCH ${ONE}`, roles: write, body, partial: true, handle: edit },
  { route: `DELETE ${ONE}`, roles: write, query: { keep_poster: flag }, handle: remove },
  {
    route: `GET ${OF_COLLECTION}`,
    roles: ['can_read_collections'],
    query: { ...cursorQuery, generate_signed_url: defaulting(flag, true) },
    handle: ofCollection,
  },
  {
    route: `GET ${OF_COLLECTION}{keyframe_id}/`,
    roles: ['can_read_collections'],
    handle: (call) => ok(ofCollectionOnly(withUrl(pictureOf(call), call))),
  },
];
