import { freeObject, listOf, nullable, uuid } from '../fields.ts';
import { may } from '../permissions.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../types.ts';
import { textsOf } from '../values.ts';
import { addHistoryEntry, ok, rowOr404, startJob } from './common.ts';

const LIST = '/API/assets/v1/custom_actions/';
const ONE = `${LIST}{context}/{action_id}/`;
const roles = ['can_read_custom_actions'];

const body: Fields = {
  asset_ids: listOf(uuid),
  collection_ids: listOf(uuid),
  from_collection_id: nullable(uuid),
  metadata_values: freeObject,
  metadata_view_id: nullable(uuid),
  playlist_ids: listOf(uuid),
  saved_search_ids: listOf(uuid),
};

function actionOf({ store, path }: Call): Row {
  const action = rowOr404(store.custom_actions, path.action_id, 'Custom action');
  if (action.context !== path.context) throw new Refusal(404, `Custom action ${action.id} does not exist`);
  return action;
}

/** Starts the action: its address is called in the background, which the sandbox leaves out; a job records it. */
function run(call: Call): Reply {
  const { store, body: given } = call;
  const action = actionOf(call);
  if (action.disabled === true) throw new Refusal(400, `Custom action ${action.title} is disabled`);
  const assets = textsOf(given.asset_ids).map((id) => rowOr404(store.assets, id, 'Asset'));
  for (const id of textsOf(given.collection_ids)) rowOr404(store.collections, id, 'Collection');
  for (const { id } of assets)
    if (!may(store, 'read', 'assets', id)) throw new Refusal(403, `User has no read permission on assets ${id}`);
  if (action.type === 'OPEN') return ok({ redirect_url: action.url });
  startJob(call, 'CUSTOM', String(action.title), 1, () => {
    if (action.status === 'FAILING') return { status: 'FAILED', error_message: action.last_error };
    for (const asset of assets) addHistoryEntry(call, asset, 'CUSTOM', String(action.title));
    return undefined;
  });
  return ok({});
}

export const customActionEndpoints: readonly Endpoint[] = [
  { route: `GET ${LIST}`, roles, handle: ({ store }) => ok({ objects: store.custom_actions.list() }) },
  {
    route: `GET ${LIST}{context}/`,
    roles,
    handle: ({ store, path }) => ok({ objects: store.custom_actions.list((row) => row.context === path.context) }),
  },
  { route: `GET ${ONE}`, roles, handle: (call) => ok(actionOf(call)) },
  { route: `POST ${ONE}callback/`, roles, body, handle: run },
];
