import {
  cursorQuery,
  dateTime,
  defaulting,
  flag,
  listOf,
  oneOf,
  readOnly,
  required,
  text,
  uuid,
  whole,
} from '../../fields.ts';
import type { Call, Endpoint, Fields, Reply, Row } from '../../types.ts';
import { addHistoryEntry, assetOf, created, noContent, ok } from '../common.ts';
import { moveToBin, removeForGood } from './deletion.ts';
import { fileCount } from './media_fields.ts';
import { editRow, listOfAsset, newRow, ownRowNamedBy, rowNamedBy, rowOf } from './rows.ts';
import { storageFor } from './storages.ts';

const ASSET = '/API/files/v1/assets/{asset_id}/';
const LIST = `${ASSET}file_sets/`;
const ONE = `${LIST}{file_set_id}/`;
const FORMAT = `${ASSET}formats/{format_id}/`;
const read = ['can_read_files'];
const write = ['can_write_files'];

const body: Fields = {
  archive_file_set_id: uuid,
  asset_id: readOnly(uuid),
  base_dir: required(text),
  component_ids: required(listOf(uuid)),
  date_created: readOnly(dateTime),
  date_deleted: dateTime,
  date_modified: readOnly(dateTime),
  deleted_by_user: readOnly(uuid),
  file_count: readOnly(whole),
  format_id: required(uuid),
  id: readOnly(uuid),
  is_archive: flag,
  name: required(text),
  original_storage_id: uuid,
  status: oneOf('ACTIVE', 'ARCHIVED', 'DELETED'),
  storage_id: uuid,
  type: oneOf('REGULAR', 'MANY_FILES'),
  version_id: uuid,
};

const filesIn = ({ store }: Call, fileSet: Row): Row[] =>
  store.files.where('asset_id', fileSet.asset_id).filter((row) => row.file_set_id === fileSet.id);
const counted = (row: Row, call: Call): Row => ({ ...row, file_count: filesIn(call, row).length });

/** Without `file_count`, which the vendor computes only on request. */
function shown(row: Row, call: Call): Row {
  if (call.query.file_count === true) return counted(row, call);
  const { file_count: _, ...rest } = row;
  return rest;
}

const list = listOfAsset('file_sets', shown);
const listOfFormat = listOfAsset('file_sets', shown, (call) => {
  const format = rowOf(call, 'formats', call.path.format_id);
  const storage = call.path.storage_id;
  return (row) => row.format_id === format.id && (storage === undefined || row.storage_id === storage);
});
const fileSetOf = (call: Call): Row => rowOf(call, 'file_sets', call.path.file_set_id);

function create(call: Call): Reply {
  const { store } = call;
  const row = newRow(call);
  ownRowNamedBy(store.formats, row, 'format_id');
  const storage = rowNamedBy(store.storages, row, 'storage_id') ?? storageFor(store, 'FILES');
  const start = { is_archive: false, status: 'ACTIVE' };
  return created(counted(store.file_sets.insert({ ...start, ...row, storage_id: storage.id }), call));
}

function edit(call: Call): Reply {
  const fileSet = fileSetOf(call);
  ownRowNamedBy(call.store.formats, { ...call.body, asset_id: fileSet.asset_id }, 'format_id');
  return ok(counted(editRow(call, 'file_sets', fileSet), call));
}

/** Deletes a file set with its files. */
function remove(call: Call): Reply {
  const fileSet = fileSetOf(call);
  const take = call.query.immediately === true ? removeForGood : moveToBin;
  for (const file of filesIn(call, fileSet)) take(call, 'files', file);
  take(call, 'file_sets', fileSet);
  addHistoryEntry(call, assetOf(call), 'DELETE_FILESET', `File set ${fileSet.name} deleted`);
  return call.query.immediately === true ? noContent : ok(call.store.file_sets.get(String(fileSet.id)));
}

export const fileSetEndpoints: readonly Endpoint[] = [
  { route: `GET ${LIST}`, roles: read, query: { ...cursorQuery, ...fileCount }, handle: list },
  {
    route: `GET ${ASSET}versions/{version_id}/file_sets/`,
    roles: read,
    query: { ...cursorQuery, ...fileCount },
    handle: list,
  },
  { route: `GET ${FORMAT}file_sets/`, roles: read, query: cursorQuery, handle: listOfFormat },
  { route: `GET ${FORMAT}storages/{storage_id}/file_sets/`, roles: read, query: cursorQuery, handle: listOfFormat },
  { route: `POST ${LIST}`, roles: write, body, handle: create },
  { route: `GET ${ONE}`, roles: read, handle: (call) => ok(counted(fileSetOf(call), call)) },
  { route: `PATCH ${ONE}`, roles: write, body, partial: true, handle: edit },
  { route: `PUT ${ONE}`, roles: write, body, handle: edit },
  {
    route: `DELETE ${ONE}`,
    roles: ['can_delete_files'],
    query: { keep_source: defaulting(flag, false), immediately: defaulting(flag, false) },
    handle: remove,
  },
];
