import { filesEndpoints } from '../files/index.ts';
import { createSearch } from '../search/index.ts';
import type { Endpoint, Row } from '../types.ts';
import { assetEndpoints } from './assets.ts';
import { captionEndpoints } from './captions.ts';
import { collectionEndpoints } from './collections.ts';
import { deleteQueueEndpoints } from './delete_queue.ts';
import { historyEndpoints } from './history.ts';
import { jobEndpoints } from './jobs.ts';
import { metadataEndpoints } from './metadata.ts';
import { segmentEndpoints } from './segments.ts';
import { userEndpoints } from './users.ts';
import { versionEndpoints } from './versions.ts';

/** What some endpoints answer from beside the store. */
export interface Sources {
  /** The documents that search finds. */
  documents(): readonly Row[];
  /** The caller's roles. */
  roles(): readonly string[];
}

/** All operations of the sandbox. */
export const endpointsFor = (sources: Sources): readonly Endpoint[] => [
  ...assetEndpoints,
  ...captionEndpoints,
  ...collectionEndpoints,
  ...deleteQueueEndpoints,
  ...historyEndpoints,
  ...jobEndpoints,
  ...metadataEndpoints,
  ...segmentEndpoints,
  ...userEndpoints(sources.roles),
  ...versionEndpoints,
  ...filesEndpoints,
  createSearch(sources.documents),
];

/** All operations over nothing: to read what they are. */
export const endpoints = endpointsFor({ documents: () => [], roles: () => [] });
