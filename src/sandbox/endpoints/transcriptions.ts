import { type Call, type Endpoint, Refusal, type Row } from '../types.ts';
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
  return call.store.transcriptions
    .where('asset_id', asset.id)
    .filter((row) => row.version_id === version || named.has(row.id))
    .map((row) => ({ ...row, version_id: version }));
}

function one(call: Call): Row {
  const found = transcriptionsOf(call).find(({ id }) => id === call.path.transcription_id);
  if (!found) throw new Refusal(404, `Transcription ${call.path.transcription_id} does not exist`);
  return found;
}

/** Language and speakers' names. */
export const transcriptionEndpoints: readonly Endpoint[] = [
  { route: `GET ${BASE}properties/`, roles, handle: (call) => ok({ objects: transcriptionsOf(call) }) },
  { route: `GET ${BASE}{transcription_id}/properties/`, roles, handle: (call) => ok(one(call)) },
];
