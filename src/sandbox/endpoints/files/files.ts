import {
  cursorQuery,
  dateTime,
  defaulting,
  flag,
  nullable,
  oneOf,
  readOnly,
  required,
  text,
  uuid,
  whole,
} from '../../fields.ts';
import { addressOf } from '../../storage/address.ts';
import { removeObject } from '../../storage/objects.ts';
import { downloadUrl, uploadOf, withPlaceholder, withSize, withUrl } from '../../storage/urls.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../../types.ts';
import { addHistoryEntry, assetOf, created, noContent, ok, rowOr404 } from '../common.ts';
import { disposition, fileCount, mediaStatus, optionalText, signedList, uploadFields } from './media_fields.ts';
import { editRow, listOfAsset, listReply, newRow, ownRowNamedBy, rowNamedBy, rowOf } from './rows.ts';
import { storageFor } from './storages.ts';

const V1 = '/API/files/v1/';
const ASSET = `${V1}assets/{asset_id}/`;
const LIST = `${ASSET}files/`;
const ONE = `${LIST}{file_id}/`;
const read = ['can_read_files'];
const write = ['can_write_files'];

const common: Fields = {
  ...uploadFields,
  asset_id: uuid,
  checksum: optionalText,
  date_created: readOnly(dateTime),
  date_modified: readOnly(dateTime),
  directory_path: required(text),
  file_date_created: dateTime,
  file_date_modified: dateTime,
  file_set_id: uuid,
  format_id: uuid,
  id: readOnly(uuid),
  multipart_upload_url: readOnly(text),
  name: text,
  original_name: required(text),
  parent_id: nullable(uuid),
  size: whole,
  status: mediaStatus,
  storage_id: uuid,
  template: text,
  template_engine: oneOf('SIMPLE', 'JINJA2'),
  type: required(oneOf('FILE', 'DIRECTORY', 'SYMLINK', 'SEQUENCE')),
  upload_filename: readOnly(text),
  user_id: nullable(uuid),
  version_id: uuid,
};
const createBody: Fields = { ...common, content_type: text };
const body: Fields = { ...common, file_set_id: required(uuid), system_domain_id: uuid, url: readOnly(text) };

/** Lists have signed URLs on request only; else the URL is a placeholder that no storage answers. */
const shown = (row: Row, call: Call): Row =>
  call.query.generate_signed_url === false ? withPlaceholder(row, call) : withUrl(row, call);

const list = listOfAsset('files', shown);
const listOfFileSet = listOfAsset('files', shown, (call) => {
  const fileSet = rowOf(call, 'file_sets', call.path.file_set_id);
  return (row) => row.file_set_id === fileSet.id;
});
const fileOf = (call: Call): Row => rowOf(call, 'files', call.path.file_id);

function inFileSet(call: Call): Reply {
  const fileSet = rowOr404(call.store.file_sets, call.path.file_set_id, 'File set');
  const rows = call.store.files.where('asset_id', fileSet.asset_id).filter((row) => row.file_set_id === fileSet.id);
  return listReply(rows, shown, { ...call, query: { per_page: Math.max(1, rows.length), ...call.query } });
}

function byChecksum(call: Call): Reply {
  const rows = call.store.files.list((row) => row.checksum === call.path.checksum && row.status !== 'DELETED');
  if (rows.length === 0) throw new Refusal(404, 'No file has this checksum');
  return listReply(rows, withSize, call);
}

function create(call: Call): Reply {
  const { store, user } = call;
  const given = { ...call.body, directory_path: String(call.body.directory_path).replace(/\/$/, '') };
  const row = newRow({ ...call, body: given });
  const fileSet = ownRowNamedBy(store.file_sets, row, 'file_set_id');
  ownRowNamedBy(store.formats, row, 'format_id');
  const home = { storage_id: row.storage_id ?? fileSet?.storage_id };
  const storage = rowNamedBy(store.storages, home, 'storage_id') ?? storageFor(store, 'FILES');
  const file = store.files.insert({
    name: `${row.id}_${row.original_name}`,
    checksum: null,
    parent_id: null,
    status: 'OPEN',
    user_id: user.id,
    ...(fileSet && { format_id: fileSet.format_id }),
    ...row,
    storage_id: storage.id,
    storage_method: storage.method,
  });
  if (file.status === 'OPEN') removeObject(store, addressOf(store, file));
  return created({ ...file, ...uploadOf(file, call) });
}

function get(call: Call): Reply {
  const file = fileOf(call);
  return ok({ ...withUrl(file, call), ...uploadOf(file, call) });
}

const edit = (call: Call): Reply => ok(withSize(editRow(call, 'files', fileOf(call)), call));

/** Deletes the entry; the media stays on its storage. */
function remove(call: Call): Reply {
  const file = fileOf(call);
  call.store.files.remove(String(file.id));
  addHistoryEntry(call, assetOf(call), 'DELETE_FILE', `File ${file.name} deleted`);
  return noContent;
}

function download(call: Call): Reply {
  const file = fileOf(call);
  const url = downloadUrl(file, call);
  addHistoryEntry(call, assetOf(call), 'DOWNLOAD', `File ${file.name} downloaded`);
  return ok({ url });
}

const signed = { generate_signed_url: defaulting(flag, true) };

export const fileEndpoints: readonly Endpoint[] = [
  { route: `GET ${LIST}`, roles: read, query: signedList(false), handle: list },
  { route: `GET ${ASSET}versions/{version_id}/files/`, roles: read, query: signedList(true), handle: list },
  {
    route: `GET ${ASSET}file_sets/{file_set_id}/files/`,
    roles: read,
    query: { ...cursorQuery, ...signed, ...fileCount },
    handle: listOfFileSet,
  },
  { route: `GET ${V1}file_sets/{file_set_id}/files/`, roles: read, query: signed, handle: inFileSet },
  { route: `GET ${V1}files/checksum/{checksum}/`, roles: read, query: cursorQuery, handle: byChecksum },
  { route: `POST ${LIST}`, roles: write, body: createBody, handle: create },
  {
    route: `GET ${ONE}`,
    roles: read,
    query: {
      ...disposition,
      generate_signed_post_url: defaulting(flag, false),
      bypass_url_cache: defaulting(flag, false),
    },
    handle: get,
  },
  { route: `PATCH ${ONE}`, roles: write, body, partial: true, handle: edit },
  { route: `PUT ${ONE}`, roles: write, body, handle: edit },
  { route: `DELETE ${ONE}`, roles: ['can_delete_files'], handle: remove },
  { route: `GET ${ONE}download_url/`, roles: read, handle: download },
];
