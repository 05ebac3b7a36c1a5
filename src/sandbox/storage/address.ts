import { isRow } from '../check.ts';
import type { Row, Store } from '../types.ts';

/** Where an object lies. */
export interface Address {
  readonly service: string;
  readonly bucket: string;
  readonly key: string;
}

// An object stays where it was put, even when its row is renamed later.
const settled = new WeakMap<Row, Address>();

/** Where the bytes of a file, proxy or keyframe lie; undefined on a storage that has no URLs. */
export function addressOf(store: Store, row: Row): Address | undefined {
  const known = settled.get(row);
  if (known) return known;
  const storage = store.storages.get(String(row.storage_id));
  const service = serviceOf(storage?.method);
  if (!storage || !service) return undefined;
  const settings = isRow(storage.settings) ? storage.settings : {};
  const bucket = String(settings.bucket ?? settings.bucket_name ?? settings.container ?? storage.id);
  const address = { service, bucket, key: cleanPath(`${settings.path ?? ''}/${pathOf(row)}`) };
  settled.set(row, address);
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
