import { defaulting, flag, listOf, nullable, objectOf, oneOf, required, text, uuid } from '../../fields.ts';
import { cursorOf, sortRows } from '../../paging.ts';
import { may } from '../../permissions.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row, type Store } from '../../types.ts';
import { partsOf, rowsOf } from '../../values.ts';
import { accepted, addHistoryEntry, ok, rowOr404, startJob } from '../common.ts';
import { assetsNamed } from '../named_assets.ts';
import { formatsNamed } from './archiving.ts';

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

/** In the operation of 2026: each asset with its own formats and name. */
const newBulkBody: Fields = {
  objects: listOf(
    objectOf({
      id: required(uuid),
      destination_filename: nullable(text),
      export_metadata: optionalFlag,
      export_to_asset_folder: defaulting(flag, false),
      formats: listOf(text),
      overwrite: defaulting(flag, false),
      preferred_original_storage_id: nullable(uuid),
    }),
  ),
  parent_job_id: nullable(uuid),
};

const locationOf = ({ store, path }: Call): Row =>
  rowOr404(store.export_locations, path.export_location_id, 'Export location');

/** Delivers to an export location, one asset after the other; what the caller may not read is left out. */
function bulkExport(call: Call): Reply {
  const { store, body } = call;
  const location = locationOf(call);
  if (body.delete_original === true) throw new Refusal(400, 'sandbox: originals are not deleted after an export');
  const assets = assetsNamed(call).filter(({ id }) => may(store, 'read', 'assets', id));
  const without = assets.filter(({ id }) => store.files.where('asset_id', id).length === 0);
  if (without.length > 0) throw new Refusal(400, `No files to export: ${without.map(({ title }) => title).join(', ')}`);
  return ok({ job_id: startExport(call, location, assets).id });
}

/** The same for assets alone; what cannot be delivered is said by the job. */
function bulkExportAssets(call: Call): Reply {
  const { store, body } = call;
  const location = locationOf(call);
  const objects = rowsOf(body.objects);
  if (objects.length === 0) throw new Refusal(400, { objects: 'Missing data for required field.' });
  const assets = objects.map(({ id }) => rowOr404(store.assets, String(id), 'Asset'));
  const job = startExport(
    call,
    location,
    assets.filter(({ id }) => may(store, 'read', 'assets', id)),
  );
  return accepted({ job_id: job.id });
}

function startExport(call: Call, location: Row, assets: readonly Row[]): Row {
  const { store } = call;
  const problems: string[] = [];
  const work = (piece: number): Row => {
    const asset = assets[piece];
    const problem = asset && problemOf(store, location, asset);
    if (problem) problems.push(problem);
    else if (asset) addHistoryEntry(call, asset, 'EXPORT', `Exported to ${location.name}`);
    if (problems.length === 0) return {};
    const status = problems.length === assets.length ? 'FAILED' : 'FINISHED_WITH_WARNING';
    return { status, error_message: problems.join('; ') };
  };
  const job = startJob(call, 'EXPORT', `Export to ${location.name}`, assets.length, work, Math.max(1, assets.length));
  const related = assets.map(({ id }) => ({ object_id: id, object_type: 'assets' }));
  store.jobs.update(String(job.id), { related_objects: related });
  return job;
}

/** Why an asset cannot go to a location that takes originals. */
function problemOf(store: Store, location: Row, asset: Row): string | undefined {
  if (location.export_original !== true) return undefined;
  const formats = new Set(formatsNamed(store, asset, ['ORIGINAL']).map(({ id }) => id));
  const files = store.files.where('asset_id', asset.id).filter(({ format_id }) => formats.has(format_id));
  const isHere = files.some(
    ({ status, storage_id }) => status === 'CLOSED' && store.storages.get(String(storage_id))?.purpose !== 'ARCHIVE',
  );
  return isHere ? undefined : `${asset.title}: no original is online`;
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
  {
    route: 'POST /API/files/v2/assets/export_locations/{export_location_id}/bulk/export/',
    roles: ['can_write_exports'],
    query: { allow_host_transfer: flag },
    body: newBulkBody,
    handle: bulkExportAssets,
  },
];
