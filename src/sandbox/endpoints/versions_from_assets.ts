import { flag, listOf, readOnly, uuid } from '../fields.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply } from '../types.ts';
import { textsOf } from '../values.ts';
import { addVersion, copyParts, nextNumber } from './asset_versions.ts';
import { newVersion, trashAsset } from './assets.ts';
import { accepted, addHistoryEntry, assetOf, BACKGROUND_MS, latestVersion, rowOr404, VERSIONED } from './common.ts';
import { segmentType } from './segment_fields.ts';

const body: Fields = {
  copy_previous_version_persons: flag,
  copy_previous_version_segments: flag,
  include_segment_types: listOf(segmentType),
  source_metadata_asset_id: uuid,
  system_domain_id: readOnly(uuid),
};

/** Makes the media of one asset a new version of another, and moves the first into the recycle bin. */
function stack(call: Call): Reply {
  const { store, path, user } = call;
  const target = assetOf(call);
  const source = rowOr404(store.assets, path.source_asset_id, 'Asset');
  if (source.id === target.id) throw new Refusal(400, 'An asset cannot become a version of itself');
  const busy = store.jobs.list(
    (job) => job.object_id === source.id && job.type === 'TRANSCODE' && job.status === 'STARTED',
  );
  if (busy.length > 0) throw new Refusal(409, 'The source asset is being transcoded');
  store.later(BACKGROUND_MS, () => {
    const asset = store.assets.get(String(target.id));
    if (!asset) return;
    const from = { asset: source.id, version: latestVersion(source)?.id };
    const version = newVersion(store, user.id, nextNumber(asset));
    const to = { asset: asset.id, version: version.id };
    copyParts(store, from, to, VERSIONED);
    copyPreviousSegments(call, to);
    addVersion(store, asset, version);
    addHistoryEntry(call, asset, 'VERSION_CREATE', `Version from ${source.title}`);
    trashAsset(call, String(source.id));
  });
  return accepted({});
}

function copyPreviousSegments({ store, body: given }: Call, to: { asset: unknown; version: unknown }): void {
  const asset = store.assets.get(String(to.asset));
  if (given.copy_previous_version_segments !== true || !asset) return;
  const types = textsOf(given.include_segment_types);
  const previous = { asset: asset.id, version: latestVersion(asset)?.id };
  copyParts(store, previous, to, ['segments'], (row) => types.length === 0 || types.includes(String(row.segment_type)));
}

export const versionFromAssetEndpoints: readonly Endpoint[] = [
  {
    route: 'POST /API/assets/v1/assets/{asset_id}/versions/from/assets/{source_asset_id}/',
    roles: ['can_write_versions'],
    body,
    handle: stack,
  },
];
