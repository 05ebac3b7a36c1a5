import { between, defaulting, flag, pageQuery, scrollQuery, text, whole } from '../fields.ts';
import { cursorOf, pageOf } from '../paging.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../types.ts';
import { partsOf, rowsOf } from '../values.ts';
import { collectionsOf } from './assets.ts';
import { ancestorsOf } from './collection_tree.ts';
import { objectInPath, ok, rowOr404 } from './common.ts';
import { within, withTheFields } from './jobs.ts';

const LIST = '/API/assets/v1/shares/';
export const ON_OBJECT = '/API/assets/v1/{object_type}/{object_id}/shares/';
const ONE = `${ON_OBJECT}{share_id}/`;
const read = ['can_read_shares'];
const DATE_FIELDS = ['date_created', 'date_modified', 'expires'] as const;

const listQuery: Fields = {
  ...pageQuery,
  ...scrollQuery,
  per_page: defaulting(between(1, 100), 10),
  ...Object.fromEntries(
    ['title', 'object_type', 'object_id', 'ids', 'query', '_exists_', ...DATE_FIELDS].map((name) => [name, text]),
  ),
};

/** The share with its guests; when it was changed is known to the index alone. */
const withGuests = ({ date_modified: _, ...share }: Row): Row => share;
export const withoutGuests = ({ users: _, ...share }: Row): Row => withGuests(share);

/** The share as lists of all shares show it: with the title of the shared object. */
const summary = (store: Call['store'], share: Row): Row => {
  const table = share.object_type === 'collections' ? store.collections : store.assets;
  const users = rowsOf(share.users).map(({ id, email, access_count, last_access_date }) => ({
    id,
    email,
    access_count,
    last_access_date,
  }));
  return { ...withGuests(share), users, object_title: table.get(String(share.object_id))?.title ?? null };
};

function list(call: Call, mine: (share: Row) => boolean): Reply {
  const { query, index: store } = call;
  const ids = partsOf(query.ids);
  const words = String(query.query ?? '').toLowerCase();
  const hasFields = withTheFields(query);
  const rows = store.shares.list(
    (share) =>
      mine(share) &&
      hasFields(share) &&
      (ids.length === 0 || ids.includes(String(share.id))) &&
      ['title', 'object_type', 'object_id'].every((name) => query[name] === undefined || share[name] === query[name]) &&
      DATE_FIELDS.every((name) => within(share[name], query[name])) &&
      String(share.title).toLowerCase().includes(words),
  );
  return ok({
    ...pageOf(
      rows.map((share) => summary(store, share)),
      call,
    ),
    facets: {},
  });
}

const isMember = (share: Row, id: unknown): boolean => rowsOf(share.users).some((user) => user.internal_user_id === id);

function own(call: Call): Reply {
  const { user, query } = call;
  return list(
    call,
    (share) => share.owner_id === user.id || (query.include_member_of === true && isMember(share, user.id)),
  );
}

function all(call: Call): Reply {
  const { owner_id: owner, member_id: member } = call.query;
  return list(
    call,
    (share) => (owner === undefined || share.owner_id === owner) && (member === undefined || isMember(share, member)),
  );
}

/** The shares of an object, and those of the collections that it is in. */
function inherited(call: Call, table: 'assets' | 'collections', id: string | undefined): Reply {
  const object = rowOr404(call.store[table], id, table === 'assets' ? 'Asset' : 'Collection');
  const direct = table === 'assets' ? collectionsOf(call.store, object.id) : [String(object.id)];
  const above = direct.flatMap((one) => [one, ...ancestorsOf(call.store, one).map((row) => String(row.id))]);
  const shared = new Set([String(object.id), ...above]);
  return list(call, (share) => shared.has(String(share.object_id)));
}

/** The share that the path names, or a Refusal (404): also where it is a share of another object. */
export function shareOf(call: Call): Row {
  const share = rowOr404(call.store.shares, call.path.share_id, 'Share');
  if (share.object_id !== objectInPath(call).id) throw new Refusal(404, `Share ${share.id} does not exist`);
  return share;
}

function ofObject(call: Call): Reply {
  const rows = call.store.shares.where('object_id', objectInPath(call).id).map(withoutGuests);
  return ok({ objects: cursorOf(rows, call).objects });
}

const cursor: Fields = { per_page: whole, last_id: text };

export const shareEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${LIST}`,
    roles: ['can_read_shares'],
    // Here the owner of a share is who made it: `include_created_by_me` adds none.
    query: {
      ...listQuery,
      include_created_by_me: defaulting(flag, false),
      include_member_of: defaulting(flag, false),
    },
    handle: own,
  },
  {
    route: `GET ${LIST}all/`,
    roles: ['can_manage_all_shares'],
    query: { ...listQuery, owner_id: text, member_id: text },
    handle: all,
  },
  {
    route: 'GET /API/assets/v1/assets/{asset_id}/shares/all/',
    roles: read,
    handle: (call) => inherited(call, 'assets', call.path.asset_id),
  },
  {
    route: 'GET /API/assets/v1/collections/{collection_id}/shares/all/',
    roles: read,
    handle: (call) => inherited(call, 'collections', call.path.collection_id),
  },
  { route: `GET ${ON_OBJECT}`, roles: read, query: cursor, handle: ofObject },
  { route: `GET ${ONE}`, roles: [], handle: (call) => ok(withGuests(shareOf(call))) },
  {
    route: `GET ${ONE}users/`,
    roles: read,
    query: cursor,
    handle: (call) => ok({ objects: cursorOf(rowsOf(shareOf(call).users), call).objects }),
  },
];
