import {
  between,
  dateTime,
  defaulting,
  nullable,
  oneOf,
  pageQuery,
  readOnly,
  required,
  scrollQuery,
  text,
  uuid,
  whole,
} from '../../fields.ts';
import { pageOf } from '../../paging.ts';
import type { Call, Endpoint, Fields, Reply, Row } from '../../types.ts';
import { created, ok, rowOr404 } from '../common.ts';
import { mediaStatus, optionalText } from './media_fields.ts';

const LIST = '/API/files/v1/storages/{storage_id}/files/';
const EXACT_FIELDS = ['id', 'name', 'type', 'status', 'checksum', 'directory_path'] as const;

const body: Fields = {
  asset_id: uuid,
  checksum: optionalText,
  date_created: readOnly(dateTime),
  date_modified: readOnly(dateTime),
  directory_path: required(text),
  file_date_created: dateTime,
  file_date_modified: dateTime,
  file_set_id: uuid,
  format_id: uuid,
  id: readOnly(uuid),
  name: text,
  original_name: required(text),
  parent_id: nullable(uuid),
  size: whole,
  status: mediaStatus,
  storage_id: uuid,
  template: text,
  template_engine: oneOf('JINJA2', 'SIMPLE'),
  type: required(oneOf('FILE', 'DIRECTORY', 'SYMLINK', 'SEQUENCE')),
  user_id: nullable(uuid),
  version_id: uuid,
};

const storageOf = ({ store, path }: Call): Row => rowOr404(store.storages, path.storage_id, 'Storage');

/** The files of a storage, those without an asset too; `path` is the directory, without slashes at the ends. */
function list(call: Call): Reply {
  const { index, query } = call;
  const { id } = storageOf(call);
  const directory = query.path === undefined ? undefined : String(query.path).replace(/^\/|\/$/g, '');
  const rows = index.files.list(
    (file) =>
      file.storage_id === id &&
      (directory === undefined || file.directory_path === directory) &&
      EXACT_FIELDS.every((name) => query[name] === undefined || String(file[name]) === query[name]),
  );
  const shown = rows.map(({ storage_method: _, ...file }) => file);
  return ok({ ...pageOf(shown, call), facets: {} });
}

/** Registers a file without an asset. */
function create(call: Call): Reply {
  const { store, user } = call;
  const date = store.now();
  const file = store.files.insert({
    name: call.body.original_name,
    checksum: null,
    parent_id: null,
    status: 'OPEN',
    user_id: user.id,
    ...call.body,
    id: store.newId(),
    directory_path: String(call.body.directory_path).replace(/\/$/, ''),
    storage_id: storageOf(call).id,
    date_created: date,
    date_modified: date,
  });
  return created(file);
}

export const storageFileEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${LIST}`,
    roles: ['can_list_storage_files'],
    query: {
      ...pageQuery,
      ...scrollQuery,
      per_page: defaulting(between(1, 100), 10),
      ...Object.fromEntries(
        [...EXACT_FIELDS, 'path', 'path_separator', 'date_created', 'date_modified'].map((name) => [name, text]),
      ),
    },
    handle: list,
  },
  { route: `POST ${LIST}`, roles: [], body, handle: create },
];
