import { registry } from '../../src/tools/index.ts';
import type { Beside } from './answer_keys.ts';

/** Keys of our answers that no description gives to the operation, each with its reason. */
interface AnswerException {
  /** Names of operations; none: all that write. */
  readonly of?: readonly string[];
  readonly keys: readonly string[];
  readonly because: string;
}

const BULKS = [
  'create_segments_bulk',
  'update_segments_bulk',
  'update_metadata_batch',
  'enable_collection_order',
  'update_assets_bulk',
  'delete_objects_bulk',
  'delete_collection',
  'archive_format',
  'restore_format',
  'archive_formats_bulk',
  'restore_formats_bulk',
  'archive_format_v2',
  'archive_assets_v2',
  'restore_assets_v2',
  'create_storage_scan',
  'create_transcode_jobs',
  'create_export',
  'create_export_v2',
  'create_transcription',
  'create_transcriptions',
  'create_analyses',
  'update_contents_metadata',
];
const DOCUMENTS = ['search', 'search_documents', 'list_collection_contents', 'get_saved_search'];

export const ANSWER_EXCEPTIONS: readonly AnswerException[] = [
  { keys: ['note'], because: 'Our words on what was done.' },
  {
    of: [...registry].filter(([, { tool }]) => tool.route && tool.preview).map(([name]) => name),
    keys: ['status', 'summary', 'affected', 'notes', 'confirm', 'expires_in_seconds'],
    because: 'The preview of a change.',
  },
  {
    of: [
      'delete_version',
      'delete_old_versions',
      'promote_version',
      'delete_segment',
      'delete_segments_bulk',
      'create_version_from_asset',
    ],
    keys: ['asset_id', 'version_id', 'segment_id', 'status'],
    because: 'Iconik answers nothing: what was asked for is said again.',
  },
  {
    of: ['delete_asset_fileset'],
    keys: ['asset_id', 'file_set_id'],
    because: 'Iconik answers nothing: what was asked for is said again.',
  },
  {
    of: ['update_contents_metadata'],
    keys: ['object_ids'],
    because: 'Iconik answers nothing: what was asked for is said again.',
  },
  {
    of: ['delete_old_versions'],
    keys: ['deleted'],
    because: 'Iconik answers nothing: the versions that the preview named.',
  },
  {
    of: ['set_job_state'],
    keys: ['action', 'job_ids'],
    because: 'Iconik answers nothing: what was asked for is said again.',
  },
  {
    of: ['create_segment', 'update_segment', 'partial_update_segment', 'get_segment'],
    keys: ['author'],
    because: 'Made of user_info, user_first_name and share_user_email: who wrote a text.',
  },
  {
    of: ['list_segments', 'search_documents', 'list_collection_contents'],
    keys: ['objects[].author'],
    because: 'Made of user_info, user_first_name and share_user_email: who wrote a text.',
  },
  {
    of: ['list_metadata_proposals', 'accept_metadata_proposals', 'discard_metadata_proposals'],
    keys: ['proposals', 'job_id', 'decision'],
    because: 'The description says nothing of the answers: what comes is passed on, and what was asked for said again.',
  },
  {
    of: ['create_approval_request'],
    keys: ['job_id'],
    because: 'A collection is answered with 202 and a job, of another schema.',
  },
  {
    of: BULKS,
    keys: ['id', 'job_id', 'status'],
    because: 'The description names the job in words only: "ID and status of a job". Both names are in use.',
  },
  {
    of: [
      'get_asset_metadata',
      'update_asset_metadata',
      'get_version_metadata',
      'get_segment_metadata',
      'update_segment_metadata',
    ],
    keys: ['view_id'],
    because: 'The view that was asked for.',
  },
  {
    of: ['update_asset_metadata', 'update_segment_metadata'],
    keys: ['dropped', 'stored_differently'],
    because: 'What was sent, held against what Iconik stored: it drops fields that are not in the view with 200.',
  },
  {
    of: ['get_asset', 'create_asset', 'partial_update_asset'],
    keys: ['default_version_id'],
    because: 'The current version, where the live system answers it; neither description has it yet.',
  },
  {
    of: ['get_storage'],
    keys: ['bucket', 'bucket_name', 'container', 'region', 'path', 'endpoint', 'mount_point', 'hostname'].map(
      (key) => `settings.${key}`,
    ),
    because: 'Free in the description, and other for each storage method: the keys that say where media is.',
  },
  {
    of: ['get_storages'],
    keys: ['bucket', 'bucket_name', 'container', 'region', 'path', 'endpoint', 'mount_point', 'hostname'].map(
      (key) => `objects[].settings.${key}`,
    ),
    because: 'Free in the description, and other for each storage method: the keys that say where media is.',
  },
  {
    of: DOCUMENTS,
    keys: [
      'objects[]._sort',
      'objects[]._highlight',
      'objects[].proxies[].download_url',
      'objects[].files[].download_url',
    ],
    because: 'The place in the order, the words found and the addresses asked for, which recorded answers have.',
  },
  {
    of: ['search_documents', 'list_collection_contents'],
    keys: ['objects[].approval_status', 'objects[].transcribed_languages', 'objects[].format', 'objects[].description'],
    because: 'Fields of the index that people search by, or that documents of other kinds have.',
  },
  { of: ['search'], keys: ['objects[].matched'], because: 'Made of _highlight.' },
  { of: ['search'], keys: ['note'], because: 'Ours: where to look for what was deleted.' },
  {
    of: ['add_to_collection'],
    keys: ['collection_id', 'object_type', 'object_id', 'date_created'],
    because: 'The description says nothing of the answer; these are read-only in the body.',
  },
  {
    of: ['move_in_collection'],
    keys: ['position'],
    because: 'The description says nothing of the answer; the body has it.',
  },
];

/** A document of the index is more than its schema says: the objects' own schemas name the rest. */
const OF_DOCUMENTS: Beside = {
  'objects[]': ['assets/AssetElasticSchema', 'assets/CollectionElasticSchema', 'assets/SegmentElasticSchema'],
  'objects[].files[]': ['files/FileSchema', 'files/FileElasticSchema'],
  'objects[].formats[]': ['files/FormatSchema'],
  'objects[].proxies[]': ['files/ProxySchema'],
  'objects[].keyframes[]': ['files/KeyframeSchema'],
};

export const besideOf = (tool: string): Beside => (DOCUMENTS.includes(tool) ? OF_DOCUMENTS : {});
