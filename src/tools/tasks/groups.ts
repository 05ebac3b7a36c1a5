/** The tasks by what a person does with them: sets that `--toolsets` takes beside `tasks`, which is all of them. */
export const groups = {
  find: [
    'find_assets',
    'show_asset',
    'view_frame',
    'read_transcript',
    'locate_files',
    'find_duplicates',
    'show_history',
  ],
  annotate: [
    'annotate_asset',
    'read_notes',
    'copy_notes',
    'import_log',
    'export_markers',
    'export_captions',
    'make_subclips',
  ],
  describe: ['set_metadata', 'describe_metadata', 'read_metadata', 'collect_assets', 'edit_assets', 'check_masters'],
  versions: ['compare_versions', 'set_current_version'],
  review: ['share', 'list_shares', 'revoke_shares', 'request_approval', 'list_approvals'],
  operate: [
    'check_jobs',
    'delete_assets',
    'list_bin',
    'restore_assets',
    'report_storage',
    'archive_assets',
    'restore_media',
  ],
} as const;
