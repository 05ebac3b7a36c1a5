import type { Sandbox } from '../../src/sandbox/index.ts';
import { ids } from '../../src/sandbox/world/build/ids.ts';

/** The ids that the requests of the old Python client name in braces. */
export const clientIds = ({ store }: Sandbox): Readonly<Record<string, string>> => ({
  asset: ids.interview,
  other_asset: ids.drone,
  placeholder: ids.placeholder,
  version: ids.interviewVersions[0],
  segment: ids.comment,
  collection: ids.highlights,
  job: ids.runningJob,
  proxy: ids.interviewProxy,
  format: ids.interviewFormat,
  file_set: ids.interviewFileSet,
  file: ids.interviewFile,
  storage: ids.s3Storage,
  proxy_storage: ids.proxyStorage,
  gcs_storage: ids.gcsStorage,
  view: ids.editorialView,
  keyframe: String(store.keyframes.where('asset_id', ids.interview).at(0)?.id),
});
