import type { Wording } from './wordings.ts';

const ASSET = '/assets/v1/assets/{asset_id}/';

/** Written when titles, vocabulary and weights were settled, and before any of their results was seen. Nothing is tuned on them. */
export const FRESH: readonly Wording[] = [
  ['show me the recycle bin', '/assets/v1/delete_queue/assets/', '/assets/v1/delete_queue/collections/'],
  [
    'recover a folder from the trash',
    '/assets/v1/collections/{collection_id}/restore/',
    '/assets/v1/delete_queue/collections/',
  ],
  ['who changed the metadata yesterday', `${ASSET}history/`, '/stats/v1/user/audit/by/{period}/'],
  [
    'send it to the client for review',
    '/assets/v1/{object_type}/{object_id}/shares/',
    '/assets/v1/{object_type}/{object_id}/shares/url/',
  ],
  ['kill this share', '/assets/v1/{object_type}/{object_id}/shares/{share_id}/'],
  ['who has approved', '/assets/v1/{object_type}/{object_id}/approvals/'],
  ['bulk approval request', '/assets/v1/approvals/bulk/'],
  ['storage usage report', '/stats/v1/storage/usage/by/{period}/'],
  [
    'put the masters on tape',
    '/files/v2/assets/bulk/archive/',
    '/files/v1/formats/{format_name}/archive/bulk/',
    '/files/v1/assets/{asset_id}/formats/{format_id}/archive/',
  ],
  [
    'thaw archived material',
    '/files/v2/assets/bulk/restore/',
    '/files/v1/formats/{format_name}/restore/bulk/',
    '/files/v1/assets/{asset_id}/formats/{format_id}/restore/',
  ],
  [
    'move a file to another bucket',
    '/files/v1/file_sets/{file_set_id}/storages/{storage_id}/',
    '/files/v1/storages/{storage_id}/bulk/',
    '/files/v1/formats/{format_id}/storages/{storage_id}/',
  ],
  ['rescan the NAS', '/files/v1/storages/{storage_id}/scan/'],
  ['delivery destinations', '/files/v1/export_locations/'],
  ['speech to text for a batch of interviews', '/transcode/v1/transcribe/bulk/'],
  [
    'auto-tagging of footage',
    '/transcode/v1/analyze/bulk/',
    '/transcode/v1/analyze/assets/{asset_id}/profiles/default/',
    '/transcode/v1/analyze/assets/{asset_id}/',
  ],
  [
    'VTT of the English subtitles',
    '/files/v1/assets/{asset_id}/subtitles/{language}/webvtt/',
    '/files/v1/assets/{asset_id}/subtitles/',
  ],
  ['download link of the proxy', '/files/v1/assets/{asset_id}/proxies/{proxy_id}/download_url/'],
  ['rerun a failed transcode job', '/jobs/v1/jobs/state/'],
  ['give the job a higher priority', '/jobs/v1/jobs/priority/'],
  ['saved searches of a group', '/search/v1/search/saved/group/{group_id}/', '/search/v1/search/saved/groups/'],
  ['natural language search', '/search/v1/nltf_parse/'],
  [
    'what may this user do',
    '/users/v1/users/{user_id}/roles/',
    '/acls/v1/users/{user_id}/acl/{object_type}/{object_key}/',
  ],
  ['remove access of a person to an asset', '/acls/v1/users/{user_id}/acl/{object_type}/{object_key}/'],
  ['people in the group Sports', '/users/v1/groups/{group_id}/', '/users/v1/groups/', '/users/v1/users/'],
  ['options of the field Genre', '/metadata/v1/fields/{field_name}/', '/metadata/v1/fields/'],
  [
    'set metadata on all assets of a selection',
    '/metadata/v1/{object_type}/content/views/{view_id}/',
    '/metadata/v1/{object_type}/views/{view_id}/',
  ],
  ['clips in a playlist', '/assets/v1/playlists/{playlist_id}/items/'],
  [
    'link two assets as source and derivative',
    `${ASSET}relations/{relation_type}/{related_to_asset_id}/`,
    `${ASSET}relations/`,
  ],
  [
    'unknown faces',
    '/ml/v1/face_recognition/persons/',
    '/ml/v1/face_recognition/assets/{asset_id}/versions/{version_id}/persons/',
  ],
  ['list webhooks', '/notifications/v1/webhooks/'],
];
