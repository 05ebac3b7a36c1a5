import { catalogueOf } from './catalogue/index.ts';
import { toolset } from './define.ts';
import { acls } from './operations/acls.ts';
import { approvals } from './operations/approvals.ts';
import { archive } from './operations/archive.ts';
import { assetChanges } from './operations/asset_changes.ts';
import { assets as assetsAlone } from './operations/assets.ts';
import { bin } from './operations/bin.ts';
import { collectionChanges } from './operations/collection_changes.ts';
import { collections as collectionsAlone } from './operations/collections.ts';
import { customActions } from './operations/custom_actions.ts';
import { exports } from './operations/exports.ts';
import { fileChanges } from './operations/file_changes.ts';
import { fileLists } from './operations/file_lists.ts';
import { fileUploads } from './operations/file_uploads.ts';
import { files as filesAndSets } from './operations/files.ts';
import { formats } from './operations/formats.ts';
import { history } from './operations/history.ts';
import { jobControl } from './operations/job_control.ts';
import { jobs as jobRecords } from './operations/jobs.ts';
import { keyframes } from './operations/keyframes.ts';
import { memberships } from './operations/memberships.ts';
import { metadata as metadataAlone } from './operations/metadata.ts';
import { metadataSchema } from './operations/metadata_schema.ts';
import { metadataWrites } from './operations/metadata_writes.ts';
import { newVersions } from './operations/new_versions.ts';
import { persons } from './operations/persons.ts';
import { playlists } from './operations/playlists.ts';
import { proposals } from './operations/proposals.ts';
import { proxies } from './operations/proxies.ts';
import { recognition } from './operations/recognition.ts';
import { savedSearches } from './operations/saved_searches.ts';
import { search as searchAlone } from './operations/search.ts';
import { segmentDeletions } from './operations/segment_deletions.ts';
import { segments as segmentsAlone } from './operations/segments.ts';
import { shareChanges } from './operations/share_changes.ts';
import { shares as sharesAlone } from './operations/shares.ts';
import { stats } from './operations/stats.ts';
import { storageCare } from './operations/storage_care.ts';
import { storages } from './operations/storages.ts';
import { transcodeJobs } from './operations/transcode_jobs.ts';
import { transcodes } from './operations/transcodes.ts';
import { transcriptions } from './operations/transcriptions.ts';
import { uploads } from './operations/uploads.ts';
import { users as usersAlone } from './operations/users.ts';
import { versions as versionsAlone } from './operations/versions.ts';
import { webhooks } from './operations/webhooks.ts';
import { pages } from './pages/index.ts';
import { tasks } from './tasks/index.ts';
import type { Tool, Toolset } from './types.ts';

const assets = toolset({
  ...assetsAlone,
  tools: { ...assetsAlone.tools, ...assetChanges.tools, ...bin.tools, ...history.tools },
});

const jobs = toolset({ ...jobRecords, tools: { ...jobRecords.tools, ...jobControl.tools } });

const search = toolset({ ...searchAlone, tools: { ...searchAlone.tools, ...savedSearches.tools } });

const metadata = toolset({
  ...metadataAlone,
  tools: { ...metadataAlone.tools, ...metadataWrites.tools, ...metadataSchema.tools },
});

const users = toolset({ ...usersAlone, tools: { ...usersAlone.tools, ...memberships.tools } });

const files = toolset({
  name: 'files',
  description: 'Proxies, formats, file sets, files, storages and the upload of proxies.',
  tools: {
    ...proxies.tools,
    ...uploads.tools,
    ...formats.tools,
    ...filesAndSets.tools,
    ...fileLists.tools,
    ...fileChanges.tools,
    ...fileUploads.tools,
    ...transcodeJobs.tools,
    ...storages.tools,
    ...storageCare.tools,
    ...exports.tools,
  },
});

const shares = toolset({ ...sharesAlone, tools: { ...sharesAlone.tools, ...shareChanges.tools } });

const collections = toolset({ ...collectionsAlone, tools: { ...collectionsAlone.tools, ...collectionChanges.tools } });

const segments = toolset({ ...segmentsAlone, tools: { ...segmentsAlone.tools, ...segmentDeletions.tools } });

const versions = toolset({ ...versionsAlone, tools: { ...versionsAlone.tools, ...newVersions.tools } });

const daily: readonly Toolset[] = [tasks, assets, segments, versions, jobs, files, search, metadata];

/** Hosts see their tools only where they are chosen, or not at all. */
const chosen: readonly Toolset[] = [
  approvals,
  collections,
  keyframes,
  shares,
  archive,
  customActions,
  playlists,
  proposals,
  transcodes,
  transcriptions,
  users,
  acls,
  recognition,
  stats,
  persons,
  webhooks,
];

/** All tools there are, in the order in which they are listed. Of some toolsets hosts see no tool: only tasks use them. */
export const toolsets: readonly Toolset[] = [...daily, catalogueOf([...daily, ...chosen]), ...chosen, pages];

export interface Registered {
  readonly name: string;
  readonly toolset: string;
  readonly tool: Tool;
}

/** Every tool by name, the unlisted ones included. */
export const registry: ReadonlyMap<string, Registered> = new Map(
  toolsets.flatMap(({ name: set, tools }) =>
    Object.entries(tools).map(([name, tool]) => [name, { name, toolset: set, tool }] as const),
  ),
);
