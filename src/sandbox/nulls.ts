import type { Reply, Row } from './types.ts';
import { isRow, rowsOf } from './values.ts';

/** Optional columns by the last word of a route that is a kind of object. */
const OPTIONAL: Readonly<Record<string, string>> = {
  assets:
    'category created_by_user custom_keyframe custom_poster date_deleted date_imported date_viewed deleted_by_user external_id external_link last_archive_restore_date original_asset_id original_segment_id original_version_id person_ids site_name time_end_milliseconds time_start_milliseconds updated_by_user warning',
  versions: 'created_by_user person_ids transcribe_status transcribed_languages',
  collections:
    'category custom_keyframe custom_poster date_deleted deleted_by_user external_id keyframe_asset_ids keyframes parent_id position project_id storage_id',
  segments:
    'drawing external_id face_bounding_boxes keyframe_id metadata metadata_view_id parent_id path person_id project_id segment_color segment_text segment_track share_id share_user_email subclip_id time_end_milliseconds time_start_milliseconds transcription transcription_id user_first_name user_id user_last_name user_photo version_id',
  history: 'job_id operation_description share_id share_user_id user_id version_id',
  shares: 'date_created expires message metadata_views project_id title upload_storage_id url',
  properties: 'language speaker_labels',
  formats: 'date_deleted deleted_by_user components metadata user_id version_id warnings',
  file_sets: 'archive_file_set_id date_deleted deleted_by_user original_storage_id storage_id version_id',
  files:
    'checksum file_date_created file_date_modified format_id parent_id size upload_credentials upload_filename upload_method upload_url user_id version_id',
  proxies:
    'audio_bitrate bit_rate codec format frame_rate is_drop_frame resolution rotation size start_time_code version_id',
  keyframes: 'collection_id format resolution rotation size time_code version_id',
  storages: 'description last_scanned scanner_status status_message version',
  jobs: 'action_context completed_at custom_type error_message job_context message metadata object_id object_type parent_id started_at',
  users: 'description phone photo photo_big photo_small primary_group',
  groups: 'alias description external_id',
  views: 'description',
  fields: 'description external_id mapped_field_name max_value min_value options source_url',
};
/** Objects inside of objects: key and kind. */
const INSIDE: Readonly<Record<string, string>> = { versions: 'versions', view_fields: 'fields' };

/** The answer of a route with null for each optional column without a value, as the real service has it. */
export function withNulls(route: string, reply: Reply): Reply {
  const kind = kindOf(route);
  if (kind === undefined || !isRow(reply.body)) return reply;
  const { objects } = reply.body;
  const body = Array.isArray(objects)
    ? { ...reply.body, objects: rowsOf(objects).map((row) => filled(kind, row)) }
    : filled(kind, reply.body);
  return { ...reply, body };
}

/** Routes whose last word is a kind of object and whose answers are something else, or have fewer columns. */
const NOT_OF_KIND = [
  /shares\/\{share_id\}\/users\//,
  /\{(object|asset|version)_\w+\}\/.*views\//,
  /storages\/\{storage_id\}\/files\//,
  /collections\/\{collection_id\}\/keyframes\//,
  /persons\/\{person_id\}\/versions\//,
];

/** `contents` is for lists that say in each row what it is. */
function kindOf(route: string): string | undefined {
  const words = route.split('/').filter((word) => word !== '' && !word.startsWith('{'));
  const last = words.at(-1) ?? '';
  if (NOT_OF_KIND.some((pattern) => pattern.test(route))) return undefined;
  if (last === 'promote') return 'versions';
  return last === 'contents' || Object.hasOwn(OPTIONAL, last) ? last : undefined;
}

function filled(kind: string, row: Row): Row {
  const columns = OPTIONAL[kind === 'contents' ? String(row.object_type) : kind];
  if (columns === undefined || isOther(kind, row)) return row;
  const inside = Object.entries(INSIDE).filter(([key]) => Array.isArray(row[key]));
  return {
    ...(!isList(kind, row) && Object.fromEntries(columns.split(' ').map((name) => [name, null]))),
    ...row,
    ...Object.fromEntries(inside.map(([key, own]) => [key, rowsOf(row[key]).map((one) => filled(own, one))])),
  };
}

/** An answer with an id and a status is a job, whatever its route; lists of views have less of each field. */
const isOther = (kind: string, row: Row): boolean =>
  Object.keys(row).length <= 2 || (kind === 'fields' && row.field_type === undefined);

/** All versions of an asset, where the route names one. */
const isList = (kind: string, row: Row): boolean => kind === 'versions' && Array.isArray(row.versions);
