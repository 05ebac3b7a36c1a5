import { dateTime, decimal, flag, listOf, nullable, objectOf, readOnly, required, text, uri, uuid } from '../fields.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../types.ts';
import { rowsOf } from '../values.ts';
import { created, noContent, ok, rowOr404 } from './common.ts';
import { viewFields } from './metadata_values.ts';

const VIEWS = '/API/metadata/v1/views/';
const FIELDS = '/API/metadata/v1/fields/';
const optionalFlag = nullable(flag);
const option = objectOf({ label: text, value: text });

/** What a view sets for one of its fields. */
const viewField: Fields = {
  auto_set: optionalFlag,
  hide_if_not_set: optionalFlag,
  label: nullable(text),
  mapped_field_name: text,
  name: required(text),
  options: nullable(listOf(option)),
  read_only: optionalFlag,
  required: optionalFlag,
  source_url: nullable(text),
};
const newView: Fields = {
  description: nullable(text),
  id: uuid,
  name: required(text),
  view_fields: required(listOf(objectOf(viewField))),
  write_access_for_everyone: flag,
};
const editedField = { ...viewField, mapped_field_name: readOnly(text), source_url: nullable(uri) };
const editedView: Fields = {
  description: nullable(text),
  id: readOnly(uuid),
  name: required(text),
  view_fields: required(listOf(objectOf(editedField))),
};
const newField: Fields = {
  ai_prompt_description: nullable(text),
  auto_set: optionalFlag,
  date_created: dateTime,
  date_modified: dateTime,
  description: text,
  external_id: text,
  field_type: required(text),
  hide_if_not_set: optionalFlag,
  is_block_field: flag,
  is_warning_field: flag,
  label: required(text),
  mapped_field_name: readOnly(text),
  max_value: decimal,
  min_value: decimal,
  multi: flag,
  name: required(text),
  options: listOf(option),
  read_only: optionalFlag,
  representative: flag,
  required: optionalFlag,
  sortable: flag,
  source_url: nullable(uri),
  use_as_facet: flag,
};
const editedFieldBody: Fields = { ...newField, name: readOnly(text) };

const viewOf = ({ store, path }: Call): Row => rowOr404(store.views, path.view_id, 'Metadata view');
const fieldOf = ({ store, path }: Call): Row => rowOr404(store.fields, path.field_name, 'Metadata field');

/** A view can only have fields that exist. */
function checkViewFields({ store, body }: Call): void {
  const missing = rowsOf(body.view_fields).filter(({ name }) => !store.fields.get(String(name)));
  if (missing.length > 0) {
    throw new Refusal(400, { view_fields: `No such fields: ${missing.map(({ name }) => name).join(', ')}.` });
  }
}

/** The view with its fields in full. */
const whole = ({ store }: Call, view: Row): Row => ({ ...view, view_fields: viewFields(store, view) });

function createView(call: Call): Reply {
  checkViewFields(call);
  const { store, body } = call;
  const date = store.now();
  const { write_access_for_everyone: _, ...given } = body;
  const stamps = { id: store.newId(), date_created: date, date_modified: date };
  return created(whole(call, store.views.insert({ description: null, ...given, ...stamps })));
}

function editView(call: Call): Reply {
  checkViewFields(call);
  return ok(whole(call, call.store.views.update(String(viewOf(call).id), call.body)));
}

function createField({ store, body }: Call): Reply {
  if (store.fields.get(String(body.name))) throw new Refusal(400, { name: 'A field of this name exists.' });
  const date = store.now();
  const start = { description: '', multi: false, read_only: false, required: false, options: [] };
  return created(store.fields.insert({ ...start, date_created: date, date_modified: date, ...body }));
}

const editField = (call: Call): Reply => ok(call.store.fields.update(String(fieldOf(call).name), call.body));

const writeViews = ['can_write_metadata_views'];
const writeFields = ['can_write_metadata_fields'];

/** Writes of views and fields. Values of a field that is deleted stay stored and are not shown. */
export const metadataSchemaEndpoints: readonly Endpoint[] = [
  { route: `POST ${VIEWS}`, roles: writeViews, body: newView, handle: createView },
  { route: `PUT ${VIEWS}{view_id}/`, roles: writeViews, body: editedView, handle: editView },
  { route: `PATCH ${VIEWS}{view_id}/`, roles: writeViews, body: editedView, partial: true, handle: editView },
  {
    route: `DELETE ${VIEWS}{view_id}/`,
    roles: ['can_delete_metadata_views'],
    handle(call) {
      call.store.views.remove(String(viewOf(call).id));
      return noContent;
    },
  },
  { route: `POST ${FIELDS}`, roles: writeFields, body: newField, handle: createField },
  { route: `PUT ${FIELDS}{field_name}/`, roles: writeFields, body: editedFieldBody, handle: editField },
  {
    route: `PATCH ${FIELDS}{field_name}/`,
    roles: writeFields,
    body: editedFieldBody,
    partial: true,
    handle: editField,
  },
  {
    route: `DELETE ${FIELDS}{field_name}/`,
    roles: ['can_delete_metadata_fields'],
    handle(call) {
      call.store.fields.remove(String(fieldOf(call).name));
      return noContent;
    },
  },
];
