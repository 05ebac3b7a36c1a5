import { cursorOf } from '../../paging.ts';
import { type Call, Refusal, type Reply, type Row, type Table } from '../../types.ts';
import { assetOf, found, latestVersion, liveVersions, ok } from '../common.ts';

/** The tables of this service whose rows belong to an asset. */
export type Noun = 'formats' | 'file_sets' | 'files' | 'proxies' | 'keyframes';

const WORDS: Record<Noun, string> = {
  formats: 'formats',
  file_sets: 'file sets',
  files: 'files',
  proxies: 'proxies',
  keyframes: 'keyframes',
};

type Keep = (row: Row) => boolean;
type Show = (row: Row, call: Call) => Row;
const isLive = (row: Row): boolean => row.status !== 'DELETED';

/** A list of the asset's rows that pass, of one version unless all are asked for; none is a 404. */
export function listOfAsset(noun: Noun, show: Show, keep: (call: Call) => Keep = () => () => true) {
  return (call: Call): Reply => {
    const asset = assetOf(call);
    const wanted = keep(call);
    const version = call.path.version_id === undefined ? latestVersion(asset)?.id : versionNamed(call, asset);
    const inVersion = (row: Row): boolean => call.query.include_all_versions === true || row.version_id === version;
    const own = call.store[noun].where('asset_id', asset.id);
    const rows = own.filter((row) => isLive(row) && inVersion(row) && wanted(row));
    if (rows.length === 0) throw new Refusal(404, `The ${WORDS[noun]} for this asset don't exist`);
    return listed(rows, show, call);
  };
}

/** The rows as a list by cursor. */
export function listed(rows: readonly Row[], show: Show, call: Call): Reply {
  const body = cursorOf(rows, call);
  const objects = Array.isArray(body.objects) ? body.objects.map((row: Row) => show(row, call)) : [];
  return ok({ ...body, objects });
}

function versionNamed({ path }: Call, asset: Row): unknown {
  const version = liveVersions(asset).find(({ id }) => id === path.version_id);
  if (!version) throw new Refusal(404, `Version ${path.version_id} does not exist`);
  return version.id;
}

/** The row that the path names, of the asset that the path names. */
export function rowOf(call: Call, noun: Noun, id: string | undefined): Row {
  const asset = assetOf(call);
  const what = WORDS[noun].replace(/ies$/, 'y').replace(/s$/, '');
  const row = found(call.store[noun], id, what);
  if (row.asset_id !== asset.id) throw new Refusal(404, `The ${what} ${id} is not of this asset`);
  return row;
}

/** What every new row of an asset starts with; the version is the one named, else the latest. */
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

/** The row that a field of the body names; a Refusal (400) if there is none. Absent: undefined. */
export function namedIn(table: Table, body: Row, field: string): Row | undefined {
  const id = body[field];
  if (id == null) return undefined;
  const row = table.get(String(id));
  if (!row) throw new Refusal(400, { [field]: 'No such object.' });
  return row;
}

/** As `namedIn`, of a row that belongs to the same asset. */
export function ownIn(table: Table, body: Row, field: string): Row | undefined {
  const row = namedIn(table, body, field);
  if (row && row.asset_id !== body.asset_id) throw new Refusal(400, { [field]: 'Not of this asset.' });
  return row;
}

/** Writes the body to the row; the asset it belongs to stays. */
export function edited(call: Call, noun: Noun, row: Row): Row {
  const { asset_id: _, ...changes } = call.body;
  const storage = namedIn(call.store.storages, changes, 'storage_id');
  const method = storage && 'storage_method' in row ? { storage_method: storage.method } : {};
  return call.store[noun].update(String(row.id), { ...changes, ...method });
}
