import { type Answer, ids, type World } from '../support/traffic.ts';

/** One valid call of a tool, and the requests it stands for: ids are written `{id}`. */
export interface Example {
  readonly args: Readonly<Record<string, unknown>> | ((world: World) => Promise<Record<string, unknown>>);
  readonly sends: readonly string[];
  /** It is about URLs. */
  readonly urls?: boolean;
}

const asset = { asset_id: ids.interview };
const interview = { object_type: 'assets', object_id: ids.interview };
const collection = { collection_id: ids.springCampaign };
const format = { ...asset, format_id: ids.interviewFormat };
const byName = { format_name: 'ORIGINAL', object_type: 'assets', object_ids: [ids.interview] };
const action = { context: 'ASSET', action_id: ids.customAction };
const trailer = { object_type: 'assets', object_id: ids.trailer };
const share = { ...interview, share_id: ids.share };
const guests = {
  allow_comments: true,
  allow_approving_comments: false,
  allow_setting_approve_status: false,
  allow_download: false,
};
const [oldVersion, , version] = ids.interviewVersions;
const ASSETS = '/API/assets/v1/assets/';
const ASSET = `${ASSETS}{id}/`;
const SEARCH = 'POST /API/search/v1/search/';
const ALL_SHARES = 'GET /API/assets/v1/shares/all/';
const COLLECTION = '/API/assets/v1/collections/{id}/';
const FILES = '/API/files/v1/assets/{id}/';
const FORMAT = `${FILES}formats/{id}/`;
const ACTION = '/API/assets/v1/custom_actions/ASSET/{id}/';
const ITEMS = '/API/assets/v1/playlists/{id}/items/';
const PROPOSALS = '/API/transcode/v1/metadata_filling/proposals/';
const SHARES = `${ASSET}shares/`;
const AUTHORS = 'GET /API/users/v1/users/basic/';
const GROUPS = 'GET /API/users/v1/groups/basic/';
const EDITORS = '96009002-5b1c-11ef-9c3a-0a580a3db916';
const PROXY = `${FILES}proxies/{id}/`;
const FACES = '/API/ml/v1/face_recognition/';
const VALUES = '/API/metadata/v1/assets/{id}/views/{id}/';

/** A new proxy on S3 to upload to. */
async function proxy({ call }: World): Promise<Record<string, unknown>> {
  const { id } = await call('create_asset_proxy', { ...asset, filename: 'new.mp4' });
  return { ...asset, proxy_id: id };
}
async function upload(world: World): Promise<Record<string, unknown>> {
  const args = await proxy(world);
  const { upload_id } = await world.call('get_upload_id_for_proxy', args);
  return { ...args, upload_id };
}

/** A new file on S3 to upload to. */
async function newFile({ call }: World): Promise<Record<string, unknown>> {
  const { id } = await call('create_asset_file', { ...asset, original_name: 'new.mov' });
  return { ...asset, file_id: id };
}
async function fileUpload(world: World): Promise<Record<string, unknown>> {
  const args = await newFile(world);
  const { upload_id } = await world.call('get_upload_id_for_file', args);
  return { ...args, upload_id };
}

export const examples: Readonly<Record<string, Example>> = {
  get_asset: { args: asset, sends: [`GET ${ASSET}`] },
  partial_update_asset: { args: { ...asset, warning: 'Music not cleared' }, sends: [`PATCH ${ASSET}`] },
  update_assets_bulk: {
    args: { objects: [{ id: ids.interview, category: 'interview' }] },
    sends: [`PUT ${ASSETS}`],
  },
  delete_asset: { args: confirmed('delete_asset', asset), sends: [`GET ${ASSET}`, `DELETE ${ASSET}`] },
  restore_asset: {
    args: { asset_id: ids.deleted },
    // What it is, and who outside sees it again.
    sends: [
      `GET ${ASSET}`,
      `GET ${ASSET}`,
      ...['', '', 'ancestors/', 'shares/', 'shares/', 'shares/'].map(
        (part) => `GET /API/assets/v1/collections/{id}/${part}`,
      ),
      ALL_SHARES,
      `PUT ${ASSET}restore/`,
    ],
  },
  list_deleted_assets: { args: {}, sends: ['GET /API/assets/v1/delete_queue/assets/'] },
  delete_objects_bulk: {
    args: confirmed('delete_objects_bulk', { object_type: 'assets', object_ids: [ids.drone, ids.match] }),
    sends: [SEARCH, 'POST /API/assets/v1/delete_queue/bulk/'],
  },
  list_object_shares: { args: interview, sends: [`GET ${SHARES}`] },
  create_share: {
    args: confirmed('create_share', { ...interview, emails: ['anna@client.example'], ...guests }),
    sends: [`GET ${ASSET}`, `POST ${SHARES}`],
  },
  create_share_url: {
    args: confirmed('create_share_url', { ...interview, expires: '2027-01-31T18:00:00Z', ...guests }),
    sends: [`GET ${ASSET}`, `POST ${SHARES}url/`],
  },
  update_share: {
    args: confirmed('update_share', { ...share, expires: '2027-01-31T18:00:00Z', ...guests }),
    sends: [`GET ${ASSET}`, `GET ${SHARES}{id}/`, `PUT ${SHARES}{id}/`],
  },
  delete_share: {
    args: confirmed('delete_share', share),
    sends: [`GET ${ASSET}`, `GET ${SHARES}{id}/`, `DELETE ${SHARES}{id}/`],
  },
  create_approval_request: {
    args: confirmed('create_approval_request', { ...trailer, externals: ['anna@client.example'] }),
    sends: [`GET ${ASSET}`, `POST ${ASSET}approvals/request/`],
  },
  set_approval_status: { args: { ...trailer, status: 'APPROVED' }, sends: [`PUT ${ASSET}approvals/`] },
  get_collection_size: { args: collection, sends: [`GET ${COLLECTION}size/`] },
  partial_update_collection: { args: { ...collection, category: 'promo' }, sends: [`PATCH ${COLLECTION}`] },
  remove_from_collection: {
    args: { collection_id: ids.drones2025, object_type: 'assets', object_id: ids.drone },
    sends: [`DELETE ${COLLECTION}contents/assets/{id}/`],
  },
  delete_collection: {
    args: confirmed('delete_collection', collection),
    // What is in it, and who sees it now, is part of the plan.
    sends: [
      ...[`GET ${COLLECTION}`, `GET ${COLLECTION}content/info/`],
      ...[`GET ${COLLECTION}`, `GET ${COLLECTION}content/info/`, `GET ${COLLECTION}contents/`],
      ...[`GET ${COLLECTION}`, `GET ${COLLECTION}ancestors/`],
      ...[`GET ${COLLECTION}shares/`, `GET ${COLLECTION}shares/`, `GET ${COLLECTION}shares/{id}/`],
      ...['GET /API/users/v1/users/basic/', 'GET /API/assets/v1/shares/all/', SEARCH],
      `DELETE ${COLLECTION}`,
    ],
  },
  delete_segment: {
    args: confirmed('delete_segment', { ...asset, segment_id: ids.comment }),
    sends: [`GET ${ASSET}segments/{id}/`, `DELETE ${ASSET}segments/{id}/`],
  },
  delete_segments_bulk: {
    args: confirmed('delete_segments_bulk', { ...asset, segment_ids: [ids.comment] }),
    sends: [`GET ${ASSET}segments/`, `DELETE ${ASSET}segments/bulk/`],
  },
  create_version: { args: { ...asset, copy_segments: true }, sends: [`POST ${ASSET}versions/`] },
  create_version_from_asset: {
    args: confirmed('create_version_from_asset', { ...asset, source_asset_id: ids.drone }),
    sends: [`GET ${ASSET}`, `GET ${ASSET}`, `POST ${ASSET}versions/from/assets/{id}/`],
  },
  archive_format: {
    args: confirmed('archive_format', format),
    sends: [`GET ${ASSET}`, `GET ${FORMAT}`, `POST ${FORMAT}archive/`],
  },
  restore_format: {
    args: archivedFormat('restore_format'),
    sends: [`GET ${ASSET}`, `GET ${FORMAT}`, ALL_SHARES, `POST ${FORMAT}restore/`],
  },
  archive_formats_bulk: {
    args: confirmed('archive_formats_bulk', byName),
    sends: [SEARCH, 'POST /API/files/v1/formats/ORIGINAL/archive/bulk/'],
  },
  restore_formats_bulk: {
    args: confirmed('restore_formats_bulk', byName),
    sends: [SEARCH, ALL_SHARES, 'POST /API/files/v1/formats/ORIGINAL/restore/bulk/'],
  },
  archive_format_v2: {
    args: confirmed('archive_format_v2', { ...format, delete_original: true }),
    sends: [`GET ${ASSET}`, `GET ${FORMAT}`, `POST ${FORMAT.replace('v1', 'v2')}archive/`],
  },
  archive_assets_v2: {
    args: confirmed('archive_assets_v2', { objects: [{ id: ids.interview, delete_original: true }] }),
    sends: [SEARCH, 'POST /API/files/v2/assets/bulk/archive/'],
  },
  restore_assets_v2: {
    args: confirmed('restore_assets_v2', { objects: [{ id: ids.interview }] }),
    sends: [SEARCH, ALL_SHARES, 'POST /API/files/v2/assets/bulk/restore/'],
  },
  list_custom_actions: { args: {}, sends: ['GET /API/assets/v1/custom_actions/'] },
  run_custom_action: {
    args: confirmed('run_custom_action', { ...action, asset_ids: [ids.interview] }),
    sends: [`GET ${ACTION}`, SEARCH, `POST ${ACTION}callback/`],
  },
  list_playlists: { args: {}, sends: ['GET /API/assets/v1/playlists/'] },
  list_playlist_items: { args: { playlist_id: ids.playlist }, sends: [`GET ${ITEMS}`] },
  add_to_playlist: {
    args: { playlist_id: ids.playlist, object_type: 'assets', object_id: ids.match },
    sends: [`POST ${ITEMS}`],
  },
  list_projects: { args: {}, sends: ['GET /API/assets/v1/projects/'] },
  list_metadata_proposals: {
    args: { ...asset, version_id: version },
    sends: [`GET ${PROPOSALS}assets/{id}/versions/{id}/`],
  },
  accept_metadata_proposals: { args: { job_id: ids.proposalJob }, sends: [`POST ${PROPOSALS}{id}/accept/`] },
  discard_metadata_proposals: { args: { job_id: ids.proposalJob }, sends: [`POST ${PROPOSALS}{id}/discard/`] },
  list_asset_history: { args: asset, sends: [`GET ${ASSET}history/`] },
  create_asset: { args: { title: 'Interview Mara Lind, Porto' }, sends: [`POST ${ASSETS}`] },
  create_segment: {
    args: { ...asset, segment_type: 'COMMENT', segment_text: 'Sound drops here.', time_start_milliseconds: 90_000 },
    sends: [`POST ${ASSET}segments/`],
  },
  update_segment: {
    args: { ...asset, segment_id: ids.comment, segment_type: 'COMMENT', segment_text: 'Later, please.' },
    // Read before: a replacement may show an internal comment to guests.
    sends: [`GET ${ASSET}segments/{id}/`, `PUT ${ASSET}segments/{id}/`],
  },
  partial_update_segment: {
    args: { ...asset, segment_id: ids.comment, segment_checked: true },
    sends: [`PATCH ${ASSET}segments/{id}/`],
  },
  update_version: {
    args: { ...asset, version_id: version, status: 'ACTIVE' },
    sends: [`PUT ${ASSET}versions/{id}/`],
  },
  partial_update_version: {
    args: { ...asset, version_id: version, transcribe_status: 'DONE' },
    sends: [`PATCH ${ASSET}versions/{id}/`],
  },
  promote_version: { args: { ...asset, version_id: oldVersion }, sends: [`PUT ${ASSET}versions/{id}/promote/`] },
  delete_version: {
    args: confirmed('delete_version', { ...asset, version_id: oldVersion }),
    sends: [`GET ${ASSET}`, AUTHORS, `GET ${ASSET}segments/`, `DELETE ${ASSET}versions/{id}/`],
  },
  delete_old_versions: {
    args: confirmed('delete_old_versions', asset),
    sends: [`GET ${ASSET}`, AUTHORS, `GET ${ASSET}segments/`, `DELETE ${ASSET}versions/old/`],
  },
  create_job: {
    args: { title: 'Deliver Matchday 12', type: 'CUSTOM', status: 'STARTED' },
    sends: ['POST /API/jobs/v1/jobs/'],
  },
  update_job: {
    args: { job_id: ids.runningJob, progress_processed: 40, progress_total: 100 },
    sends: ['PATCH /API/jobs/v1/jobs/{id}/'],
  },
  set_job_state: {
    args: { job_ids: [ids.failedJob], action: 'RESTART' },
    sends: ['PUT /API/jobs/v1/jobs/state/'],
  },
  set_job_priority: {
    args: { job_ids: [ids.runningJob], priority: 9 },
    sends: ['PUT /API/jobs/v1/jobs/priority/'],
  },
  get_asset_proxy: { args: { ...asset, proxy_id: ids.interviewProxy }, sends: [`GET ${PROXY}`] },
  get_asset_proxies: { args: asset, sends: [`GET ${FILES}proxies/`] },
  create_asset_proxy: { args: { ...asset, filename: 'interview_1080p.mp4' }, sends: [`POST ${FILES}proxies/`] },
  update_asset_proxy: {
    args: { ...asset, proxy_id: ids.interviewProxy, rotation: 90 },
    sends: [`PATCH ${PROXY}`],
  },
  get_upload_id_for_proxy: { args: proxy, sends: [`GET ${PROXY}`, 'POST (storage)'] },
  get_s3_presigned_url: {
    args: async (world) => ({ ...(await upload(world)), parts_num: 8 }),
    sends: [`GET ${PROXY}multipart_url/part/`],
    urls: true,
  },
  get_s3_complete_url: { args: upload, sends: [`GET ${PROXY}multipart_url/`], urls: true },
  create_asset_format: { args: { ...asset, name: 'MEZZANINE' }, sends: [`POST ${FILES}formats/`] },
  get_asset_format: { args: { ...asset, format_id: ids.interviewFormat }, sends: [`GET ${FILES}formats/{id}/`] },
  get_asset_formats: { args: asset, sends: [`GET ${FILES}formats/`] },
  create_asset_filesets: {
    args: { ...asset, name: 'interview.mov', format_id: ids.interviewFormat, base_dir: '', component_ids: [] },
    sends: [`POST ${FILES}file_sets/`],
  },
  get_asset_filesets: { args: asset, sends: [`GET ${FILES}file_sets/`] },
  create_asset_file: {
    args: { ...asset, original_name: 'interview.mov', directory_path: '', type: 'FILE' },
    sends: [`POST ${FILES}files/`],
  },
  get_asset_files: { args: asset, sends: [`GET ${FILES}files/`] },
  list_files_by_checksum: {
    args: ({ sandbox }) => Promise.resolve({ checksum: sandbox.store.files.get(ids.interviewFile)?.checksum }),
    sends: ['GET /API/files/v1/files/checksum/{hash}/'],
  },
  list_storage_files: {
    args: { storage_id: ids.gatewayStorage },
    sends: ['GET /API/files/v1/storages/{id}/files/'],
  },
  get_asset_fileset: {
    args: { ...asset, file_set_id: ids.interviewFileSet },
    sends: [`GET ${FILES}file_sets/{id}/`],
  },
  list_fileset_files: {
    args: { ...asset, file_set_id: ids.interviewFileSet },
    sends: [`GET ${FILES}file_sets/{id}/files/`],
  },
  get_asset_file: { args: { ...asset, file_id: ids.interviewFile }, sends: [`GET ${FILES}files/{id}/`] },
  get_file_download_url: {
    args: { ...asset, file_id: ids.interviewFile },
    sends: [`GET ${FILES}files/{id}/download_url/`],
    urls: true,
  },
  list_format_components: {
    args: { ...asset, format_id: ids.interviewFormat },
    sends: [`GET ${FILES}formats/{id}/components/`],
  },
  update_asset_format: {
    args: { ...asset, format_id: ids.interviewFormat, name: 'ORIGINAL' },
    sends: [`PATCH ${FILES}formats/{id}/`],
  },
  update_asset_fileset: {
    args: { ...asset, file_set_id: ids.interviewFileSet, base_dir: '2025/06' },
    sends: [`PATCH ${FILES}file_sets/{id}/`],
  },
  delete_asset_fileset: {
    args: confirmed('delete_asset_fileset', { ...asset, file_set_id: ids.interviewFileSet }),
    sends: [
      `GET ${FILES}file_sets/{id}/`,
      `GET ${FILES}file_sets/{id}/files/`,
      `GET ${ASSET}`,
      `DELETE ${FILES}file_sets/{id}/`,
    ],
  },
  update_asset_file: {
    args: { ...asset, file_id: ids.interviewFile, status: 'CLOSED' },
    sends: [`PATCH ${FILES}files/{id}/`],
  },
  get_upload_id_for_file: { args: newFile, sends: [`GET ${FILES}files/{id}/`, 'POST (storage)'] },
  get_file_part_urls: {
    args: async (world) => ({ ...(await fileUpload(world)), parts_num: 8 }),
    sends: [`GET ${FILES}files/{id}/multipart_url/part/`],
    urls: true,
  },
  get_file_complete_url: {
    args: fileUpload,
    sends: [`GET ${FILES}files/{id}/multipart_url/`],
    urls: true,
  },
  create_transcode_job: {
    args: { ...asset, file_id: ids.interviewFile },
    sends: [`POST ${FILES}files/{id}/keyframes/`],
  },
  create_transcode_jobs: {
    args: { object_type: 'assets', object_ids: [ids.interview] },
    sends: ['POST /API/files/v1/assets/bulk/keyframes/'],
  },
  create_mediainfo_job: {
    args: { ...asset, file_id: ids.interviewFile },
    sends: [`POST ${FILES}files/{id}/mediainfo/`],
  },
  create_export: {
    args: confirmed('create_export', {
      export_location_id: ids.playout,
      object_type: 'assets',
      object_ids: [ids.interview],
    }),
    sends: [
      'GET /API/files/v1/export_locations/',
      'POST /API/search/v1/search/',
      'POST /API/files/v1/export_locations/{id}/bulk_export/',
    ],
  },
  create_export_v2: {
    args: confirmed('create_export_v2', { export_location_id: ids.playout, objects: [{ id: ids.interview }] }),
    sends: [
      'GET /API/files/v1/export_locations/',
      'POST /API/search/v1/search/',
      'POST /API/files/v2/assets/export_locations/{id}/bulk/export/',
    ],
  },
  create_transcription: {
    args: confirmed('create_transcription', { asset_id: ids.match }),
    sends: [`GET ${ASSET}`, 'POST /API/transcode/v1/transcribe/assets/{id}/profiles/default/'],
  },
  create_transcriptions: {
    args: confirmed('create_transcriptions', { object_type: 'assets', object_ids: [ids.match] }),
    sends: ['POST /API/search/v1/search/', 'POST /API/transcode/v1/transcribe/bulk/'],
  },
  create_analyses: {
    args: confirmed('create_analyses', { object_type: 'assets', object_ids: [ids.match] }),
    sends: ['POST /API/search/v1/search/', 'POST /API/transcode/v1/analyze/bulk/'],
  },
  get_object_access: {
    args: { object_type: 'assets', object_key: ids.match },
    sends: ['GET /API/acls/v1/acl/assets/{id}/'],
  },
  set_group_access: {
    args: confirmed('set_group_access', {
      group_id: EDITORS,
      object_type: 'assets',
      object_key: ids.match,
      permissions: ['read'],
    }),
    sends: [
      'GET /API/acls/v1/acl/assets/{id}/',
      'POST /API/search/v1/search/',
      GROUPS,
      'PUT /API/acls/v1/groups/{id}/acl/assets/{id}/',
    ],
  },
  add_user_to_group: {
    args: confirmed('add_user_to_group', { group_id: EDITORS, user_id: ids.me }),
    sends: [AUTHORS, GROUPS, 'POST /API/users/v1/groups/{id}/users/{id}/'],
  },
  get_gateway_report: {
    args: { storage_id: ids.gatewayStorage },
    sends: ['GET /API/files/v1/storages/{id}/gateway/report/'],
  },
  create_storage_scan: {
    args: { storage_id: ids.gatewayStorage, paths: ['incoming'] },
    sends: ['POST /API/files/v1/storages/{id}/scan/'],
  },
  list_export_locations: { args: {}, sends: ['GET /API/files/v1/export_locations/'] },
  get_storage: { args: { storage_id: ids.s3Storage }, sends: ['GET /API/files/v1/storages/{id}/'] },
  get_storages: { args: {}, sends: ['GET /API/files/v1/storages/'] },
  search: { args: { query: 'harbour' }, sends: ['POST /API/search/v1/search/'] },
  list_saved_searches: { args: {}, sends: ['GET /API/search/v1/search/saved/'] },
  get_saved_search: { args: { search_id: ids.savedSearch }, sends: ['GET /API/search/v1/search/saved/{id}/'] },
  create_saved_search: {
    args: { name: 'Drones', criteria: { doc_types: ['assets'], query: 'drone' } },
    sends: ['POST /API/search/v1/search/saved/'],
  },
  get_storage_usage: { args: { period: 'month' }, sends: ['GET /API/stats/v1/storage/usage/by/month/'] },
  list_persons: { args: {}, sends: [`GET ${FACES}persons/`] },
  get_person: { args: { person_id: ids.reyes }, sends: [`GET ${FACES}persons/{id}/`] },
  list_person_versions: { args: { person_id: ids.reyes }, sends: [`GET ${FACES}persons/{id}/versions/`] },
  list_version_persons: {
    args: { ...asset, version_id: version },
    sends: [`GET ${FACES}assets/{id}/versions/{id}/persons/`],
  },
  list_assets_of_person: { args: { person_id: ids.reyes }, sends: ['GET /API/assets/v1/persons/{id}/'] },
  list_webhooks: { args: {}, sends: ['GET /API/notifications/v1/webhooks/'] },
  get_asset_metadata: { args: { ...asset, view_id: ids.editorialView }, sends: [`GET ${VALUES}`] },
  update_segment_metadata: {
    args: {
      ...asset,
      segment_id: ids.comment,
      view_id: ids.sportsView,
      metadata_values: { editor_rating: '4' },
    },
    sends: ['PUT /API/metadata/v1/assets/{id}/segments/{id}/views/{id}/'],
  },
  update_contents_metadata: {
    args: confirmed('update_contents_metadata', {
      view_id: ids.editorialView,
      object_ids: [ids.deliverables],
      include_assets: true,
      include_collections: false,
      metadata_values: { location_name: 'Lisbon' },
    }),
    sends: ['POST /API/search/v1/search/', 'PUT /API/metadata/v1/collections/content/views/{id}/'],
  },
  create_metadata_field: {
    args: { name: 'mood', label: 'Mood', field_type: 'string' },
    sends: ['POST /API/metadata/v1/fields/'],
  },
  update_metadata_field: {
    args: { field_name: 'qc_note', label: 'QC remark', field_type: 'text' },
    sends: ['PUT /API/metadata/v1/fields/qc_note/'],
  },
  update_metadata_view: {
    args: { view_id: ids.technicalView, description: 'Camera and sound' },
    sends: ['PATCH /API/metadata/v1/views/{id}/'],
  },
  update_asset_metadata: {
    args: { ...asset, view_id: ids.editorialView, metadata_values: { location_name: 'Porto' } },
    sends: [`PUT ${VALUES}`],
  },
};

/** The arguments with the token that the preview gave. */
function confirmed(name: string, args: Record<string, unknown>) {
  return async ({ call }: World): Promise<Record<string, unknown>> => {
    const { confirm }: Answer = await call(name, args);
    return { ...args, confirm };
  };
}

/** The same for a format that is in the archive. */
function archivedFormat(name: string) {
  return async (made: World): Promise<Record<string, unknown>> => {
    const { sandbox } = made;
    const [row] = sandbox.store.formats.list(({ archive_status: status }) => status === 'ARCHIVED');
    return confirmed(name, { asset_id: row?.asset_id, format_id: row?.id })(made);
  };
}

/** A request of `world.requests` without its ids and query; storages are just that. */
export function shapeOf(request: string): string {
  const [method = '', address = ''] = request.split(' ');
  const path = address
    .replace(/\?.*$/, '')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '{id}')
    .replace(/[0-9a-f]{32}/, '{hash}');
  return `${method} ${path.startsWith('/_storage/') ? '(storage)' : path}`;
}
