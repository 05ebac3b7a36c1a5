/** Where what our operations take differs from the descriptions, each with its reason. */
export interface Exception {
  /** Only against the description of that year. */
  readonly year?: 2025 | 2026;
  /** Names of operations. */
  readonly of: readonly string[];
  /** Paths of arguments, `drawing.primitives[].type`; a value of a closed set behind `=`. */
  readonly paths: readonly string[];
  readonly because: string;
}

const SEGMENT_WRITES = ['create_segment', 'update_segment', 'partial_update_segment'];
const SEGMENT_BULKS = ['create_segments_bulk', 'update_segments_bulk'];
const SEARCHES = ['search', 'search_documents'];
const LISTS_OF_PEOPLE = ['get_users_basic', 'list_users'];

/** Operations that the description of 2025 does not have. */
export const NEW_IN_2026: readonly string[] = [
  'list_metadata_proposals',
  'accept_metadata_proposals',
  'discard_metadata_proposals',
  'archive_format_v2',
  'archive_assets_v2',
  'restore_assets_v2',
  'create_export_v2',
  'list_persons',
  'get_person',
  'list_person_versions',
  'list_version_persons',
  'partial_update_person',
  'confirm_person',
  'change_person',
  'extract_faces',
  'fill_metadata',
];
const SHARE_WRITES = ['create_share', 'create_share_url', 'update_share'];

export const EXCEPTIONS: readonly Exception[] = [
  {
    of: ['run_custom_action'],
    paths: ['metadata_values'],
    because: 'An action that asks for values is filled in by the person who starts it, in Iconik.',
  },
  {
    year: 2025,
    of: ['run_custom_action'],
    paths: ['from_collection_id', 'playlist_ids'],
    because: 'New in 2026.',
  },
  {
    of: ['list_playlists', 'list_playlist_items'],
    paths: ['ids'],
    because: 'Declared as text, and a list joined by commas; new in 2026 for playlists.',
  },
  {
    of: ['list_playlists', 'list_projects'],
    paths: ['scroll', 'scroll_id'],
    because: 'Paging that keeps state at the server: pages need none.',
  },
  {
    of: ['archive_format'],
    paths: ['destination_storage_method'],
    because: 'The storage has a method.',
  },
  {
    year: 2025,
    of: ['archive_formats_bulk', 'restore_formats_bulk'],
    paths: ['object_type=playlists'],
    because: 'New in 2026.',
  },
  {
    of: ['archive_assets_v2', 'restore_assets_v2', 'create_export_v2'],
    paths: ['objects'],
    because: 'Optional in the description, and nothing happens without it.',
  },
  {
    of: ['delete_segments_bulk'],
    paths: ['segment_ids', 'segment_type', 'version_id'],
    because: 'By ids alone, so that the preview names all that goes.',
  },
  {
    of: ['create_approval_request', 'update_approval_request', 'set_approval_status'],
    paths: ['change_date', 'request_date', 'external', 'user'],
    because: 'When, and for whom: Iconik takes the moment and the user of the token.',
  },
  {
    of: ['create_approval_request', 'update_approval_request'],
    paths: ['status'],
    because: 'A request begins as REQUESTED.',
  },
  {
    of: ['set_approval_status'],
    paths: ['status', 'status=MIXED', 'status=N/A', 'status=REQUESTED'],
    because: 'A person approves or rejects, and has to say which; the other states follow from that.',
  },
  {
    year: 2025,
    of: SHARE_WRITES,
    paths: ['drm', 'show_existing_comments', 'watermark'],
    because: 'New in 2026.',
  },
  {
    of: SHARE_WRITES,
    paths: [
      'allow_sync',
      'automatic_approval_share',
      'owner_id',
      'population_status',
      'review_experience_public_beta',
      'system_domain_id',
    ],
    because: 'What Iconik decides itself, and what is in trial.',
  },
  {
    of: ['partial_update_asset'],
    paths: ['date_deleted', 'deleted_by_user_info'],
    because: 'What the server keeps of a deletion, though it is not marked as read-only.',
  },
  {
    year: 2026,
    of: ['partial_update_asset', 'update_assets_bulk'],
    paths: ['limit_download_to_groups', 'type=POST', 'objects[].type=POST'],
    because: 'New in 2026: who may download, and publications, are set up by people who run the library.',
  },
  {
    of: ['create_asset', 'update_version', 'partial_update_version', ...SEGMENT_WRITES, 'create_collection'],
    paths: ['created_by_user_info', 'deleted_by_user_info', 'user_info'],
    because: 'Names of users beside their ids: only answers fill them, though they are not marked as read-only.',
  },
  {
    of: [
      'create_asset',
      'create_segment',
      'create_asset_proxy',
      'create_asset_format',
      'create_asset_filesets',
      'create_asset_file',
      ...SEGMENT_BULKS,
    ],
    paths: ['status=DELETED', 'objects[].status=DELETED'],
    because: 'It would delete, and nobody creates what is deleted at once; tasks change segments in bulk to keep them.',
  },
  {
    of: ['create_asset_file'],
    paths: ['directory_path'],
    because: 'Sent always: the root of the storage where it is not given.',
  },
  {
    of: SEARCHES,
    paths: ['scroll', 'scroll_id'],
    because:
      'Deprecated in both descriptions in favour of search_after, which is offered and keeps no state at the server.',
  },
  {
    of: [
      'get_segment',
      'list_segments',
      'list_collections',
      'list_jobs',
      'list_own_shares',
      'list_all_shares',
      'list_storage_files',
      'list_saved_searches',
      'get_saved_search',
      'list_persons',
    ],
    paths: ['scroll', 'scroll_id'],
    because: 'Paging that keeps state at the server: search_after and pages need none.',
  },
  {
    of: ['create_asset_format', 'create_asset_filesets', 'update_asset_format', 'update_asset_fileset'],
    paths: ['date_deleted'],
    because: 'A date that the server keeps, though it is not marked as read-only.',
  },
  {
    of: ['update_asset_metadata', 'update_metadata_batch'],
    paths: ['date_created', 'date_modified'],
    because: 'Dates that the server keeps, though they are not marked as read-only.',
  },
  {
    of: ['get_metadata_view', 'list_metadata_views'],
    paths: ['merge_fields', 'include_fields', 'exclude_fields'],
    because: 'A view is read as it is.',
  },
  {
    of: ['list_jobs'],
    paths: ['aggregations', 'metadata.automation_id', 'metadata.<field>'],
    because: 'Jobs are looked up by state, kind, object and date; counts of our own are not needed.',
  },
  {
    of: ['list_own_shares', 'list_all_shares'],
    paths: ['_exists_', 'date_created', 'date_modified', 'expires', 'include_created_by_me'],
    because: 'A share is looked up by its id or its object.',
  },
  {
    of: LISTS_OF_PEOPLE,
    paths: [
      'date_created',
      'date_modified',
      'hide_email',
      'hide_phone',
      'is_admin',
      'password_changed',
      'phone',
      'photo',
    ],
    because: 'People are looked up by id, name, address, group or state.',
  },
  {
    year: 2025,
    of: ['get_users_basic'],
    paths: ['groups', 'status'],
    because: 'Gone since.',
  },
  {
    of: ['get_groups_basic'],
    paths: ['alias', 'date_created', 'date_modified', 'description', 'roles'],
    because: 'Groups are looked up by id and name.',
  },
  {
    of: ['create_collection'],
    paths: [
      'apply_acl_template_id',
      'restrict_collection_acls',
      'category',
      'custom_keyframe',
      'custom_poster',
      'date_created',
      'is_root',
      'keyframe_asset_ids',
      'status',
      'storage_id',
    ],
    because: 'Tasks make plain collections: no place on a storage, no chosen picture, no access of their own.',
  },
  {
    of: ['create_asset'],
    paths: ['apply_acl_template_id', 'limit_download_to_groups', 'type=POST'],
    because: 'New in 2026: access by template and publications are set up by people who run the library.',
  },
  {
    year: 2025,
    of: [...SEGMENT_WRITES, ...SEGMENT_BULKS],
    paths: ['is_internal', 'objects[].is_internal'],
    because: 'New in 2026.',
  },
  {
    year: 2025,
    of: [...SEGMENT_WRITES, ...SEGMENT_BULKS],
    paths: [
      'face_bounding_boxes[].person_version_face_id',
      'face_bounding_boxes[].face_id',
      'objects[].face_bounding_boxes[].person_version_face_id',
      'objects[].face_bounding_boxes[].face_id',
      'drawing.primitives[].points[].x',
      'drawing.primitives[].points[].y',
      'objects[].drawing.primitives[].points[].x',
      'objects[].drawing.primitives[].points[].y',
    ],
    because: 'Changed since: faces are named by person_version_face_id, points are no whole numbers.',
  },
  {
    year: 2026,
    of: ['create_job', 'update_job'],
    paths: [
      'type=DELETE_JOBS',
      'type=EDIT_JOBS',
      'type=METADATA_FILLING',
      'type=PUBLISH',
      'status=DISCARDED',
      'status=PENDING_USER',
    ],
    because: 'New in 2026: kinds and states that Iconik gives its own jobs.',
  },
  {
    of: ['get_asset_file', 'get_asset_proxy', 'get_proxy_upload', 'create_asset_proxy', 'create_asset_file'],
    paths: ['content_type', 'proxy_container_id'],
    because: 'New in 2026: for streams in pieces (HLS), which nothing here uploads.',
  },
  {
    of: ['create_asset_proxy', 'update_asset_proxy'],
    paths: ['audio_channels', 'is_multichannel'],
    because: 'New in 2026, not offered yet.',
  },
  {
    of: [
      'create_asset_format',
      'create_asset_filesets',
      'create_asset_file',
      'update_asset_format',
      'update_asset_fileset',
      'update_asset_file',
    ],
    paths: [
      'components[].type=MANIFEST',
      'external_references',
      'type',
      'type=SEQUENCE',
      'template',
      'template_engine',
    ],
    because: 'New in 2026: sequences of files and manifests, not offered yet.',
  },
  {
    of: [...SEARCHES, 'get_collection_content_info'],
    paths: ['types'],
    because: 'New in 2026: the filter names the type of an asset as well.',
  },
  {
    year: 2025,
    of: ['update_asset_metadata', 'update_segment_metadata'],
    paths: ['ignore_unchanged'],
    because: 'New in 2026.',
  },
  {
    of: ['list_collections', 'list_collection_contents'],
    paths: ['favoured_by', 'include_keyframes'],
    because: 'New in 2026: favourites and pictures are not asked of lists.',
  },
  {
    of: [
      'list_saved_searches',
      'list_export_locations',
      'get_storages',
      'list_segments',
      'list_jobs',
      'list_own_shares',
      'list_all_shares',
      ...LISTS_OF_PEOPLE,
      'get_groups_basic',
    ],
    paths: ['ids'],
    because: 'Declared as text, and a list joined by commas.',
  },
  {
    of: ['list_segments', 'list_collection_contents', 'get_users_basic'],
    paths: ['includes', 'object_types', 'object_ids', 'emails'],
    because: 'Declared as text, and a list joined by commas.',
  },
  {
    of: ['update_job'],
    paths: ['merge_metadata'],
    because: 'Declared as text, and a yes or no.',
  },
  {
    year: 2025,
    of: ['get_object_access'],
    paths: ['exclude_deleted'],
    because: 'New in 2026.',
  },
  {
    year: 2026,
    of: ['create_transcode_job', 'create_mediainfo_job'],
    paths: ['job_id'],
    because: 'New in 2026: a job of its own is what is wanted.',
  },
  {
    of: ['create_mediainfo_job'],
    paths: ['set_as_custom_keyframe', 'update_proxy_mediainfo'],
    because: 'The body is that of transcodes; reading the technical data makes no keyframe and no proxy.',
  },
  {
    year: 2026,
    of: ['create_transcode_jobs'],
    paths: ['object_type=playlists'],
    because: 'New in 2026, not offered yet.',
  },
  {
    of: ['create_export'],
    paths: ['delete_original', 'delete_only_from_source_folder'],
    because: 'They would delete what was delivered: an export of ours only copies.',
  },
  {
    year: 2026,
    of: ['update_asset_format'],
    paths: ['sync_components'],
    because: 'New in 2026, without a word on what it brings in line with what.',
  },
  {
    of: ['update_asset_file'],
    paths: ['system_domain_id'],
    because: 'The library that everything belongs to.',
  },
  {
    of: ['update_segment_metadata', 'update_contents_metadata'],
    paths: ['date_created', 'date_modified', 'job_id', 'object_id', 'object_type', 'version_id'],
    because: 'The path names the object, and the server keeps dates and versions.',
  },
  {
    of: ['create_metadata_field', 'update_metadata_field'],
    paths: ['date_created', 'date_modified'],
    because: 'Dates that the server keeps, though they are not marked as read-only.',
  },
  {
    year: 2026,
    of: ['create_metadata_field', 'update_metadata_field'],
    paths: ['ai_prompt_description'],
    because: 'New in 2026: what the AI of Iconik is told about a field is written by people who run the library.',
  },
  {
    of: ['list_file_part_urls', 'get_file_complete_urls'],
    paths: ['temporary'],
    because: 'For files that exist for a transfer alone, which nothing here makes.',
  },
  {
    of: ['get_file_upload'],
    paths: ['bypass_url_cache', 'content_disposition', 'content_type', 'generate_signed_post_url'],
    because: 'The addresses to upload to are asked for as they come; others are for downloads and browsers.',
  },
  {
    of: ['get_asset_file'],
    paths: ['generate_signed_post_url'],
    because: 'It asks for an address to upload to, which a reading tool does not hand out.',
  },
  {
    of: ['get_saved_search'],
    paths: ['generate_signed_download_url', 'generate_signed_proxy_url'],
    because: 'A saved search answers what it finds; addresses are asked of single assets.',
  },
  {
    year: 2026,
    of: ['get_saved_search'],
    paths: ['search_after'],
    because: 'New in 2026: pages lead through what a saved search finds.',
  },
  {
    year: 2025,
    of: ['list_saved_searches', 'create_saved_search'],
    paths: ['favorites', 'favoured'],
    because: 'New in 2026.',
  },
  {
    of: ['create_saved_search'],
    paths: ['permissions'],
    because: 'Only answers fill it, though it is not marked as read-only.',
  },
  {
    of: ['list_person_versions'],
    paths: ['include_admin_details', 'use_instance_as_main_face'],
    because: 'They choose a picture and leave out titles; the defaults are right.',
  },
  {
    of: ['confirm_person'],
    paths: ['version_ids'],
    because: 'Without versions it would confirm all finds of a person at once.',
  },
  {
    of: ['extract_faces'],
    paths: [
      'face_image_analysis_profile_id',
      'face_video_analysis_profile_id',
      'include_assets',
      'include_collections',
    ],
    because: 'The profiles of the library decide how; what is looked at is named one by one.',
  },
  {
    of: ['list_version_persons'],
    paths: ['fetch_image_url'],
    because: 'The address of a picture of the face, which nothing here shows.',
  },
  {
    of: ['get_proxy_part_urls', 'list_file_part_urls'],
    paths: ['upload_id'],
    because: 'Optional in the description, needed in fact: the storage signs nothing without it.',
  },
];

/** The exception that explains why an operation differs there. */
export const exceptionFor = (year: 2025 | 2026, tool: string, path: string): Exception | undefined =>
  EXCEPTIONS.find(
    (one) => (one.year === undefined || one.year === year) && one.of.includes(tool) && one.paths.includes(path),
  );
