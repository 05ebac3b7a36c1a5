import {
  anything,
  defaulting,
  flag,
  listOf,
  nullable,
  objectOf,
  oneOf,
  readOnly,
  required,
  text,
  uuid,
} from '../../fields.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../../types.ts';
import { rowsOf, textsOf } from '../../values.ts';
import { objectsIn } from '../collection_tree.ts';
import { assetOf, rowOr404 } from '../common.ts';
import { assetsNamed, checkState, destinationOf, formatsNamed, type Move, possible, start } from './archiving.ts';
import { rowOf } from './rows.ts';

const FORMAT = '/assets/{asset_id}/formats/{format_id}/';
const archiving = ['can_archive_formats'];
const restoring = ['can_restore_archived_formats'];
const query: Fields = { allow_host_transfer: flag };

const archiveBody: Fields = {
  delete_original: flag,
  destination_directory_path: text,
  destination_file_set_name: readOnly(text),
  destination_storage_id: uuid,
  destination_storage_method: text,
  format_id: uuid,
  original_file_set_id: uuid,
};
const restoreBody: Fields = {
  destination_directory_path: nullable(text),
  destination_storage_id: uuid,
  storage_id: uuid,
};
const newArchiveBody: Fields = {
  delete_original: defaulting(flag, false),
  destination_directory_path: text,
  destination_filename: text,
  destination_storage_id: nullable(uuid),
  preferred_original_storage_id: nullable(uuid),
};
const bulk: Fields = {
  allow_duplicate_transfers: defaulting(flag, false),
  delete_only_from_source_folder: defaulting(flag, false),
  delete_original: defaulting(flag, false),
  destination_directory_path: nullable(text),
  keep_collection_structure: defaulting(flag, false),
  keep_parent_collection_structure: defaulting(flag, false),
  object_ids: required(listOf(uuid, { minItems: 1, maxItems: 500 })),
  object_type: required(oneOf('assets', 'collections', 'playlists', 'saved_searches')),
  preferred_original_storage_id: nullable(uuid),
};
const ofAsset: Fields = {
  all_versions: defaulting(flag, false),
  destination_directory_path: nullable(text),
  formats: listOf(text),
  id: required(uuid),
  preferred_original_storage_id: nullable(uuid),
  version_ids: listOf(uuid),
};
const source = objectOf({
  external_id: nullable(text),
  root_collection_path: nullable(text),
  root_collection_storage_id: nullable(uuid),
  storage_id: nullable(uuid),
});
const newBulkArchive: Fields = {
  destination_storage_id: nullable(uuid),
  objects: listOf(
    objectOf({
      ...ofAsset,
      delete_only_from_source: defaulting(flag, false),
      delete_only_from_source_context: source,
      delete_original: defaulting(flag, false),
    }),
  ),
  parent_job_id: nullable(uuid),
};
const newBulkRestore: Fields = {
  destination_storage_id: nullable(uuid),
  objects: listOf(objectOf({ ...ofAsset, restore_priority: anything })),
  parent_job_id: nullable(uuid),
};

function archiveOne(call: Call): Reply {
  const format = rowOf(call, 'formats', call.path.format_id);
  checkState(format, false);
  return start(call, [moveOf(call, assetOf(call), format, call.body, false)], false);
}

function restoreOne(call: Call): Reply {
  const format = rowOf(call, 'formats', call.path.format_id);
  checkState(format, true);
  return start(call, [moveOf(call, assetOf(call), format, call.body, true)], true);
}

/** The move that a body asks for. */
function moveOf(call: Call, asset: Row, format: Row, body: Row, isRestore: boolean): Move {
  const storage = destinationOf(call, body.destination_storage_id, isRestore ? 'FILES' : 'ARCHIVE');
  return {
    asset,
    format,
    directory: body.destination_directory_path,
    from: body.preferred_original_storage_id,
    deleteOriginal: body.delete_original === true,
    ...(storage && { storage }),
  };
}

/** Formats of one name, of assets or of all assets in collections. */
const byName =
  (isRestore: boolean) =>
  (call: Call): Reply => {
    const { store, body, path } = call;
    const inside = (id: string): Row[] => objectsIn(store, id, true).assets;
    const assets = assetsNamed(call, body.object_type, textsOf(body.object_ids), inside);
    const moves = assets.flatMap((asset) =>
      formatsNamed(store, asset, [String(path.format_name)]).map((format) =>
        moveOf(call, asset, format, body, isRestore),
      ),
    );
    if (moves.length === 0) throw new Refusal(404, `No format ${path.format_name} in these ${body.object_type}`);
    return start(call, possible(call, moves, isRestore), isRestore);
  };

/** Formats of assets, each with its own versions and names; ORIGINAL where none is named. */
const byAsset =
  (isRestore: boolean) =>
  (call: Call): Reply => {
    const { store, body } = call;
    const objects = rowsOf(body.objects);
    if (objects.length === 0) throw new Refusal(400, { objects: 'Missing data for required field.' });
    const moves = objects.flatMap((one) => {
      const asset = rowOr404(store.assets, String(one.id), 'Asset');
      const names = textsOf(one.formats);
      const versions = { all: one.all_versions === true, ids: textsOf(one.version_ids) };
      const to = { ...one, destination_storage_id: body.destination_storage_id };
      return formatsNamed(store, asset, names.length > 0 ? names : ['ORIGINAL'], versions).map((format) =>
        moveOf(call, asset, format, to, isRestore),
      );
    });
    return start(call, possible(call, moves, isRestore), isRestore);
  };

const [V1, V2] = ['/API/files/v1', '/API/files/v2'];

export const archiveEndpoints: readonly Endpoint[] = [
  { route: `POST ${V1}${FORMAT}archive/`, roles: archiving, query, body: archiveBody, handle: archiveOne },
  { route: `POST ${V1}${FORMAT}restore/`, roles: restoring, query, body: restoreBody, handle: restoreOne },
  { route: `POST ${V2}${FORMAT}archive/`, roles: archiving, query, body: newArchiveBody, handle: archiveOne },
  {
    route: `POST ${V1}/formats/{format_name}/archive/bulk/`,
    roles: archiving,
    query,
    body: { ...bulk, destination_storage_id: nullable(text) },
    handle: byName(false),
  },
  {
    route: `POST ${V1}/formats/{format_name}/restore/bulk/`,
    roles: restoring,
    query,
    body: { ...bulk, destination_storage_id: nullable(uuid) },
    handle: byName(true),
  },
  { route: `POST ${V2}/assets/bulk/archive/`, roles: archiving, query, body: newBulkArchive, handle: byAsset(false) },
  { route: `POST ${V2}/assets/bulk/restore/`, roles: restoring, query, body: newBulkRestore, handle: byAsset(true) },
];
