import type { Row } from '../../types.ts';
import { ids } from '../build/ids.ts';
import { groups, who } from './people.ts';

const TAIL = '-5b1c-11ef-9c3a-0a580a3db916';
const made = { date_created: '2025-09-04T09:00:00.000000+00:00', date_modified: '2026-06-11T15:20:00.000000+00:00' };

const exportLocation = (id: string, name: string, path: string, storage: string, more: Row): Row => ({
  id,
  name,
  path,
  storage_id: storage,
  export_original: true,
  export_proxy: false,
  export_posters: false,
  export_metadata: false,
  export_transcriptions: false,
  export_to_asset_folder: false,
  include_original_extension: true,
  metadata_format: 'JSON',
  transcription_format: 'WEBVTT',
  transcode_profile_ids: [],
  system_domain_id: ids.domain,
  ...more,
});

/** Where the house delivers to. */
export const exportLocations: Row[] = [
  exportLocation(ids.playout, 'Broadcast playout', 'playout/in', ids.gatewayStorage, {
    description: 'Watch folder of the playout server',
  }),
  exportLocation(`e4b0c002${TAIL}`, 'Northern Light Television', 'delivery/nlt', ids.s3Storage, {
    description: 'Masters with metadata for the client',
    export_metadata: true,
    metadata_view: ids.deliveryView,
    metadata_format: 'XML',
  }),
  exportLocation(`e4b0c003${TAIL}`, 'Social media desk', 'social', ids.gcsStorage, { export_proxy: true }),
];

const webhook = (number: number, name: string, url: string, event: string, more: Row): Row => ({
  id: `3eb40${String(number).padStart(3, '0')}${TAIL}`,
  name,
  url,
  event_type: event,
  description: '',
  status: 'ENABLED',
  headers: {},
  object_id: null,
  ...made,
  ...more,
});

/** Addresses that Iconik calls. */
export const webhooks: Row[] = [
  webhook(1, 'Rights desk', 'https://rights.harbourmedia.example/iconik', 'assets', {
    realm: 'metadata',
    operation: 'update',
    headers: { authorization: 'Bearer sandbox-secret-webhook' },
  }),
  webhook(2, 'Playout list', 'https://playout.harbourmedia.example/hook', 'jobs', {
    operation: 'update',
    status: 'FAILING',
    first_failed_at: '2026-11-17T03:12:40.000000+00:00',
    last_error: 'HTTP 502 Bad Gateway',
  }),
];

const savedSearch = (id: string, name: string, owner: string, criteria: Row, more: Row = {}): Row => ({
  id,
  name,
  user_id: owner,
  criteria: { doc_types: ['assets'], query: '', ...criteria },
  favoured: false,
  group_id: null,
  permissions: ['read', 'write', 'delete'],
  ...made,
  ...more,
});
const terms = (...given: Row[]): Row => ({ filter: { operator: 'AND', terms: given } });

/** Searches that people of the house keep. */
export const savedSearches: Row[] = [
  savedSearch(
    ids.savedSearch,
    'Clearance pending',
    who.ines,
    terms({ name: 'metadata.rights_clearance', value_in: ['pending'] }),
    { favoured: true },
  ),
  savedSearch(
    `5a7ed002${TAIL}`,
    'Matches to be logged',
    who.lena,
    terms({ name: 'metadata.content_kind', value_in: ['match'] }, { name: 'metadata.final_score', missing: true }),
  ),
  savedSearch(`5a7ed003${TAIL}`, 'Storm footage', who.pavel, { query: 'storm OR flood' }),
];

const GATEWAY_DATE = '2026-11-26T03:58:12.000000+00:00';

/** What the gateways sent last; `id` is that of the storage. */
export const gatewayReports: Row[] = [
  {
    id: ids.gatewayStorage,
    status: 'LIVE',
    start_status: 'SUCCESS',
    start_last_date: '2026-11-12T05:00:04.000000+00:00',
    date_reported: GATEWAY_DATE,
    host_name: 'lisbon-san-01',
    host_info: 'Linux 6.1, 16 cores, 64 GB',
    scanned_files_number: 48,
    skipped_files_number: 2,
    ingesting_files_number: 0,
    ingested_files_number: 46,
    faulty_files_number: 1,
    empty_files_number: 0,
    await_checksum_files_number: 1,
    exported_files_number: 12,
    last_scan_time: 412,
    waiting_preview_transcode_jobs_number: 1,
    log_lines: ['Scan of /mnt/san01/media/incoming finished', 'Transcoder lisbon-edge-1 does not answer'],
    error_log_lines: ['incoming/A002C014_261118.mxf: read error at byte 88211456'],
  },
  {
    id: `5704a908${TAIL}`,
    status: 'OFFLINE',
    start_status: 'FAILED',
    start_status_message: 'The volume /volume1/porto is not mounted',
    start_last_date: '2025-03-30T05:00:01.000000+00:00',
    date_reported: '2025-03-30T05:00:09.000000+00:00',
    host_name: 'porto-nas',
    log_lines: [],
    error_log_lines: ['The volume /volume1/porto is not mounted'],
  },
];

const unscannedFile = (number: number, name: string, directory: string, size: number): Row => ({
  id: `f11e9${String(number).padStart(3, '0')}${TAIL}`,
  name,
  original_name: name,
  directory_path: directory,
  storage_id: ids.gatewayStorage,
  storage_method: 'FILE',
  type: 'FILE',
  size,
  checksum: null,
  parent_id: null,
  user_id: ids.me,
});

/** Files that lie on the disk of a gateway, which no scan has found yet. */
export const unscanned: Row[] = [
  unscannedFile(1, 'A002C015_261125.mxf', 'incoming/a002', 1_482_240_112),
  unscannedFile(2, 'A002C016_261125.mxf', 'incoming/a002', 903_551_904),
  unscannedFile(3, 'fan_march.mp4', 'incoming/phones', 88_213_004),
];

const groupAcl = (group: number, type: string, key: string, ...permissions: string[]): Row => {
  const { id } = groups[group] ?? {};
  return { id: `${id}/${type}/${key}`, group_id: id, object_type: type, object_key: key, permissions, ...made };
};

/** What groups may do with objects; groups on collections count for all inside. */
export const groupAcls: Row[] = [
  groupAcl(0, 'collections', ids.football, 'read', 'write', 'delete', 'change-acl'),
  groupAcl(2, 'collections', ids.football, 'read', 'write'),
  groupAcl(3, 'collections', ids.season2025, 'read'),
  groupAcl(0, 'assets', ids.locked, 'read', 'write', 'delete', 'change-acl'),
  groupAcl(1, 'assets', ids.locked, 'read'),
];
