import { dateTime, defaulting, flag, nullable, readOnly, text, uuid, whole } from '../../fields.ts';
import { addressOf } from '../../storage/address.ts';
import { removeObject } from '../../storage/objects.ts';
import { asListed, downloadUrl, uploadOf, withUrl } from '../../storage/urls.ts';
import type { Call, Endpoint, Fields, Reply, Row } from '../../types.ts';
import { addHistoryEntry, assetOf, created, noContent, ok } from '../common.ts';
import {
  allVersions,
  disposition,
  mediaStatus,
  optionalText,
  resolution,
  signedList,
  uploadFields,
} from './media_fields.ts';
import { editRow, listOfAsset, newRow, rowNamedBy, rowOf } from './rows.ts';
import { storageFor } from './storages.ts';

const ASSET = '/API/files/v1/assets/{asset_id}/';
const LIST = `${ASSET}proxies/`;
const ONE = `${LIST}{proxy_id}/`;
const read = ['can_read_proxies'];
const write = ['can_write_proxies'];

const common: Fields = {
  asset_id: uuid,
  audio_bitrate: whole,
  audio_channels: nullable(whole),
  bit_rate: whole,
  codec: text,
  date_created: readOnly(dateTime),
  date_modified: readOnly(dateTime),
  filename: text,
  format: text,
  frame_rate: optionalText,
  id: readOnly(uuid),
  is_drop_frame: nullable(flag),
  is_multichannel: nullable(flag),
  is_public: readOnly(flag),
  name: text,
  resolution,
  rotation: nullable(whole),
  size: nullable(whole),
  start_time_code: optionalText,
  status: mediaStatus,
  storage_id: uuid,
  url: readOnly(text),
};
const createBody: Fields = {
  ...common,
  ...uploadFields,
  content_type: text,
  multipart_upload_url: readOnly(text),
  proxy_container_id: nullable(uuid),
  version_id: nullable(uuid),
};
const body: Fields = { ...common, version_id: uuid };

const list = listOfAsset('proxies', asListed);
const proxyOf = (call: Call): Row => rowOf(call, 'proxies', call.path.proxy_id);

function create(call: Call): Reply {
  const { store } = call;
  const row = newRow(call);
  const storage = rowNamedBy(store.storages, row, 'storage_id') ?? storageFor(store, 'PROXIES');
  const proxy = store.proxies.insert({
    status: 'OPEN',
    is_public: false,
    ...row,
    storage_id: storage.id,
    storage_method: storage.method,
  });
  if (proxy.status === 'OPEN') removeObject(store, addressOf(store, proxy));
  return created({ ...proxy, ...uploadOf(proxy, call) });
}

function get(call: Call): Reply {
  const proxy = proxyOf(call);
  return ok({ ...withUrl(proxy, call), ...uploadOf(proxy, call) });
}

const edit = (call: Call): Reply => ok(withUrl(editRow(call, 'proxies', proxyOf(call)), call));

function remove(call: Call): Reply {
  const proxy = proxyOf(call);
  removeObject(call.store, addressOf(call.store, proxy));
  call.store.proxies.remove(String(proxy.id));
  return noContent;
}

function download(call: Call): Reply {
  const proxy = proxyOf(call);
  const url = downloadUrl(proxy, call);
  addHistoryEntry(call, assetOf(call), 'DOWNLOAD', `Proxy ${proxy.name ?? proxy.id} downloaded`);
  return ok({ url });
}

export const proxyEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${LIST}`,
    roles: read,
    query: { ...signedList(true), ...allVersions, bypass_url_cache: defaulting(flag, false) },
    handle: list,
  },
  { route: `GET ${ASSET}versions/{version_id}/proxies/`, roles: read, query: signedList(true), handle: list },
  { route: `POST ${LIST}`, roles: write, body: createBody, handle: create },
  { route: `GET ${ONE}`, roles: read, query: disposition, handle: get },
  { route: `PATCH ${ONE}`, roles: write, body, partial: true, handle: edit },
  { route: `PUT ${ONE}`, roles: write, body, handle: edit },
  { route: `DELETE ${ONE}`, roles: ['can_delete_proxies'], handle: remove },
  { route: `GET ${ONE}download_url/`, roles: read, handle: download },
];
