import { dateTime, listOf, objectOf, readOnly, required, text, uuid } from '../fields.ts';
import { requirePermission } from '../permissions.ts';
import type { Call, Endpoint, Fields, Reply } from '../types.ts';
import { rowsOf } from '../values.ts';
import { writable } from './assets.ts';
import { accepted, rowOr404, startJob } from './common.ts';

const edit: Fields = {
  ...writable,
  created_by_user: uuid,
  date_created: readOnly(dateTime),
  date_deleted: readOnly(dateTime),
  date_modified: readOnly(dateTime),
  deleted_by_user: uuid,
  id: required(uuid),
  last_archive_restore_date: dateTime,
  title: text,
};

/** Changes fields of several assets with one job. */
function editAll(call: Call): Reply {
  const { store, user } = call;
  const changes = rowsOf(call.body.objects);
  for (const { id } of changes) {
    rowOr404(store.assets, String(id), 'Asset');
    requirePermission(store, 'write', 'assets', id);
  }
  const job = startJob(call, 'METADATA', `Edit ${changes.length} assets`, changes.length, () => {
    for (const { id, ...fields } of changes)
      if (store.assets.get(String(id))) store.assets.update(String(id), { ...fields, updated_by_user: user.id });
  });
  return accepted(job);
}

export const assetEditEndpoints: readonly Endpoint[] = [
  {
    route: 'PUT /API/assets/v1/assets/',
    roles: ['can_write_assets'],
    body: { objects: required(listOf(objectOf(edit))) },
    handle: editAll,
  },
];
