import { createSearch } from '../search/index.ts';
import type { Documents, Endpoint } from '../types.ts';
import { aclEndpoints } from './acls.ts';
import { approvalEndpoints } from './approvals.ts';
import { assetEditEndpoints } from './asset_edits.ts';
import { assetEndpoints } from './assets.ts';
import { captionEndpoints } from './captions.ts';
import { categoryEndpoints } from './categories.ts';
import { collectionContentEndpoints } from './collection_contents.ts';
import { collectionEndpoints } from './collections.ts';
import { customActionEndpoints } from './custom_actions.ts';
import { deleteQueueEndpoints } from './delete_queue.ts';
import { faceChangeEndpoints } from './face_changes.ts';
import { filesEndpoints } from './files/index.ts';
import { historyEndpoints } from './history.ts';
import { jobEndpoints } from './jobs.ts';
import { metadataEndpoints } from './metadata.ts';
import { metadataBatchEndpoints } from './metadata_batches.ts';
import { directMetadataEndpoints } from './metadata_direct.ts';
import { metadataSchemaEndpoints } from './metadata_schema.ts';
import { orderingEndpoints } from './ordering.ts';
import { personEndpoints } from './persons.ts';
import { playlistEndpoints } from './playlists.ts';
import { proposalEndpoints } from './proposals.ts';
import { recognitionEndpoints } from './recognition.ts';
import { savedSearchEndpoints } from './saved_searches.ts';
import { segmentEndpoints } from './segments.ts';
import { settingsEndpoints } from './settings.ts';
import { shareChangeEndpoints } from './share_changes.ts';
import { shareEndpoints } from './shares.ts';
import { statsEndpoints } from './stats.ts';
import { transcodingEndpoints } from './transcoding.ts';
import { transcriptionEndpoints } from './transcriptions.ts';
import { userEndpoints } from './users.ts';
import { versionEndpoints } from './versions.ts';
import { versionFromAssetEndpoints } from './versions_from_assets.ts';
import { webhookEndpoints } from './webhooks.ts';

/** What endpoints answer from, apart from the store. */
export interface Sources {
  readonly documents: Documents;
  /** The caller's roles. */
  roles(): readonly string[];
}

/** All operations of the sandbox. */
export const endpointsFor = (sources: Sources): readonly Endpoint[] => [
  ...aclEndpoints,
  ...approvalEndpoints,
  ...assetEndpoints,
  ...assetEditEndpoints,
  ...captionEndpoints,
  ...categoryEndpoints,
  ...collectionEndpoints,
  ...collectionContentEndpoints,
  ...customActionEndpoints,
  ...deleteQueueEndpoints,
  ...historyEndpoints,
  ...jobEndpoints,
  ...metadataEndpoints,
  ...metadataBatchEndpoints,
  ...metadataSchemaEndpoints,
  ...directMetadataEndpoints,
  ...orderingEndpoints,
  ...personEndpoints,
  ...faceChangeEndpoints,
  ...recognitionEndpoints,
  ...savedSearchEndpoints(sources.documents),
  ...playlistEndpoints,
  ...proposalEndpoints,
  ...segmentEndpoints,
  ...settingsEndpoints,
  ...shareEndpoints,
  ...shareChangeEndpoints,
  ...statsEndpoints,
  ...transcodingEndpoints,
  ...transcriptionEndpoints,
  ...userEndpoints(sources.roles),
  ...versionEndpoints,
  ...versionFromAssetEndpoints,
  ...webhookEndpoints,
  ...filesEndpoints,
  createSearch(sources.documents),
];

/** All operations without data, to read their routes and fields. */
export const endpoints = endpointsFor({ documents: () => [], roles: () => [] });
