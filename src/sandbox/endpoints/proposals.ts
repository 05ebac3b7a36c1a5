import { listOf, oneOf, required, text, uuid } from '../fields.ts';
import { may } from '../permissions.ts';
import { type Call, type Endpoint, Refusal, type Reply, type Row } from '../types.ts';
import { isRow, rowsOf, textsOf } from '../values.ts';
import { addHistoryEntry, assetOf, latestVersion, ok, rowOr404, startJob } from './common.ts';
import { saveValues } from './metadata_values.ts';
import { assetsNamed } from './named_assets.ts';

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
    store.jobs.update(String(proposal.id), { status, completed_at: store.now() });
    return ok(shown(store.proposals.update(String(proposal.id), { status })));
  };

/** What the AI reads off pictures: here, words of the title. */
function valuesFor(field: Row | undefined, asset: Row): Row[] {
  const [option] = rowsOf(field?.options);
  if (option) return [{ value: option.value }];
  const words =
    String(asset.title)
      .toLowerCase()
      .match(/\p{L}{5,}/gu) ?? [];
  return field?.multi === true ? words.slice(0, 3).map((value) => ({ value })) : [{ value: `About ${asset.title}` }];
}

/** Lets the AI propose values, one job an asset, which then waits for a person. What waits already is left out. */
function fill(call: Call): Reply {
  const { store, body } = call;
  const view = rowOr404(store.views, String(body.view_id), 'View');
  const inView = rowsOf(view.view_fields).map(({ name }) => name);
  const names = textsOf(body.field_names);
  const unknown = names.find((name) => !inView.includes(name));
  if (unknown !== undefined) throw new Refusal(400, { field_names: `${unknown} is not in the view` });
  const wanted = assetsNamed(call).filter(
    ({ id }) => may(store, 'write', 'assets', id) && !store.proposals.where('asset_id', id).some(isOpen),
  );
  for (const asset of wanted) {
    const job = startJob(call, 'METADATA_FILLING', `Fill metadata of ${asset.title}`, 1, () => {
      const values = names.map((name) => [name, { field_values: valuesFor(store.fields.get(name), asset) }]);
      const date = store.now();
      store.proposals.insert({
        id: job.id,
        asset_id: asset.id,
        version_id: latestVersion(asset)?.id,
        metadata_view_id: view.id,
        status: 'PENDING_USER',
        metadata_values: Object.fromEntries(values),
        date_created: date,
        date_modified: date,
      });
      return { status: 'PENDING_USER', completed_at: null };
    });
    const about = { object_id: asset.id, object_type: 'assets' };
    store.jobs.update(String(job.id), { ...about, related_objects: [about] });
  }
  // The description has no answer.
  return { status: 201 };
}

export const proposalEndpoints: readonly Endpoint[] = [
  { route: `GET ${PROPOSALS}assets/{asset_id}/versions/{version_id}/`, roles: read, handle: ofVersion },
  { route: `GET ${PROPOSALS}{job_id}/`, roles: read, handle: (call) => ok(shown(proposalOf(call))) },
  { route: `POST ${PROPOSALS}{job_id}/accept/`, roles: write, handle: decide('FINISHED') },
  { route: `POST ${PROPOSALS}{job_id}/discard/`, roles: write, handle: decide('DISCARDED') },
  {
    route: 'POST /API/transcode/v1/metadata_filling/bulk/',
    roles: ['can_trigger_metadata_ai_filling', ...write],
    body: {
      field_names: required(listOf(text)),
      object_ids: required(listOf(uuid)),
      object_type: required(oneOf('assets', 'collections', 'saved_searches')),
      view_id: required(uuid),
    },
    handle: fill,
  },
];
