import { dateTime, nullable, oneOf, pageQuery, readOnly, required, text, uuid } from '../fields.ts';
import { filterRows, pageOf } from '../paging.ts';
import type { Call, Endpoint, Fields, Reply } from '../types.ts';
import { assetOf, created, latestVersion, ok } from './common.ts';

const operations =
  'EXPORT TRANSCODE ANALYZE ADD_FORMAT DELETE_FORMAT RESTORE_FORMAT DELETE_FILESET DELETE_FILE RESTORE_FILESET ' +
  'MODIFY_FILESET APPROVE REJECT DOWNLOAD METADATA CUSTOM TRANSCRIPTION VERSION_CREATE VERSION_DELETE VERSION_UPDATE ' +
  'VERSION_PROMOTE RESTORE RESTORE_FROM_GLACIER ARCHIVE RESTORE_ARCHIVE DELETE TRANSFER UNLINK_SUBCLIP FACE_RECOGNITION';

const body: Fields = {
  asset_id: readOnly(uuid),
  date_created: readOnly(dateTime),
  date_modified: readOnly(dateTime),
  id: readOnly(uuid),
  job_id: nullable(uuid),
  operation_description: nullable(text),
  operation_type: required(oneOf(...operations.split(' '))),
  share_id: nullable(uuid),
  share_user_id: nullable(uuid),
  user_id: readOnly(uuid),
  version_id: readOnly(uuid),
};

function list(call: Call): Reply {
  const asset = assetOf(call);
  const entries = call.index.history.where('asset_id', asset.id);
  const newestFirst = { ...call, query: { ...call.query, sort: call.query.sort ?? 'date_created,desc' } };
  return ok(pageOf(filterRows(entries, call.query.filter), newestFirst));
}

function add(call: Call): Reply {
  const { store, user } = call;
  const asset = assetOf(call);
  const date = store.now();
  const entry = {
    id: store.newId(),
    asset_id: asset.id,
    version_id: latestVersion(asset)?.id ?? null,
    user_id: user.id,
    job_id: null,
    operation_description: null,
    share_id: null,
    share_user_id: null,
    date_created: date,
    date_modified: date,
  };
  return created(store.history.insert({ ...entry, ...call.body }));
}

const LIST = '/API/assets/v1/assets/{asset_id}/history/';

export const historyEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${LIST}`,
    roles: ['can_read_assets_history'],
    query: { ...pageQuery, filter: text },
    handle: list,
  },
  { route: `POST ${LIST}`, roles: ['can_write_assets_history'], body, handle: add },
];
