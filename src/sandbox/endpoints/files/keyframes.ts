import { cursorQuery, defaulting, flag } from '../../fields.ts';
import { asListed, withUrl } from '../../storage/urls.ts';
import { type Call, type Endpoint, Refusal, type Reply, type Row } from '../../types.ts';
import { ok, rowOr404 } from '../common.ts';
import { allVersions, disposition, signedList } from './media_fields.ts';
import { listOfAsset, listReply, rowOf } from './rows.ts';

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
  return listReply(rows, asListed, call);
}

function pictureOf(call: Call): Row {
  const row = pictures(call).find(({ id }) => id === call.path.keyframe_id);
  if (!row) throw new Refusal(404, `The keyframe ${call.path.keyframe_id} does not exist`);
  return row;
}

export const keyframeEndpoints: readonly Endpoint[] = [
  { route: `GET ${ASSET}keyframes/`, roles, query: { ...signedList(true), ...allVersions }, handle: list },
  { route: `GET ${ASSET}versions/{version_id}/keyframes/`, roles, query: signedList(true), handle: list },
  {
    route: `GET ${ASSET}keyframes/{keyframe_id}/`,
    roles,
    query: disposition,
    handle: (call: Call) => ok(withUrl(rowOf(call, 'keyframes', call.path.keyframe_id), call)),
  },
  {
    route: `GET ${OF_COLLECTION}`,
    roles: ['can_read_collections'],
    query: { ...cursorQuery, generate_signed_url: defaulting(flag, true) },
    handle: ofCollection,
  },
  {
    route: `GET ${OF_COLLECTION}{keyframe_id}/`,
    roles: ['can_read_collections'],
    handle: (call) => ok(withUrl(pictureOf(call), call)),
  },
];
