import type { Row } from '../../types.ts';
import { ids } from '../build/ids.ts';

const storage = (id: string, name: string, method: string, purpose: string, settings: Row, more: Row = {}): Row => ({
  id,
  name,
  description: null,
  method,
  purpose,
  status: 'ACTIVE',
  status_message: null,
  default: false,
  last_scanned: null,
  scanner_status: null,
  version: '1',
  settings: { read: true, write: true, delete: true, scan: false, ...settings },
  ...more,
});

const bucket = (name: string, path: string): Row => ({
  bucket: name,
  path,
  region: 'eu-west-1',
  endpoint: 's3.eu-west-1.amazonaws.com',
  access_key: 'AKIASANDBOXSANDBOX00',
  secret_key: `sandbox-secret-${name}`,
});

/** Id and method of each storage, by the keys that the catalogue uses. */
export const STORAGES = {
  s3: { id: ids.s3Storage, method: 'S3' },
  proxies: { id: ids.proxyStorage, method: 'S3' },
  keyframes: { id: ids.keyframeStorage, method: 'S3' },
  gcs: { id: ids.gcsStorage, method: 'GCS' },
  gateway: { id: ids.gatewayStorage, method: 'FILE' },
  archive: { id: ids.archiveStorage, method: 'AZURE' },
  b2: { id: ids.b2Storage, method: 'B2' },
} as const;
export type StorageName = keyof typeof STORAGES;

export const storages: Row[] = [
  storage(ids.s3Storage, 'Harbour originals', 'S3', 'FILES', bucket('harbour-originals', 'media'), {
    description: 'New material goes here',
    default: true,
    last_scanned: '2026-11-18T02:00:11.000000+00:00',
    scanner_status: 'FINISHED',
  }),
  storage(ids.proxyStorage, 'Harbour proxies', 'S3', 'PROXIES', bucket('harbour-proxies', ''), { default: true }),
  storage(ids.keyframeStorage, 'Harbour keyframes', 'S3', 'KEYFRAMES', bucket('harbour-keyframes', ''), {
    default: true,
  }),
  storage(ids.gcsStorage, 'Aerials bucket', 'GCS', 'FILES', {
    bucket: 'harbour-aerials',
    path: 'drone',
    project: 'harbour-media-sandbox',
    json_key: '{"type":"service_account","private_key":"sandbox-secret-gcs-key"}',
  }),
  storage(
    ids.gatewayStorage,
    'Lisbon SAN',
    'FILE',
    'FILES',
    {
      mount_point: '/mnt/san01/media',
      scan: true,
      scan_directories: ['/mnt/san01/media/incoming'],
      scan_interval_seconds: 3600,
      storage_addr: '10.20.0.14',
      local_proxy_creation: true,
    },
    {
      description: 'Storage gateway in the machine room',
      last_scanned: '2026-11-19T23:00:02.000000+00:00',
      scanner_status: 'STARTED',
      version: '4.2.1',
    },
  ),
  storage(ids.archiveStorage, 'Deep archive', 'AZURE', 'ARCHIVE', {
    container: 'harbour-archive',
    path: 'cold',
    connection_string: 'AccountName=harboursandbox;AccountKey=sandbox-secret-azure-key',
  }),
  storage(
    ids.b2Storage,
    'Second copies',
    'B2',
    'FILES',
    {
      account_id: 'sandbox-account',
      authorization_token: 'sandbox-secret-b2-token',
      bucket_id: 'b2sandbox0001',
      bucket_name: 'harbour-second-copies',
      path: '',
    },
    { status: 'FAILING', status_message: 'Authorization token was refused at the last check' },
  ),
  storage(
    '5704a908-5b1c-11ef-9c3a-0a580a3db916',
    'Old Porto NAS',
    'FILE',
    'FILES',
    { mount_point: '/volume1/porto', write: false },
    { status: 'INACTIVE', description: 'Switched off in 2025, kept for its paths' },
  ),
];
