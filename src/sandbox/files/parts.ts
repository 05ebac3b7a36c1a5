import { found, latestVersion } from '../endpoints/common.ts';
import { cursorOf } from '../paging.ts';
import { signedUrl } from '../signing.ts';
import { type Call, Refusal, type Row, type Store, type TableName } from '../types.ts';

/** The tables whose rows are parts of an asset. */
export type PartTable = Extract<TableName, 'formats' | 'file_sets' | 'files' | 'proxies' | 'keyframes'>;

export const assetOf = ({ store, path }: Call): Row => found(store.assets, path.asset_id, 'Asset');

/** The asset's rows of one kind: those of its latest version, or of all. */
export function partsOf(call: Call, table: PartTable): Row[] {
  const asset = assetOf(call);
  const latest = latestVersion(asset)?.id;
  const all = call.query.include_all_versions === true;
  return call.store[table].list(
    (row) =>
      row.asset_id === asset.id && (all || row.version_id == null || latest === undefined || row.version_id === latest),
  );
}

/** A list by cursor. That there is nothing to list is a 404, as the API has it. */
export function listOfParts(call: Call, table: PartTable, noun: string, show: (row: Row) => Row = (row) => row): Row {
  const rows = partsOf(call, table);
  if (rows.length === 0) throw new Refusal(404, `${noun} for asset ${call.path.asset_id} don't exist`);
  const body = cursorOf(rows, call);
  return { ...body, objects: (body.objects as Row[]).map(show) };
}

/** The row that the path names, if it belongs to the asset. */
export function partOf(call: Call, table: PartTable, id: string | undefined, noun: string): Row {
  const row = found(call.store[table], id, noun);
  if (row.asset_id !== assetOf(call).id) throw new Refusal(404, `${noun} ${id} does not exist`);
  return row;
}

/** What every new part has: an id, its asset, a version, dates. */
export function newPart(call: Call, more: Row): Row {
  const asset = assetOf(call);
  const version = call.body.version_id ?? latestVersion(asset)?.id ?? null;
  const versions = (asset.versions as Row[] | undefined) ?? [];
  if (version !== null && !versions.some(({ id }) => id === version)) {
    throw new Refusal(400, { version_id: `The asset has no version ${version}` });
  }
  const now = call.store.now();
  return {
    ...call.body,
    ...more,
    id: call.store.newId(),
    asset_id: asset.id,
    version_id: version,
    date_created: now,
    date_modified: now,
  };
}

/** Refuses a body that names a row that is not there. */
export function mustExist(store: Store, table: TableName, field: string, id: unknown): Row | undefined {
  if (id === undefined || id === null) return undefined;
  const row = store[table].get(String(id));
  if (!row) throw new Refusal(400, { [field]: `There is no such object: ${id}` });
  return row;
}

/** The storage a new object goes to: the one that is named, or the default one of that purpose. */
export function storageFor({ store, body }: Call, purpose: string): Row {
  const named = mustExist(store, 'storages', 'storage_id', body.storage_id);
  const [standard] = store.storages.list((row) => row.purpose === purpose && row.default === true);
  const storage = named ?? standard;
  if (!storage) throw new Refusal(400, { storage_id: `There is no storage for ${purpose}` });
  return storage;
}

const bucketOf = (storage: Row): string => {
  const settings = (storage.settings as Row | undefined) ?? {};
  return String(settings.bucket ?? settings.bucket_name ?? settings.container ?? 'volume');
};

/** Where an object lies: `/_storage/s3/bucket/asset/id/name`. */
export function objectPath(store: Store, row: Row): string {
  const storage = store.storages.get(String(row.storage_id)) ?? {};
  const kind = storage.method === 'GCS' ? 'gcs' : storage.method === 'S3' ? 's3' : 'other';
  const name = String(row.filename ?? row.name ?? row.original_name ?? 'object').replaceAll('/', '_');
  return `/_storage/${kind}/${bucketOf(storage)}/${row.asset_id}/${row.id}/${name}`;
}

/** The signed address to read it from. */
export function readUrl({ store, origin, query }: Call, row: Row): string {
  const attachment = query.content_disposition === 'attachment';
  const disposition = attachment ? { 'response-content-disposition': 'attachment' } : {};
  return signedUrl(origin, objectPath(store, row), disposition as Record<string, string>);
}

/** What an uploader needs, by the storage's method. Gateways bring their files themselves. */
export function uploadFields({ store, origin }: Call, row: Row): Row {
  const path = objectPath(store, row);
  const method = store.storages.get(String(row.storage_id))?.method;
  switch (method) {
    case 'S3':
      return {
        upload_method: 'PUT',
        upload_url: signedUrl(origin, path),
        multipart_upload_url: signedUrl(origin, path, { uploads: '' }),
      };
    case 'GCS':
      return { upload_method: 'POST', upload_url: signedUrl(origin, path) };
    case 'AZURE':
      return { upload_method: 'PUT', upload_url: signedUrl(origin, path) };
    case 'B2':
      return {
        upload_method: 'POST',
        upload_url: signedUrl(origin, path),
        upload_credentials: { authorizationToken: 'sandbox-secret-b2-upload' },
      };
    default:
      return {};
  }
}
