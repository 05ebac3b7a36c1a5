import { between, defaulting, pageQuery, text } from '../../fields.ts';
import { pageOf } from '../../paging.ts';
import { type Call, type Endpoint, Refusal, type Reply, type Row, type Store } from '../../types.ts';
import { partsOf } from '../../values.ts';
import { ok, rowOr404 } from '../common.ts';

const LIST = '/API/files/v1/storages/';
const roles = ['can_read_storages'];
const EXACT_FIELDS = ['id', 'name', 'method', 'status', 'purpose', 'last_scanned', 'scanner_status'];

function list(call: Call): Reply {
  const { query, store } = call;
  const ids = partsOf(query.ids);
  const words = typeof query.query === 'string' ? query.query.toLowerCase().replaceAll('*', '') : '';
  const rows = store.storages.list(
    (storage) =>
      (ids.length === 0 || ids.includes(String(storage.id))) &&
      EXACT_FIELDS.every((name) => query[name] === undefined || partsOf(query[name]).includes(String(storage[name]))) &&
      `${storage.name} ${storage.description ?? ''}`.toLowerCase().includes(words),
  );
  return ok({ ...pageOf(rows.map(withGateway), call), facets: {} });
}

/** Storages do not say when they were changed. */
const shown = ({ date_modified: _, ...storage }: Row): Row => storage;

/** Only storage gateways have a software version. */
const withGateway = (storage: Row): Row =>
  storage.method === 'FILE' ? { ...shown(storage), isg_version: storage.version } : shown(storage);

/** The storage for new media of a purpose: an active one, preferably the default. */
export function storageFor(store: Store, purpose: string, fits: (storage: Row) => boolean = () => true): Row {
  const working = store.storages.list((row) => row.purpose === purpose && row.status === 'ACTIVE' && fits(row));
  const storage = working.find((row) => row.default === true) ?? working[0];
  if (!storage) throw new Refusal(404, `No storage for ${purpose} matches`);
  return storage;
}

function matching({ store, path, query }: Call): Reply {
  const { purpose = '', method } = path;
  const wanted = (row: Row): boolean =>
    (method === undefined || row.method === method) && (query.storage_id === undefined || row.id === query.storage_id);
  return ok(shown(storageFor(store, purpose, wanted)));
}

export const storageEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${LIST}`,
    roles,
    query: {
      ...pageQuery,
      per_page: defaulting(between(1, 100), 10),
      ...Object.fromEntries([...EXACT_FIELDS, 'ids', 'query'].map((name) => [name, text])),
    },
    handle: list,
  },
  { route: `GET ${LIST}matching/{purpose}/`, roles, query: { storage_id: text }, handle: matching },
  { route: `GET ${LIST}matching/{purpose}/method/{method}/`, roles, handle: matching },
  {
    route: `GET ${LIST}{purpose}/default/`,
    roles,
    handle: ({ store, path: { purpose = '' } }) => ok(shown(storageFor(store, purpose, (row) => row.default === true))),
  },
  {
    route: `GET ${LIST}{storage_id}/`,
    roles,
    handle: ({ store, path }) => ok(shown(rowOr404(store.storages, path.storage_id, 'Storage'))),
  },
];
