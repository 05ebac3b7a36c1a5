import { freeObject, readOnly, text, uuid } from '../fields.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../types.ts';
import { rowsOf } from '../values.ts';
import { assetOf, ok } from './common.ts';

const BASE = '/API/assets/v1/assets/{asset_id}/versions/{version_id}/transcriptions/';
const roles = ['can_read_transcriptions'];

/** The transcriptions of the version in the path: its own, and those with segments that a promotion copied to it. */
function transcriptionsOf(call: Call): Row[] {
  const asset = assetOf(call);
  const version = call.path.version_id;
  if (!rowsOf(asset.versions).some(({ id }) => id === version)) throw new Refusal(404, `No version ${version}`);
  const lines = call.store.segments.where('asset_id', asset.id).filter((row) => row.version_id === version);
  const named = new Set(lines.map((line) => line.transcription_id));
  return (
    call.store.transcriptions
      .where('asset_id', asset.id)
      .filter((row) => row.version_id === version || named.has(row.id))
      // The description has no dates here.
      .map(({ date_modified: _, ...row }) => ({ ...row, version_id: version }))
  );
}

function one(call: Call): Row {
  const found = transcriptionsOf(call).find(({ id }) => id === call.path.transcription_id);
  if (!found) throw new Refusal(404, `Transcription ${call.path.transcription_id} does not exist`);
  return found;
}

const body: Fields = {
  asset_id: readOnly(uuid),
  id: readOnly(uuid),
  language: text,
  speaker_labels: freeObject,
  system_domain_id: readOnly(uuid),
  version_id: readOnly(uuid),
};

/** Names are replaced as a whole: those that are not sent are gone. */
function update(call: Call): Reply {
  const row = one(call);
  call.store.transcriptions.update(String(row.id), call.body as Row);
  return ok(one(call));
}

/** Language and speakers' names. */
export const transcriptionEndpoints: readonly Endpoint[] = [
  { route: `GET ${BASE}properties/`, roles, handle: (call) => ok({ objects: transcriptionsOf(call) }) },
  { route: `GET ${BASE}{transcription_id}/properties/`, roles, handle: (call) => ok(one(call)) },
  {
    route: `PATCH ${BASE}{transcription_id}/properties/`,
    roles: ['can_write_transcriptions'],
    body,
    partial: true,
    handle: update,
  },
];
