import { defaulting, flag, text, whole } from '../fields.ts';
import { pageOf } from '../paging.ts';
import { may } from '../permissions.ts';
import type { Call, Endpoint, Fields, Reply, Row } from '../types.ts';
import { partsOf, rowsOf } from '../values.ts';
import { assetOf, ok, rowOr404 } from './common.ts';

const FACES = '/API/ml/v1/face_recognition/';
const LIST = `${FACES}persons/`;
const roles = ['can_read_person'];
const page: Fields = { page: defaulting({ type: 'integer', minimum: 1 }, 1), per_page: defaulting(whole, 10) };

const personOf = ({ store, path }: Call): Row => rowOr404(store.persons, path.person_id, 'Person');

function list(call: Call): Reply {
  const { query, store } = call;
  const words = String(query.name ?? '').toLowerCase();
  const statuses = partsOf(query.status_in);
  const rows = store.persons.list(
    (person) =>
      String(person.name ?? '')
        .toLowerCase()
        .includes(words) &&
      (query.has_name === undefined || (typeof person.name === 'string') === query.has_name) &&
      (query.status === undefined || person.status === query.status) &&
      (statuses.length === 0 || statuses.includes(String(person.status))),
  );
  return ok({ ...pageOf(rows, call), facets: {} });
}

/** A person as it was found in one version of an asset. */
function instance({ store }: Call, { id: _, person_id: personId, ...appearance }: Row): Row {
  return { ...store.persons.get(String(personId)), ...appearance };
}

function inVersion(call: Call): Reply {
  const asset = assetOf(call);
  const rows = call.store.appearances
    .where('asset_id', asset.id)
    .filter((row) => row.version_id === call.path.version_id);
  return ok({ objects: rows.map((row) => instance(call, row)) });
}

/** Where a person appears, as far as the caller may read the assets. */
const appearancesOf = (call: Call): Row[] => {
  const { id } = personOf(call);
  return call.store.appearances.list((row) => row.person_id === id && may(call.store, 'read', 'assets', row.asset_id));
};

function versions(call: Call): Reply {
  const { store } = call;
  const rows = appearancesOf(call).flatMap((row) => {
    const asset = store.assets.get(String(row.asset_id));
    const version = rowsOf(asset?.versions).find(({ id }) => id === row.version_id);
    const about = { asset_title: asset?.title, version_number: String(version?.version_number ?? '') };
    return asset && asset.status !== 'DELETED' ? [{ ...instance(call, row), ...about }] : [];
  });
  return ok(pageOf(rows, call));
}

/** The assets in which a person appears, one of them with `asset_id`. */
function assets(call: Call): Reply {
  const { store, query } = call;
  const found = [...new Set(appearancesOf(call).map((row) => String(row.asset_id)))]
    .map((id) => store.assets.get(id))
    .filter((asset) => asset !== undefined && asset.status !== 'DELETED')
    .filter((asset) => query.asset_id === undefined || asset?.id === query.asset_id) as Row[];
  return ok(pageOf(found, call));
}

/** Persons that face recognition found, and where. */
export const personEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${LIST}`,
    roles,
    query: {
      ...page,
      has_name: flag,
      name: text,
      status: text,
      status_in: text,
      sort: text,
      scroll: flag,
      scroll_id: text,
    },
    handle: list,
  },
  { route: `GET ${LIST}{person_id}/`, roles, handle: (call) => ok(personOf(call)) },
  {
    route: `GET ${LIST}{person_id}/versions/`,
    roles,
    query: {
      ...page,
      include_admin_details: defaulting(flag, true),
      use_instance_as_main_face: defaulting(flag, true),
    },
    handle: versions,
  },
  {
    route: `GET ${FACES}assets/{asset_id}/versions/{version_id}/persons/`,
    roles,
    query: { fetch_image_url: flag },
    handle: inVersion,
  },
  {
    route: 'GET /API/assets/v1/persons/{person_id}/',
    roles: [],
    query: { ...page, asset_id: text },
    handle: assets,
  },
];
