import { toolset } from '../define.ts';
import { annotate_asset } from './annotate_asset/annotate_asset.ts';
import { archive_assets } from './archive_assets.ts';
import { check_jobs } from './check_jobs/check_jobs.ts';
import { check_masters } from './check_masters/check_masters.ts';
import { collect_assets } from './collect_assets/collect_assets.ts';
import { compare_versions } from './compare_versions/compare_versions.ts';
import { copy_notes } from './copy_notes/copy_notes.ts';
import { delete_assets } from './delete_assets/delete_assets.ts';
import { deliver_assets } from './deliver_assets/deliver_assets.ts';
import { describe_metadata } from './describe_metadata/describe_metadata.ts';
import { edit_assets } from './edit_assets/edit_assets.ts';
import { export_captions } from './export_captions.ts';
import { export_markers } from './export_markers/export_markers.ts';
import { export_metadata } from './export_metadata.ts';
import { find_assets } from './find_assets/find_assets.ts';
import { find_duplicates } from './find_duplicates/find_duplicates.ts';
import { find_people } from './find_people/find_people.ts';
import { import_log } from './import_log/import_log.ts';
import { import_metadata } from './import_metadata/import_metadata.ts';
import { list_approvals } from './list_approvals.ts';
import { list_bin } from './list_bin.ts';
import { list_searches } from './list_searches.ts';
import { list_shares } from './list_shares.ts';
import { locate_files } from './locate_files.ts';
import { make_subclips } from './make_subclips/make_subclips.ts';
import { move_in_collections } from './move_in_collections/move_in_collections.ts';
import { name_people } from './name_people/name_people.ts';
import { name_speakers } from './name_speakers.ts';
import { read_metadata } from './read_metadata/read_metadata.ts';
import { read_notes } from './read_notes/read_notes.ts';
import { read_transcript } from './read_transcript/read_transcript.ts';
import { report_storage } from './report_storage/report_storage.ts';
import { request_approval } from './request_approval/request_approval.ts';
import { restore_assets } from './restore_assets.ts';
import { restore_media } from './restore_media.ts';
import { review_proposals } from './review_proposals/review_proposals.ts';
import { revoke_shares } from './revoke_shares/revoke_shares.ts';
import { save_search } from './save_search.ts';
import { set_current_version } from './set_current_version/set_current_version.ts';
import { set_metadata } from './set_metadata/set_metadata.ts';
import { share } from './share/share.ts';
import { show_asset } from './show_asset/show_asset.ts';
import { show_history } from './show_history/show_history.ts';
import { steer_jobs } from './steer_jobs/steer_jobs.ts';
import { view_frame } from './view_frame/view_frame.ts';

/** By what a person does with them: parts of the set, which `--toolsets` takes by their names. */
const groups = {
  find: {
    find_assets,
    show_asset,
    view_frame,
    read_transcript,
    locate_files,
    find_duplicates,
    find_people,
    show_history,
    save_search,
    list_searches,
  },
  annotate: { annotate_asset, read_notes, copy_notes, import_log, export_markers, export_captions, make_subclips },
  describe: {
    set_metadata,
    describe_metadata,
    read_metadata,
    export_metadata,
    import_metadata,
    collect_assets,
    move_in_collections,
    edit_assets,
    check_masters,
    name_speakers,
    name_people,
    review_proposals,
  },
  versions: { compare_versions, set_current_version },
  review: { share, list_shares, revoke_shares, request_approval, list_approvals },
  operate: {
    check_jobs,
    delete_assets,
    list_bin,
    restore_assets,
    report_storage,
    archive_assets,
    restore_media,
    deliver_assets,
    steer_jobs,
  },
};

export const tasks = toolset({
  name: 'tasks',
  description: 'What people ask for in one sentence: find, look, read, log, fill in.',
  tools: {
    ...groups.find,
    ...groups.annotate,
    ...groups.describe,
    ...groups.versions,
    ...groups.review,
    ...groups.operate,
  },
  groups: Object.fromEntries(Object.entries(groups).map(([name, tools]) => [name, Object.keys(tools)])),
});
