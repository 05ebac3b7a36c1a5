import { defaulting, flag, listOf, nullable, oneOf, required, text, uuid } from '../../fields.ts';
import { cursorOf, sortRows } from '../../paging.ts';
import { may } from '../../permissions.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply } from '../../types.ts';
import { partsOf } from '../../values.ts';
import { addHistoryEntry, ok, rowOr404, startJob } from '../common.ts';
import { assetsNamed } from '../named_assets.ts';

const LIST = '/API/files/v1/export_locations/';
const optionalFlag = nullable(flag);

const bulkBody: Fields = {
  allow_duplicate_transfers: defaulting(flag, false),
  delete_only_from_source_folder: defaulting(flag, false),
  delete_original: defaulting(flag, false),
  export_metadata: optionalFlag,
  export_to_asset_folder: optionalFlag,
  keep_collection_structure: defaulting(flag, false),
  metadata_format: nullable(oneOf('CSV', 'JSON', 'XML')),
  metadata_view: nullable(uuid),
  object_ids: required(listOf(uuid, { minItems: 1, maxItems: 500 })),
  object_type: required(oneOf('assets', 'collections')),
  overwrite: optionalFlag,
  preferred_original_storage_id: nullable(uuid),
};

function list(call: Call): Reply {
  const ids = partsOf(call.query.ids);
  const words = String(call.query.query ?? '')
    .toLowerCase()
    .replaceAll('*', '');
  const rows = call.index.export_locations.list(
    (row) =>
      (ids.length === 0 || ids.includes(String(row.id))) &&
      `${row.name} ${row.description ?? ''}`.toLowerCase().includes(words),
  );
  return ok({ ...cursorOf(sortRows(rows, call.query.sort), call), facets: {} });
}

/** Delivers originals to an export location, one asset after the other; what the caller may not read is left out. */
function bulkExport(call: Call): Reply {
  const { store, path, body } = call;
  const location = rowOr404(store.export_locations, path.export_location_id, 'Export location');
  if (body.delete_original === true) throw new Refusal(400, 'sandbox: originals are not deleted after an export');
  const assets = assetsNamed(call).filter(({ id }) => may(store, 'read', 'assets', id));
  const without = assets.filter(({ id }) => store.files.where('asset_id', id).length === 0);
  if (without.length > 0) throw new Refusal(400, `No files to export: ${without.map(({ title }) => title).join(', ')}`);
  const job = startJob(
    call,
    'EXPORT',
    `Export to ${location.name}`,
    assets.length,
    (piece) => {
      const asset = assets[piece];
      if (asset) addHistoryEntry(call, asset, 'EXPORT', `Exported to ${location.name}`);
    },
    Math.max(1, assets.length),
  );
  const related = assets.map(({ id }) => ({ object_id: id, object_type: 'assets' }));
  store.jobs.update(String(job.id), { related_objects: related, metadata: { export_location_id: location.id } });
  return ok({ job_id: job.id });
}

export const exportLocationEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${LIST}`,
    roles: ['can_read_export_locations'],
    query: {
      per_page: defaulting({ type: 'integer', minimum: 1 }, 10),
      last_id: text,
      ids: text,
      query: text,
      sort: text,
    },
    handle: list,
  },
  {
    route: `GET ${LIST}{export_location_id}/`,
    roles: ['can_read_export_locations'],
    handle: ({ store, path }) => ok(rowOr404(store.export_locations, path.export_location_id, 'Export location')),
  },
  {
    route: `POST ${LIST}{export_location_id}/bulk_export/`,
    roles: ['can_write_exports'],
    query: { allow_host_transfer: flag },
    body: bulkBody,
    handle: bulkExport,
  },
];
