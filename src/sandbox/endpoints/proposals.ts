import { type Call, type Endpoint, Refusal, type Reply, type Row } from '../types.ts';
import { isRow, rowsOf } from '../values.ts';
import { addHistoryEntry, assetOf, ok, rowOr404 } from './common.ts';
import { saveValues } from './metadata_values.ts';

// The description has no schema of these answers: what is here is as other lists and jobs of the API are.
const PROPOSALS = '/API/transcode/v1/metadata_filling/proposals/';
const read = ['can_read_metadata_values'];
const write = ['can_write_metadata_values'];

const shown = ({ id, ...proposal }: Row): Row => ({ job_id: id, ...proposal });
const isOpen = ({ status }: Row): boolean => status === 'PENDING_USER';

function ofVersion(call: Call): Reply {
  const asset = assetOf(call);
  if (!rowsOf(asset.versions).some(({ id }) => id === call.path.version_id))
    throw new Refusal(404, `Version ${call.path.version_id} does not exist`);
  const rows = call.store.proposals.where('asset_id', asset.id);
  return ok({ objects: rows.filter((row) => row.version_id === call.path.version_id && isOpen(row)).map(shown) });
}

const proposalOf = ({ store, path }: Call): Row => rowOr404(store.proposals, path.job_id, 'Proposal of job');

const decide =
  (status: 'FINISHED' | 'DISCARDED') =>
  (call: Call): Reply => {
    const { store } = call;
    const proposal = proposalOf(call);
    if (!isOpen(proposal)) throw new Refusal(409, `Proposal of job ${proposal.id} is ${proposal.status}`);
    if (status === 'FINISHED') {
      const asset = rowOr404(store.assets, String(proposal.asset_id), 'Asset');
      const now = store.values.get(`assets/${asset.id}`)?.metadata_values;
      const proposed = isRow(proposal.metadata_values) ? proposal.metadata_values : {};
      saveValues(store, 'assets', String(asset.id), { ...(isRow(now) && now), ...proposed });
      addHistoryEntry(call, asset, 'METADATA', 'Metadata proposed by AI accepted');
    }
    return ok(shown(store.proposals.update(String(proposal.id), { status })));
  };

export const proposalEndpoints: readonly Endpoint[] = [
  { route: `GET ${PROPOSALS}assets/{asset_id}/versions/{version_id}/`, roles: read, handle: ofVersion },
  { route: `GET ${PROPOSALS}{job_id}/`, roles: read, handle: (call) => ok(shown(proposalOf(call))) },
  { route: `POST ${PROPOSALS}{job_id}/accept/`, roles: write, handle: decide('FINISHED') },
  { route: `POST ${PROPOSALS}{job_id}/discard/`, roles: write, handle: decide('DISCARDED') },
];
