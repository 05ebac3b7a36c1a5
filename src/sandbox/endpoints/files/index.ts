import type { Endpoint } from '../../types.ts';
import { archiveEndpoints } from './archive.ts';
import { deletedEndpoints } from './deleted.ts';
import { exportLocationEndpoints } from './export_locations.ts';
import { fileSetEndpoints } from './file_sets.ts';
import { fileEndpoints } from './files.ts';
import { formatEndpoints } from './formats.ts';
import { gatewayEndpoints } from './gateways.ts';
import { keyframeEndpoints } from './keyframes.ts';
import { multipartEndpoints } from './multipart.ts';
import { proxyEndpoints } from './proxies.ts';
import { storageFileEndpoints } from './storage_files.ts';
import { storageEndpoints } from './storages.ts';
import { transcodeEndpoints } from './transcodes.ts';

/** The files service. */
export const filesEndpoints: readonly Endpoint[] = [
  ...archiveEndpoints,
  ...formatEndpoints,
  ...fileSetEndpoints,
  ...fileEndpoints,
  ...proxyEndpoints,
  ...keyframeEndpoints,
  ...multipartEndpoints,
  ...transcodeEndpoints,
  ...storageEndpoints,
  ...storageFileEndpoints,
  ...deletedEndpoints,
  ...exportLocationEndpoints,
  ...gatewayEndpoints,
];
