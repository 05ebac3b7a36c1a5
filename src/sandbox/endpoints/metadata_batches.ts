import { dateTime, flag, listOf, required, text, uuid } from '../fields.ts';
import { may } from '../permissions.ts';
import type { Call, Endpoint, Fields, Reply } from '../types.ts';
import { textsOf } from '../values.ts';
import { objectsIn } from './collection_tree.ts';
import { accepted, rowOr404, startJob } from './common.ts';
import { givenValues, tableOf, viewOf } from './metadata.ts';
import { metadataValues, prepareValues } from './metadata_values.ts';

const BASE = '/API/metadata/v1/{object_type}';
const roles = ['can_write_metadata_values'];
const OBJECTS_PER_PIECE = 50;

const batchBody: Fields = {
  date_created: dateTime,
  date_modified: dateTime,
  metadata_values: metadataValues,
  object_ids: required(listOf(uuid)),
  object_type: text,
};

/** Type and id of an object to write. */
type Target = readonly [objectType: string, id: string];

/**
 * Writes the same values to many objects, piece by piece. The answer names no job and reports no single object:
 * objects that do not exist or may not be written are skipped silently.
 */
function writeAll(call: Call, targets: readonly Target[]): Reply {
  const { store } = call;
  const save = prepareValues(call, viewOf(call), givenValues(call));
  const tables = { assets: store.assets, collections: store.collections, segments: store.segments };
  const write = ([type, id]: Target): void => {
    const table = tables[type as keyof typeof tables];
    if (table.get(id) && may(store, 'write', type, id)) save(type, id);
  };
  const pieces = Math.max(1, Math.ceil(targets.length / OBJECTS_PER_PIECE));
  const title = `Edit metadata of ${targets.length} objects`;
  const work = (piece: number): void =>
    targets.slice(piece * OBJECTS_PER_PIECE, (piece + 1) * OBJECTS_PER_PIECE).forEach(write);
  startJob(call, 'METADATA', title, targets.length, work, pieces);
  return accepted({});
}

function ofObjects(call: Call): Reply {
  tableOf(call);
  const type = String(call.path.object_type);
  return writeAll(
    call,
    textsOf(call.body.object_ids).map((id): Target => [type, id]),
  );
}

/** The contents of collections, at any depth. */
function ofContents(call: Call): Reply {
  const { store, body } = call;
  const targets = new Map<string, Target>();
  const add = (type: string, rows: readonly { id?: unknown }[]): void => {
    for (const { id } of rows) targets.set(String(id), [type, String(id)]);
  };
  for (const id of textsOf(body.object_ids)) {
    const { assets, collections } = objectsIn(store, rowOr404(store.collections, id, 'Collection').id, true);
    if (body.include_assets === true) add('assets', assets);
    if (body.include_collections === true) add('collections', collections);
  }
  return writeAll(call, [...targets.values()]);
}

export const metadataBatchEndpoints: readonly Endpoint[] = [
  { route: `PUT ${BASE}/views/{view_id}/`, roles, body: batchBody, handle: ofObjects },
  {
    route: `PUT ${BASE}/content/views/{view_id}/`,
    roles,
    body: { ...batchBody, include_assets: required(flag), include_collections: required(flag) },
    handle: ofContents,
  },
];
