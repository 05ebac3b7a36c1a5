import { between, dateTime, defaulting, listOf, nullable, oneOf, readOnly, text, uuid } from '../fields.ts';
import { pageOf } from '../paging.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../types.ts';
import { rowsOf, textsOf } from '../values.ts';
import { objectsIn } from './collection_tree.ts';
import { accepted, addHistoryEntry, created, latestVersion, objectInPath, ok, startJob } from './common.ts';

const BASE = '/API/assets/v1/{object_type}/{object_id}/';
const read = ['can_read_approval_request'];
const status = oneOf('N/A', 'REQUESTED', 'APPROVED', 'NOT_APPROVED', 'MIXED');

const answer: Fields = {
  change_date: dateTime,
  external: text,
  object_id: readOnly(uuid),
  object_type: readOnly(text),
  status,
  user: uuid,
  version_id: readOnly(uuid),
};
const request: Fields = {
  approvals_by: nullable(readOnly(listOf({ type: 'object' }))),
  change_date: dateTime,
  externals: listOf(text),
  groups: listOf(uuid),
  min_number: defaulting(between(1, Number.MAX_SAFE_INTEGER), 1),
  object_id: readOnly(uuid),
  object_type: readOnly(text),
  request_date: dateTime,
  requested_by: readOnly(uuid),
  share_id: nullable(uuid),
  status,
  user_status: nullable(readOnly(status)),
  users: listOf(uuid),
  users_info: readOnly(listOf({ type: 'object' })),
  version_id: readOnly(uuid),
};

const keyOf = ({ path }: Call): string => `${path.object_type}/${path.object_id}`;

/** The approval request of the object, for the version in the path if there is one. */
function approvalOf(call: Call): Row {
  objectInPath(call);
  const approval = call.store.approvals.get(keyOf(call));
  const { version_id: version } = call.path;
  if (!approval || (version !== undefined && approval.version_id !== version)) {
    throw new Refusal(404, 'There is no approval request for this object');
  }
  return approval;
}

function show(call: Call): Row {
  const { id: _, date_modified: __, ...approval } = approvalOf(call);
  const mine = rowsOf(approval.approvals_by).find(({ user }) => user === call.user.id);
  const asked = textsOf(approval.users).includes(String(call.user.id));
  const people = textsOf(approval.users).map((id) => call.store.users.get(id));
  const info = people
    .filter((user) => user !== undefined)
    .map(({ id, email, first_name, last_name }) => ({
      id,
      email,
      first_name,
      last_name,
    }));
  return { ...approval, user_status: mine?.status ?? (asked ? 'REQUESTED' : null), users_info: info };
}

const answers = (call: Call): Reply => ok(pageOf(rowsOf(approvalOf(call).approvals_by), { ...call, query: {} }));

/** Of an asset at once; of a collection as a job, for each asset in it. */
function requestApproval(call: Call): Reply {
  const object = objectInPath(call);
  if (call.path.object_type === 'assets') {
    ask(call);
    return created(show(call));
  }
  const { assets } = objectsIn(call.store, object.id, true);
  const work = (): void => {
    for (const asset of assets) ask({ ...call, path: { object_type: 'assets', object_id: String(asset.id) } });
  };
  return accepted({
    job_id: startJob(call, 'REQUEST_APPROVAL', `Request approval of ${object.title}`, assets.length, work).id,
  });
}

function ask(call: Call): void {
  const { store, path, user } = call;
  const date = store.now();
  const key = keyOf(call);
  store.approvals.remove(key);
  store.approvals.insert({
    users: [],
    groups: [],
    externals: [],
    ...call.body,
    id: key,
    object_type: path.object_type,
    object_id: path.object_id,
    version_id: latestVersion(objectInPath(call))?.id ?? null,
    status: 'REQUESTED',
    requested_by: user.id,
    request_date: date,
    change_date: date,
    approvals_by: [],
  });
}

/** Changes whom a request goes to; the answers that came so far stay. `replaces`: what is left out is emptied. */
function change(call: Call, replaces: boolean): Reply {
  approvalOf(call);
  const rest = replaces ? { users: [], groups: [], externals: [], share_id: null } : {};
  call.store.approvals.update(keyOf(call), { ...rest, ...call.body, change_date: call.store.now() });
  return ok(show(call));
}

/** Takes a request back, with the answers to it. */
function withdraw(call: Call): Reply {
  const gone = show(call);
  call.store.approvals.remove(keyOf(call));
  return ok(gone);
}

const HISTORY: Readonly<Record<string, readonly [operation: string, text: string]>> = {
  APPROVED: ['APPROVE', 'Approved'],
  NOT_APPROVED: ['REJECT', 'Not approved'],
};

/** Records the caller's decision. The status of the request is the one that all agree on, or MIXED. */
function decide(call: Call): Reply {
  const approval = approvalOf(call);
  const { object_id, object_type, version_id } = approval;
  const mine = { user: call.user.id, ...call.body, change_date: call.store.now(), object_id, object_type, version_id };
  const others = rowsOf(approval.approvals_by).filter(({ user }) => user !== mine.user);
  const all = [...others, mine];
  const agreed = all.every((one: Row) => one.status === call.body.status);
  const enough = all.length >= Number(approval.min_number);
  const status = agreed ? (enough ? call.body.status : 'REQUESTED') : 'MIXED';
  call.store.approvals.update(keyOf(call), { approvals_by: all, status, change_date: mine.change_date });
  const [operation, text] = HISTORY[String(call.body.status)] ?? [];
  if (operation && text && object_type === 'assets') addHistoryEntry(call, objectInPath(call), operation, text);
  return ok(mine);
}

export const approvalEndpoints: readonly Endpoint[] = [
  { route: `GET ${BASE}approvals/`, roles: read, handle: answers },
  { route: `GET ${BASE}approvals/request/`, roles: read, handle: (call) => ok(show(call)) },
  { route: `GET ${BASE}versions/{version_id}/approvals/`, roles: read, handle: answers },
  { route: `GET ${BASE}versions/{version_id}/approvals/request/`, roles: read, handle: (call) => ok(show(call)) },
  {
    route: `POST ${BASE}approvals/request/`,
    roles: ['can_write_approval_request'],
    body: request,
    handle: requestApproval,
  },
  {
    route: `PATCH ${BASE}approvals/request/`,
    roles: ['can_write_approval_request'],
    body: { ...request, min_number: between(1, Number.MAX_SAFE_INTEGER) },
    handle: (call) => change(call, false),
  },
  {
    route: `PUT ${BASE}approvals/request/`,
    roles: ['can_write_approval_request'],
    body: request,
    handle: (call) => change(call, true),
  },
  { route: `DELETE ${BASE}approvals/request/`, roles: ['can_delete_approval_request'], handle: withdraw },
  { route: `PUT ${BASE}approvals/`, roles: ['can_write_approval_status'], body: answer, handle: decide },
];
