import {
  archiveStatus,
  cursorQuery,
  dateTime,
  flag,
  freeObject,
  listOf,
  objectOf,
  oneOf,
  readOnly,
  required,
  text,
  uuid,
} from '../../fields.ts';
import { pageOf } from '../../paging.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../../types.ts';
import { rowsOf } from '../../values.ts';
import { addHistoryEntry, assetOf, created, latestVersion, noContent, ok } from '../common.ts';
import { moveToBin, removeForGood } from './deletion.ts';
import { allVersions } from './media_fields.ts';
import { editRow, listOfAsset, newRow, rowOf } from './rows.ts';

const ASSET = '/API/files/v1/assets/{asset_id}/';
const LIST = `${ASSET}formats/`;
const ONE = `${LIST}{format_id}/`;
const read = ['can_read_formats'];
const write = ['can_write_formats'];

const COMPONENT_TYPES = [
  'VIDEO',
  'AUDIO',
  'IMAGE',
  'TEXT',
  'OTHER',
  'NON_MEDIA',
  'EXIF',
  'IPTC',
  'XMP',
  'GENERAL',
  'MANIFEST',
];
const component: Fields = {
  id: readOnly(uuid),
  metadata: freeObject,
  name: required(text),
  type: required(oneOf(...COMPONENT_TYPES)),
};
const body: Fields = {
  archive_status: archiveStatus,
  asset_id: readOnly(uuid),
  components: listOf(objectOf(component)),
  date_created: readOnly(dateTime),
  date_deleted: dateTime,
  date_modified: readOnly(dateTime),
  deleted_by_user: readOnly(uuid),
  external_references: listOf(objectOf({ action: text, display_name: text, icon: text, uri: required(text) })),
  id: readOnly(uuid),
  is_online: flag,
  metadata: listOf(freeObject, { maxItems: 10_000 }),
  name: required(text),
  status: oneOf('ACTIVE', 'DELETED'),
  storage_methods: listOf(text),
  user_id: uuid,
  version_id: uuid,
  warnings: readOnly(listOf(text)),
};

const list = listOfAsset('formats', (row) => row);
const formatOf = (call: Call): Row => rowOf(call, 'formats', call.path.format_id);

function byName(call: Call): Reply {
  const asset = assetOf(call);
  const own = call.store.formats.where('asset_id', asset.id);
  const named = own.filter((row) => row.name === call.path.name && row.status !== 'DELETED');
  const version = latestVersion(asset)?.id;
  const format = named.find((row) => row.version_id === version) ?? named.at(-1);
  if (!format) throw new Refusal(404, `The format ${call.path.name} does not exist`);
  return ok(format);
}

/** The body with an id for each component. */
function withComponents({ store, body: given }: Call): Row {
  if (!Array.isArray(given.components)) return given;
  return { ...given, components: given.components.map((one: Row) => ({ id: store.newId(), metadata: {}, ...one })) };
}

/** Adds one component; the answer is the component. */
function addComponent(call: Call): Reply {
  const format = formatOf(call);
  const added: Row = { metadata: {}, ...call.body, id: call.store.newId() };
  call.store.formats.update(String(format.id), { components: [...rowsOf(format.components), added] });
  return ok(added);
}

function create(call: Call): Reply {
  const { store, user } = call;
  const start = {
    archive_status: 'NOT_ARCHIVED',
    components: [],
    is_online: false,
    metadata: [],
    status: 'ACTIVE',
    storage_methods: [],
    user_id: user.id,
    warnings: [],
  };
  const format = store.formats.insert({ ...start, ...newRow({ ...call, body: withComponents(call) }) });
  addHistoryEntry(call, assetOf(call), 'ADD_FORMAT', `Format ${format.name} added`);
  return created(format);
}

const edit = (call: Call): Reply => ok(editRow({ ...call, body: withComponents(call) }, 'formats', formatOf(call)));

/** Deletes a format with its file sets and files. */
function remove(call: Call): Reply {
  const format = formatOf(call);
  const parts = (['file_sets', 'files'] as const).map(
    (table) =>
      [
        table,
        call.store[table].where('asset_id', format.asset_id).filter((row) => row.format_id === format.id),
      ] as const,
  );
  const take = call.query.immediately === true ? removeForGood : moveToBin;
  for (const [table, rows] of parts) for (const row of rows) take(call, table, row);
  take(call, 'formats', format);
  addHistoryEntry(call, assetOf(call), 'DELETE_FORMAT', `Format ${format.name} deleted`);
  return call.query.immediately === true ? noContent : ok(format);
}

export const formatEndpoints: readonly Endpoint[] = [
  { route: `GET ${LIST}`, roles: read, query: { ...cursorQuery, ...allVersions }, handle: list },
  { route: `GET ${ASSET}versions/{version_id}/formats/`, roles: read, query: cursorQuery, handle: list },
  { route: `POST ${LIST}`, roles: write, body, handle: create },
  { route: `GET ${ONE}`, roles: read, handle: (call) => ok(formatOf(call)) },
  {
    route: `GET ${ONE}components/`,
    roles: read,
    handle: (call) => {
      const components = rowsOf(formatOf(call).components);
      return ok(pageOf(components, { ...call, query: { per_page: Math.max(1, components.length) } }));
    },
  },
  { route: `POST ${ONE}components/`, roles: ['can_create_formats'], body: component, handle: addComponent },
  { route: `GET ${LIST}{name}/`, roles: read, handle: byName },
  { route: `PATCH ${ONE}`, roles: write, body, partial: true, handle: edit },
  { route: `PUT ${ONE}`, roles: write, body, handle: edit },
  { route: `DELETE ${ONE}`, roles: ['can_delete_formats'], query: { immediately: flag }, handle: remove },
];
