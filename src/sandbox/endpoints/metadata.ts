import { between, dateTime, defaulting, flag, nullable, text, uuid } from '../fields.ts';

import { cursorOf } from '../paging.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row, type Table } from '../types.ts';
import { isRow, partsOf, rowsOf } from '../values.ts';
import { addHistoryEntry, latestVersion, ok, rowOr404 } from './common.ts';
import { metadataValues, prepareValues, valuesIn, viewFields, wholeView } from './metadata_values.ts';

const BASE = '/API/metadata/v1';
const OF_OBJECT = `${BASE}/{object_type}/{object_id}/views/{view_id}/`;
const OF_PART = `${BASE}/assets/{asset_id}/{object_type}/{object_id}/views/{view_id}/`;

const body: Fields = {
  date_created: nullable(dateTime),
  date_modified: nullable(dateTime),
  job_id: uuid,
  metadata_values: metadataValues,
  object_id: uuid,
  object_type: text,
  version_id: uuid,
};
export const viewOf = ({ store, path }: Call): Row => rowOr404(store.views, path.view_id, 'Metadata view');

export function tableOf({ store, path }: Call): Table {
  const { object_type: type } = path;
  if (type === 'assets' || type === 'collections' || type === 'segments') return store[type];
  throw new Refusal(400, `sandbox: no metadata for ${type}`);
}

function read(call: Call): Reply {
  const view = viewOf(call);
  const { object_type: type, object_id: id } = call.path;
  rowOr404(tableOf(call), id, String(type));
  const values = valuesIn(call.store, `${type}/${id}`, view);
  if (!values) throw new Refusal(404, `No metadata values in view ${view.id} for ${type} ${id}`);
  const shown = call.query.reencode_values_to_string === true ? asStrings(values) : values;
  return ok(answer(call, view, shown));
}

/** Values in a view as GET and PUT answer them. The real service leaves the dates at the top null. */
function answer({ store, hard, path: { object_type: type, object_id: id } }: Call, view: Row, values: Row): Row {
  if (hard.wholeViews) {
    const asset = type === 'assets' ? store.assets.get(String(id)) : undefined;
    const version = type === 'collections' ? id : asset && latestVersion(asset)?.id;
    const dates = { date_created: null, date_modified: null };
    return {
      object_type: type,
      object_id: id,
      version_id: version ?? null,
      ...dates,
      metadata_values: wholeView(view, values),
    };
  }
  const { date_created, date_modified, version_id } = store.values.get(`${type}/${id}`) ?? {};
  return { object_type: type, object_id: id, date_created, date_modified, version_id, metadata_values: values };
}

function asStrings(values: Row): Row {
  const entries = Object.entries(values).map(([name, entry]) => {
    const rows = isRow(entry) ? rowsOf(entry.field_values) : [];
    return [
      name,
      { ...(isRow(entry) && entry), field_values: rows.map((row) => ({ ...row, value: String(row.value) })) },
    ];
  });
  return Object.fromEntries(entries);
}

function write(call: Call): Reply {
  const { store } = call;
  const view = viewOf(call);
  const { object_type: type = '', object_id: id = '' } = call.path;
  const object = rowOr404(tableOf(call), id, type);
  const given = givenValues(call);
  const written =
    call.query.ignore_unchanged === true ? changedOf(given, valuesIn(store, `${type}/${id}`, view)) : given;
  prepareValues(call, view, written)(type, id);
  if (type === 'assets') addHistoryEntry(call, object, 'METADATA', `Metadata changed in ${view.name}`);
  return ok(answer(call, view, valuesIn(store, `${type}/${id}`, view) ?? {}));
}

/** The given values without the fields that would hold what they hold already. */
function changedOf(given: Row, stored: Row = {}): Row {
  const valuesOf = (entry: unknown): string =>
    JSON.stringify(isRow(entry) ? rowsOf(entry.field_values).map(({ value }) => String(value)) : []);
  const isSame = ([name, entry]: readonly [string, unknown]): boolean =>
    isRow(entry) && (entry.mode ?? 'overwrite') === 'overwrite' && valuesOf(entry) === valuesOf(stored[name]);
  return Object.fromEntries(Object.entries(given).filter((one) => !isSame(one)));
}

export const givenValues = ({ body: { metadata_values: given } }: Call): Row => (isRow(given) ? given : {});

/** Values of one version. In the sandbox all versions share one set of values. */
function readVersion(call: Call): Reply {
  const path = { ...call.path, object_type: 'assets', object_id: String(call.path.asset_id) };
  return read({ ...call, path });
}

function listFields(call: Call): Reply {
  const names = partsOf(call.query.filter);
  const rows = call.store.fields.list((field) => names.length === 0 || names.includes(String(field.name)));
  return ok(cursorOf(rows, call, 'last_field_name', 'name'));
}

/** Lists have of each field what the view can set, not the whole field. */
function listedView(view: Row): Row {
  const fields = rowsOf(view.view_fields).map((field) =>
    Object.fromEntries(Object.entries(field).filter(([name]) => SET_BY_VIEW.includes(name))),
  );
  return { ...view, view_fields: fields };
}

const SET_BY_VIEW = [
  'name',
  'label',
  'auto_set',
  'hide_if_not_set',
  'mapped_field_name',
  'options',
  'read_only',
  'required',
  'source_url',
];

function showView(call: Call): Reply {
  const view = viewOf(call);
  return ok(call.query.merge_fields === false ? view : { ...view, view_fields: viewFields(call.store, view) });
}

const subclip = { check_if_subclip: flag };
const unchanged = { ignore_unchanged: flag };
const encoding = { reencode_values_to_string: defaulting(flag, false) };
const readRoles = ['can_read_metadata_values'];
const writeRoles = ['can_write_metadata_values'];

export const metadataEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${BASE}/views/`,
    roles: ['can_read_metadata_views'],
    handle: ({ store }) => ok({ objects: store.views.list().map(listedView) }),
  },
  {
    route: `GET ${BASE}/views/{view_id}/`,
    roles: ['can_read_metadata_views'],
    query: { merge_fields: defaulting(flag, true) },
    handle: showView,
  },
  {
    route: `GET ${BASE}/fields/`,
    roles: ['can_read_metadata_fields'],
    query: { per_page: defaulting(between(1, 1000), 500), last_field_name: text, filter: text },
    handle: listFields,
  },
  {
    route: `GET ${BASE}/fields/{field_name}/`,
    roles: ['can_read_metadata_fields'],
    handle: ({ store, path }) => ok(rowOr404(store.fields, path.field_name, 'Metadata field')),
  },
  { route: `GET ${OF_OBJECT}`, roles: readRoles, query: { ...subclip, ...encoding }, handle: read },
  { route: `PUT ${OF_OBJECT}`, roles: writeRoles, query: { ...subclip, ...unchanged }, body, handle: write },
  { route: `GET ${OF_PART}`, roles: readRoles, query: encoding, handle: read },
  { route: `PUT ${OF_PART}`, roles: writeRoles, query: unchanged, body, handle: write },
  {
    route: `GET ${BASE}/assets/{asset_id}/versions/{version_id}/views/{view_id}/`,
    roles: readRoles,
    query: encoding,
    handle: readVersion,
  },
];
