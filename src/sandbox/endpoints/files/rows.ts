import { cursorOf } from '../../paging.ts';
import { type Call, Refusal, type Reply, type Row, type Table } from '../../types.ts';
import { assetOf, latestVersion, liveVersions, ok, rowOr404 } from '../common.ts';

/** The tables of this service whose rows belong to an asset. */
export type AssetTable = 'formats' | 'file_sets' | 'files' | 'proxies' | 'keyframes';

const TABLE_LABELS: Record<AssetTable, string> = {
  formats: 'formats',
  file_sets: 'file sets',
  files: 'files',
  proxies: 'proxies',
  keyframes: 'keyframes',
};

type Keep = (row: Row) => boolean;
type Show = (row: Row, call: Call) => Row;
const isLive = (row: Row): boolean => row.status !== 'DELETED';

/** A list of the rows of an asset, of one version unless `include_all_versions` is set. An empty list is a 404. */
export function listOfAsset(table: AssetTable, show: Show, keep: (call: Call) => Keep = () => () => true) {
  return (call: Call): Reply => {
    const asset = assetOf(call);
    const wanted = keep(call);
    const version = call.path.version_id === undefined ? latestVersion(asset)?.id : versionNamed(call, asset);
    const inVersion = (row: Row): boolean => call.query.include_all_versions === true || row.version_id === version;
    const own = call.store[table].where('asset_id', asset.id);
    const rows = own.filter((row) => isLive(row) && inVersion(row) && wanted(row));
    if (rows.length === 0) throw new Refusal(404, `The ${TABLE_LABELS[table]} for this asset don't exist`);
    return listReply(rows, show, call);
  };
}

/** The rows as a list with a cursor. */
export function listReply(rows: readonly Row[], show: Show, call: Call): Reply {
  const body = cursorOf(rows, call);
  const objects = Array.isArray(body.objects) ? body.objects.map((row: Row) => show(row, call)) : [];
  return ok({ ...body, objects });
}

function versionNamed({ path }: Call, asset: Row): unknown {
  const version = liveVersions(asset).find(({ id }) => id === path.version_id);
  if (!version) throw new Refusal(404, `Version ${path.version_id} does not exist`);
  return version.id;
}

/** The row of that id, if it belongs to the asset in the path. */
export function rowOf(call: Call, table: AssetTable, id: string | undefined): Row {
  const asset = assetOf(call);
  const what = TABLE_LABELS[table].replace(/ies$/, 'y').replace(/s$/, '');
  const row = rowOr404(call.store[table], id, what);
  if (row.asset_id !== asset.id) throw new Refusal(404, `The ${what} ${id} is not of this asset`);
  return row;
}

/** A new row of the asset in the path, of the version in the body or else the latest. */
export function newRow(call: Call): Row {
  const { store, body } = call;
  const asset = assetOf(call);
  const wanted = body.version_id ?? latestVersion(asset)?.id ?? null;
  if (body.version_id != null && !liveVersions(asset).some(({ id }) => id === wanted)) {
    throw new Refusal(400, { version_id: 'No such version of this asset.' });
  }
  const date = store.now();
  const own = { asset_id: asset.id, version_id: wanted };
  return { id: store.newId(), date_created: date, date_modified: date, ...body, ...own };
}

/** The row that a field of the body names; undefined without the field, a Refusal (400) if there is no such row. */
export function rowNamedBy(table: Table, body: Row, field: string): Row | undefined {
  const id = body[field];
  if (id == null) return undefined;
  const row = table.get(String(id));
  if (!row) throw new Refusal(400, { [field]: 'No such object.' });
  return row;
}

/** As `namedIn`, for a row of the same asset. */
export function ownRowNamedBy(table: Table, body: Row, field: string): Row | undefined {
  const row = rowNamedBy(table, body, field);
  if (row && row.asset_id !== body.asset_id) throw new Refusal(400, { [field]: 'Not of this asset.' });
  return row;
}

/** Writes the body to the row, except its `asset_id`. */
export function editRow(call: Call, table: AssetTable, row: Row): Row {
  const { asset_id: _, ...changes } = call.body;
  const storage = rowNamedBy(call.store.storages, changes, 'storage_id');
  const method = storage && 'storage_method' in row ? { storage_method: storage.method } : {};
  return call.store[table].update(String(row.id), { ...changes, ...method });
}
