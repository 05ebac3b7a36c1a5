import {
  dateTime,
  defaulting,
  flag,
  listOf,
  nullable,
  objectOf,
  pageQuery,
  readOnly,
  required,
  text,
  uuid,
  whole,
} from '../fields.ts';
import { pageOf } from '../paging.ts';
import { criteria as searchCriteria } from '../search/criteria.ts';
import { type RunSearch, searchIn } from '../search/index.ts';
import type { Call, Documents, Endpoint, Fields, Reply, Row } from '../types.ts';
import { isRow, partsOf } from '../values.ts';
import { created, noContent, ok, rowOr404 } from './common.ts';

const LIST = '/API/search/v1/search/saved/';
const ONE = `${LIST}{search_id}/`;

const { search_after: _, ...criteria } = searchCriteria;
const body: Fields = {
  criteria: required(objectOf(criteria)),
  date_created: readOnly(dateTime),
  date_modified: readOnly(dateTime),
  favoured: flag,
  group_id: nullable(uuid),
  id: readOnly(uuid),
  name: required(text),
  permissions: listOf(text),
};

const shown = ({ user_id: _, ...saved }: Row): Row => saved;
const savedOf = ({ store, path }: Call): Row => rowOr404(store.saved_searches, path.search_id, 'Saved search');

function list(call: Call): Reply {
  const { index, query } = call;
  const ids = partsOf(query.ids);
  const words = String(query.query ?? '')
    .toLowerCase()
    .replaceAll('*', '');
  const rows = index.saved_searches.list(
    (row) =>
      (ids.length === 0 || ids.includes(String(row.id))) &&
      (query.group_id === undefined || row.group_id === query.group_id) &&
      (query.favorites !== true || row.favoured === true) &&
      String(row.name).toLowerCase().includes(words),
  );
  return ok({ ...pageOf(rows.map(shown), call), facets: {} });
}

function create({ store, user, body: given }: Call): Reply {
  const date = store.now();
  const start = { favoured: false, group_id: null, permissions: ['read', 'write', 'delete'] };
  const saved = store.saved_searches.insert({
    ...start,
    ...given,
    id: store.newId(),
    user_id: user.id,
    date_created: date,
    date_modified: date,
  });
  return created(shown(saved));
}

/** The saved search with what it finds now. */
function get(call: Call, run: RunSearch): Reply {
  const saved = savedOf(call);
  const { include_results: withResults, ...query } = call.query;
  const about = { id: saved.id, name: saved.name, search_criteria_document: shown(saved) };
  if (withResults === false) return ok({ ...about, objects: [], facets: {} });
  const found = run({ ...call, query, body: isRow(saved.criteria) ? saved.criteria : {} });
  return ok({ ...(isRow(found.body) && found.body), ...about });
}

/** Searches that people keep under a name. */
export function savedSearchEndpoints(documents: Documents): readonly Endpoint[] {
  const run = searchIn(documents);
  const paging: Fields = { ...pageQuery, per_page: defaulting(whole, 10), scroll: flag, scroll_id: text };
  const { sort: _sort, ...resultPaging } = paging;
  return [
    {
      route: `GET ${LIST}`,
      roles: ['can_read_saved_searches'],
      query: { ...paging, group_id: text, ids: text, query: text, favorites: flag },
      handle: list,
    },
    { route: `POST ${LIST}`, roles: ['can_write_saved_searches'], body, handle: create },
    {
      route: `GET ${ONE}`,
      roles: ['can_read_saved_searches'],
      query: {
        ...resultPaging,
        include_results: defaulting(flag, true),
        generate_signed_download_url: defaulting(flag, false),
        generate_signed_proxy_url: defaulting(flag, false),
      },
      handle: (call) => get(call, run),
    },
    {
      route: `DELETE ${ONE}`,
      roles: ['can_delete_saved_searches'],
      handle(call) {
        call.store.saved_searches.remove(String(savedOf(call).id));
        return noContent;
      },
    },
  ];
}
