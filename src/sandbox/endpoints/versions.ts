import {
  archiveStatus,
  dateTime,
  defaulting,
  flag,
  listOf,
  oneOf,
  readOnly,
  text,
  uuid,
  whole,
  workStatus,
} from '../fields.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../types.ts';
import { rowsOf, textsOf } from '../values.ts';
import { addVersion, copyParts, nextNumber, setVersions } from './asset_versions.ts';
import { newVersion } from './assets.ts';
import {
  addHistoryEntry,
  assetOf,
  BACKGROUND_MS,
  latestVersion,
  liveVersions,
  noContent,
  ok,
  removeParts,
  VERSIONED,
} from './common.ts';
import { segmentType } from './segment_fields.ts';

const LIST = '/API/assets/v1/assets/{asset_id}/versions/';
const ONE = `${LIST}{version_id}/`;

const body: Fields = {
  id: readOnly(uuid),
  analyze_status: workStatus,
  archive_status: archiveStatus,
  created_by_user: uuid,
  date_created: dateTime,
  face_recognition_status: workStatus,
  has_unconfirmed_persons: flag,
  is_online: flag,
  person_ids: listOf(uuid),
  status: oneOf('ACTIVE', 'IN_PROGRESS', 'FAILED', 'DELETING', 'DELETED'),
  transcribe_status: workStatus,
  transcribed_languages: listOf(text),
  version_number: whole,
};
const createBody: Fields = {
  copy_metadata: flag,
  copy_persons: flag,
  copy_segments: flag,
  include_segment_types: listOf(segmentType),
  source_version_id: uuid,
  system_domain_id: readOnly(uuid),
};

function versionOf(call: Call, id: unknown = call.path.version_id): Row {
  const version = rowsOf(assetOf(call).versions).find((row) => row.id === id);
  if (!version) throw new Refusal(404, `Version ${id} does not exist`);
  return version;
}

function edit(call: Call): Reply {
  const version = { ...versionOf(call), ...call.body };
  const asset = assetOf(call);
  const versions = rowsOf(asset.versions).map((row) => (row.id === version.id ? version : row));
  setVersions(call.store, asset, versions);
  addHistoryEntry(call, asset, 'VERSION_UPDATE', `Version ${version.version_number} changed`);
  return ok(call.hard.answersAllVersions ? versionsAnswer(call) : version);
}

/** All versions of the asset, as the real service answers where the description has one version or no body. */
function versionsAnswer(call: Call): Row {
  const { id, versions } = assetOf(call);
  return { asset_id: id, system_domain_id: call.user.system_domain_id, versions };
}

function create(call: Call): Reply {
  const { store, user } = call;
  const asset = assetOf(call);
  const { source_version_id: sourceId, copy_segments: segments, copy_persons: persons } = call.body;
  const source = sourceId === undefined ? latestVersion(asset) : versionOf(call, sourceId);
  const version = newVersion(store, user.id, nextNumber(asset));
  if (persons === true && source) version.person_ids = source.person_ids ?? [];
  const types = textsOf(call.body.include_segment_types);
  if (segments === true && source) {
    const wanted = (row: Row): boolean => types.length === 0 || types.includes(String(row.segment_type));
    const to = { asset: asset.id, version: version.id };
    copyParts(store, { asset: asset.id, version: source.id }, to, ['segments'], wanted);
  }
  addVersion(store, asset, version);
  addHistoryEntry(call, asset, 'VERSION_CREATE', `Version ${version.version_number} created`);
  return ok(versionsAnswer(call));
}

/** Promotes a version: its contents are copied to a new latest version; the old one stays. */
function promote(call: Call): Reply {
  const { store } = call;
  const source = versionOf(call);
  if (source.status === 'DELETED') throw new Refusal(400, 'A deleted version cannot be promoted');
  store.later(BACKGROUND_MS, () => {
    const asset = store.assets.get(String(call.path.asset_id));
    if (!asset) return;
    const version: Row = { ...source, id: store.newId(), date_created: store.now() };
    const number = nextNumber(asset);
    if (number !== undefined) version.version_number = number;
    const to = { asset: asset.id, version: version.id };
    copyParts(store, { asset: asset.id, version: source.id }, to, VERSIONED);
    addVersion(store, asset, version);
    addHistoryEntry(call, asset, 'VERSION_PROMOTE', `Version ${source.version_number} promoted`);
  });
  return ok(versionsAnswer(call));
}

function remove(call: Call): Reply {
  const { store } = call;
  const asset = assetOf(call);
  const version = versionOf(call);
  if (latestVersion(asset)?.id === version.id) throw new Refusal(400, 'The latest version cannot be deleted');
  const versions = rowsOf(asset.versions);
  if (call.query.hard_delete === true) {
    removeParts(store, String(asset.id), String(version.id));
    setVersions(
      store,
      asset,
      versions.filter((row) => row !== version),
    );
  } else {
    setVersions(
      store,
      asset,
      versions.map((row) => (row === version ? { ...row, status: 'DELETED' } : row)),
    );
  }
  addHistoryEntry(call, asset, 'VERSION_DELETE', `Version ${version.version_number} deleted`);
  return noContent;
}

function removeOld(call: Call): Reply {
  const asset = assetOf(call);
  const old = liveVersions(asset).slice(0, -1);
  const latest = latestVersion(asset);
  for (const version of old) removeParts(call.store, String(asset.id), String(version.id));
  setVersions(call.store, asset, latest ? [latest] : []);
  addHistoryEntry(call, asset, 'VERSION_DELETE', 'Old versions deleted');
  return noContent;
}

export const versionEndpoints: readonly Endpoint[] = [
  { route: `POST ${LIST}`, roles: ['can_write_versions'], body: createBody, handle: create },
  { route: `PUT ${ONE}`, roles: ['can_write_versions'], body, handle: edit },
  { route: `PATCH ${ONE}`, roles: ['can_write_versions'], body, partial: true, handle: edit },
  { route: `PUT ${ONE}promote/`, roles: ['can_write_versions'], handle: promote },
  {
    route: `DELETE ${ONE}`,
    roles: ['can_delete_versions'],
    query: { hard_delete: defaulting(flag, false) },
    handle: remove,
  },
  { route: `DELETE ${LIST}old/`, roles: ['can_delete_versions'], handle: removeOld },
];
