import type { Row, Store } from '../types.ts';
import { isRow } from '../values.ts';

/** Place of an object on a storage. */
export interface Address {
  readonly service: string;
  readonly bucket: string;
  readonly key: string;
}

// By the id of the row: an object keeps its place when its row is renamed.
const addressesOf = new WeakMap<Store, Map<unknown, Address>>();

/** Place of the bytes of a file, proxy or keyframe; undefined on a storage without URLs. */
export function addressOf(store: Store, row: Row): Address | undefined {
  const addresses = addressesOf.get(store) ?? new Map<unknown, Address>();
  addressesOf.set(store, addresses);
  const known = addresses.get(row.id);
  if (known) return known;
  const storage = store.storages.get(String(row.storage_id));
  const service = serviceOf(storage?.method);
  if (!storage || !service) return undefined;
  const settings = isRow(storage.settings) ? storage.settings : {};
  const bucket = String(settings.bucket ?? settings.bucket_name ?? settings.container ?? storage.id);
  const address = { service, bucket, key: cleanPath(`${settings.path ?? ''}/${pathOf(row)}`) };
  addresses.set(row.id, address);
  return address;
}

const SERVICES: Readonly<Record<string, string>> = { S3: 's3', GCS: 'gcs', AZURE: 'azure', B2: 'b2' };
const serviceOf = (method: unknown): string | undefined => SERVICES[String(method)];

function pathOf(row: Row): string {
  const name = String(row.filename ?? row.name ?? row.id);
  if (typeof row.directory_path === 'string') return `${row.directory_path}/${name}`;
  return `${row.asset_id ?? row.collection_id}/${row.id}/${name}`;
}

const cleanPath = (path: string): string =>
  path
    .split('/')
    .filter((part) => !['', '.', '..'].includes(part))
    .join('/');
