/**
 * What the old Python client sends, method by method, as plain HTTP: booleans in queries as Python writes them, some paths
 * without their last slash. `{asset}` and the like are ids of the sandbox; `{answer.id}` is what the request before answered.
 */
export interface ClientMethod {
  readonly name: string;
  readonly requests: readonly ClientRequest[];
  /** It asks for what is refused. */
  readonly refused?: 403;
}

export interface ClientRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

type Sent = readonly [request: string, body?: unknown];

const method = (name: string, ...requests: readonly Sent[]): ClientMethod => ({
  name,
  requests: requests.map(([request, body]) => {
    const [verb = '', path = ''] = request.split(' ');
    return { method: verb, path, ...(body !== undefined && { body }) };
  }),
});

const A = '/API/assets/v1';
const F = '/API/files/v1';
const M = '/API/metadata/v1';
const ASSET = `${A}/assets/{asset}`;
const FILES = `${F}/assets/{asset}`;
const values = { metadata_values: { keywords: { field_values: [{ value: 'seen' }] } } };
const field = { name: 'loan_number', label: 'Loan number', field_type: 'string' };
const version = { asset_id: '{asset}', id: '{version}', is_online: true, status: 'ACTIVE', version_number: 1 };
const proxy = { name: 'proxy', filename: 'a.mp4', storage_id: '{proxy_storage}', status: 'OPEN' };
const fileSet = { name: 'a', format_id: '{format}', storage_id: '{storage}', base_dir: '', component_ids: [] };
const file = {
  ...{ name: 'a.mov', original_name: 'a.mov', size: 12, type: 'FILE', status: 'OPEN', directory_path: '' },
  ...{ format_id: '{format}', file_set_id: '{file_set}', storage_id: '{storage}' },
};
const segment = { segment_type: 'COMMENT', segment_text: 'Fine', time_start_milliseconds: 0, time_end_milliseconds: 0 };

const ASSETS: readonly ClientMethod[] = [
  method('assets.get', [`GET ${ASSET}/`]),
  method('assets.list_all', [`GET ${A}/assets/?page=1&per_page=5`]),
  method('assets.create', [`POST ${A}/assets`, { title: 'New clip', type: 'ASSET' }]),
  method('assets.partial_update_asset', [`PATCH ${ASSET}/`, { title: 'Another title' }]),
  method('assets.delete', [`DELETE ${ASSET}/`]),
  method('assets.bulk_delete', [
    `POST ${A}/delete_queue/bulk/`,
    { object_ids: ['{asset}'], object_type: 'assets', content_only: true },
  ]),
  { ...method('assets.permanently_delete', [`POST ${A}/delete_queue/purge/all/`]), refused: 403 },
  method('assets.create_segment', [`POST ${ASSET}/segments/`, segment]),
  method('assets.update_segment', [`PUT ${ASSET}/segments/{segment}/`, segment]),
  method('assets.partial_update_segment', [`PATCH ${ASSET}/segments/{segment}/`, { segment_text: 'Fine now' }]),
  method('assets.get_segments', [`GET ${ASSET}/segments/?segment_type=COMMENT&include_users=True&per_page=10`]),
  method('assets.delete_segment', [`DELETE ${ASSET}/segments/{segment}/?soft_delete=True`]),
  method('assets.bulk_delete_segments', [
    `DELETE ${ASSET}/segments/bulk/?immediately=True&ignore_reindexing=False`,
    { segment_ids: ['{segment}'] },
  ]),
  method('assets.create_version', [`POST ${ASSET}/versions/`, { copy_metadata: false, copy_segments: false }]),
  method('assets.create_version_from_asset', [
    `POST ${ASSET}/versions/from/assets/{other_asset}/`,
    { copy_previous_version_segments: false },
  ]),
  method('assets.update_version', [`PUT ${ASSET}/versions/{version}/`, version]),
  method('assets.partial_update_version', [`PATCH ${ASSET}/versions/{version}/`, { is_online: false }]),
  method('assets.promote_version', [`PUT ${ASSET}/versions/{version}/promote/`]),
  method('assets.delete_version', [`DELETE ${ASSET}/versions/{version}/?hard_delete=True`]),
  method('assets.delete_old_versions', [`DELETE ${ASSET}/versions/old/`]),
  method('assets.list_asset_history_entities', [`GET ${ASSET}/history/`]),
  method('assets.create_history_entity', [
    `POST ${ASSET}/history/`,
    { operation_description: 'Checked', operation_type: 'CUSTOM' },
  ]),
];

const OTHERS: readonly ClientMethod[] = [
  method('collections.get', [`GET ${A}/collections/{collection}/`]),
  method('collections.delete', [`DELETE ${A}/collections/{collection}/`]),
  method('collections.get_info', [`GET ${A}/collections/{collection}/content/info`]),
  method('collections.get_contents', [`GET ${A}/collections/{collection}/contents`]),
  method('collections.create', [`POST ${A}/collections`, { title: 'New collection', parent_id: '{collection}' }]),
  method('collections.add_content', [
    `POST ${A}/collections/{collection}/contents`,
    { object_id: '{placeholder}', object_type: 'assets' },
  ]),
  method('jobs.create', ['POST /API/jobs/v1/jobs/', { title: 'Check', type: 'CUSTOM', status: 'STARTED' }]),
  method('jobs.update', ['PATCH /API/jobs/v1/jobs/{job}', { status: 'FINISHED' }]),
  method('search.search', [
    'POST /API/search/v1/search/?per_page=5&generate_signed_url=False&save_search_history=False',
    {
      doc_types: ['assets'],
      query: 'harbour',
      filter: { operator: 'AND', terms: [{ name: 'status', value: 'ACTIVE' }] },
    },
  ]),
];

const KEYFRAMES = `${FILES}/keyframes`;
const keyframe = {
  type: 'KEYFRAME',
  storage_id: '{gcs_storage}',
  name: 'a',
  filename: 'a.jpg',
  is_custom_keyframe: true,
};

const PREVIEWS: readonly ClientMethod[] = [
  method('files.get_asset_proxy', [`GET ${FILES}/proxies/{proxy}/`]),
  method('files.get_asset_proxies', [`GET ${FILES}/proxies/`]),
  method('files.create_asset_proxy', [`POST ${FILES}/proxies/`, proxy]),
  method('files.update_asset_proxy', [`PATCH ${FILES}/proxies/{proxy}/`, { status: 'CLOSED' }]),
  method(
    'files.get_upload_id_for_proxy',
    [`POST ${FILES}/proxies/`, proxy],
    [`GET ${FILES}/proxies/{answer.id}/`],
    ['POST {answer.multipart_upload_url}'],
  ),
  method('files.get_s3_presigned_url', [`GET ${FILES}/proxies/{proxy}/multipart_url/part/?upload_id=abc&parts_num=2`]),
  method('files.get_s3_complete_url', [`GET ${FILES}/proxies/{proxy}/multipart_url/?upload_id=abc&type=complete_url`]),
  method('files.get_asset_keyframe', [`GET ${KEYFRAMES}/{keyframe}/`]),
  method('files.get_asset_keyframes', [`GET ${KEYFRAMES}/`]),
  method('files.create_asset_keyframe', [`POST ${KEYFRAMES}/`, keyframe]),
  method('files.partial_update_keyframe', [`PATCH ${KEYFRAMES}/{keyframe}/`, { name: 'b' }]),
  // The client sends POST, which is not described.
  method('files.update_keyframe', [`PUT ${KEYFRAMES}/{keyframe}/`, keyframe]),
  method('files.delete_asset_keyframe', [`DELETE ${KEYFRAMES}/{keyframe}/`]),
  method('files.get_upload_id_for_keyframe', [`POST ${KEYFRAMES}/`, keyframe], ['POST {answer.upload_url}']),
];

const FORMATS: readonly ClientMethod[] = [
  method('files.get_asset_formats', [`GET ${FILES}/formats/`]),
  method('files.get_asset_format', [`GET ${FILES}/formats/{format}/`]),
  method('files.create_asset_format', [`POST ${FILES}/formats/`, { name: 'PPRO_PROXY' }]),
  method('files.update_asset_format', [`PUT ${FILES}/formats/{format}/`, { name: 'ORIGINAL' }]),
  method('files.partial_update_asset_format', [`PATCH ${FILES}/formats/{format}/`, { name: 'ORIGINAL' }]),
  method('files.create_asset_format_component', [
    `POST ${FILES}/formats/{format}/components`,
    { name: 'Audio', type: 'AUDIO', metadata: {} },
  ]),
  method('files.list_asset_format_components', [`GET ${FILES}/formats/{format}/components`]),
  method('files.get_asset_formats_by_version', [`GET ${FILES}/versions/{version}/formats/?per_page=5`]),
];

const FILE_SETS: readonly ClientMethod[] = [
  method('files.create_asset_filesets', [`POST ${FILES}/file_sets/`, fileSet]),
  method('files.create_asset_file_sets', [`POST ${FILES}/file_sets/`, fileSet]),
  method('files.get_asset_filesets', [`GET ${FILES}/file_sets/`]),
  method('files.get_asset_file_set_files', [`GET ${FILES}/file_sets/{file_set}/files/`]),
  method('files.get_asset_file_sets_by_version', [
    `GET ${FILES}/versions/{version}/file_sets/?per_page=5&file_count=True`,
  ]),
  // The client leaves out the id, which is described.
  method('files.update_asset_file_set', [`PUT ${FILES}/file_sets/{file_set}/`, fileSet]),
  method('files.partial_update_asset_file_set', [`PATCH ${FILES}/file_sets/{file_set}/`, { name: 'b' }]),
  method('files.delete_asset_file_set', [`DELETE ${FILES}/file_sets/{file_set}/?keep_source=True`]),
  method('files.get_deleted_file_sets', [`GET ${F}/delete_queue/file_sets/`]),
  method('files.get_deleted_filesets', [`GET ${F}/delete_queue/file_sets/`]),
  method('files.get_deleted_formats', [`GET ${F}/delete_queue/formats/`]),
];

const SINGLE_FILES: readonly ClientMethod[] = [
  method('files.create_asset_file', [`POST ${FILES}/files/`, file]),
  method('files.get_asset_files', [`GET ${FILES}/files/`]),
  method('files.get_asset_file', [`GET ${FILES}/files/{file}/`]),
  method('files.update_asset_file', [`PUT ${FILES}/files/{file}/`, { ...file, status: 'CLOSED' }]),
  method('files.partial_update_asset_file', [`PATCH ${FILES}/files/{file}/`, { status: 'CLOSED' }]),
  method('files.delete_asset_file', [`DELETE ${FILES}/files/{file}/`]),
  method('files.get_asset_files_by_version', [
    `GET ${FILES}/versions/{version}/files/?per_page=5&generate_signed_url=False`,
  ]),
  method('files.create_mediainfo_job', [`POST ${FILES}/files/{file}/mediainfo`, { priority: 5 }]),
  method('files.create_transcode_job', [`POST ${FILES}/files/{file}/keyframes`, { priority: 5 }]),
  method('files.get_storage', [`GET ${F}/storages/{storage}/`]),
  method('files.get_storages', [`GET ${F}/storages/`]),
  method('files.list_storage_files', [
    `GET ${F}/storages/{storage}/files/?path=media&path_separator=%2F&type=DIRECTORY`,
  ]),
  method('files.create_storage_file', [
    `POST ${F}/storages/{storage}/files/`,
    { name: 'a.mov', original_name: 'a.mov', size: 12, type: 'FILE', status: 'CLOSED', directory_path: 'in' },
  ]),
];

const SEGMENT_VIEW = `${M}/assets/{asset}/segments/{segment}/views/{view}/`;
const COLLECTION_VIEW = `${M}/collections/{collection}/views/{view}/`;
// Without values, the answer is 404.
const segmentValues: Sent = [`PUT ${SEGMENT_VIEW}`, values];
const collectionValues: Sent = [`PUT ${COLLECTION_VIEW}`, values];
const view = { name: 'Loans', view_fields: [{ name: 'keywords' }] };

const METADATA: readonly ClientMethod[] = [
  method('metadata.get_object_metadata', collectionValues, [`GET ${COLLECTION_VIEW}`]),
  method('metadata.get_asset_metadata', [`GET ${M}/assets/{asset}/views/{view}/`]),
  method('metadata.get_collection_metadata', collectionValues, [`GET ${COLLECTION_VIEW}`]),
  method('metadata.get_segment_metadata', segmentValues, [`GET ${M}/segments/{segment}/views/{view}/`]),
  method('metadata.get_object_metadata_direct', [`GET ${M}/assets/{asset}/`]),
  method('metadata.get_asset_metadata_direct', [`GET ${M}/assets/{asset}/`]),
  method('metadata.get_collection_metadata_direct', collectionValues, [`GET ${M}/collections/{collection}/`]),
  method('metadata.get_segment_metadata_direct', segmentValues, [`GET ${M}/segments/{segment}/`]),
  method('metadata.update_asset_metadata', [`PUT ${M}/assets/{asset}/views/{view}/`, values]),
  method('metadata.put_metadata_direct', [`PUT ${M}/assets/{asset}/`, values]),
  method('metadata.put_object_view_metadata', [`PUT ${SEGMENT_VIEW}`, values]),
  method('metadata.put_segment_view_metadata', [`PUT ${SEGMENT_VIEW}`, values]),
  method('metadata.put_segment_metadata', [`PUT ${SEGMENT_VIEW}`, values]),
  method('metadata.create_view', [`POST ${M}/views/`, view]),
  method('metadata.get_views', [`GET ${M}/views/`]),
  method('metadata.get_view', [`GET ${M}/views/{view}/?merge_fields=True`]),
  method('metadata.update_view', [`PATCH ${M}/views/{view}/`, { name: 'Editorial 2' }]),
  method('metadata.replace_view', [`PUT ${M}/views/{view}/`, view]),
  method('metadata.delete_view', [`DELETE ${M}/views/{view}/`]),
  method('metadata.list_fields', [`GET ${M}/fields/?per_page=5&filter=keywords`]),
  method('metadata.get_field', [`GET ${M}/fields/keywords/`]),
  method('metadata.create_field', [`POST ${M}/fields/`, field]),
  method('metadata.update_field', [`POST ${M}/fields/`, field], [`PUT ${M}/fields/loan_number/`, field]),
  method('metadata.delete_field', [`POST ${M}/fields/`, field], [`DELETE ${M}/fields/loan_number/`]),
  method('metadata.create_metadata_field', [`POST ${M}/fields/`, field]),
  method('metadata.update_metadata_field', [`POST ${M}/fields/`, field], [`PUT ${M}/fields/loan_number/`, field]),
  method('metadata.delete_metadata_field', [`POST ${M}/fields/`, field], [`DELETE ${M}/fields/loan_number/`]),
];

export const PYTHON_CLIENT: readonly ClientMethod[] = [
  ...ASSETS,
  ...OTHERS,
  ...PREVIEWS,
  ...FORMATS,
  ...FILE_SETS,
  ...SINGLE_FILES,
  ...METADATA,
];
