import { dateTime, defaulting, flag, nullable, text, uuid } from '../fields.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../types.ts';
import { isRow, rowsOf } from '../values.ts';
import { ok } from './common.ts';
import { metadataValues, saveValues } from './metadata_values.ts';

const OBJECT = '/API/metadata/v1/{object_type}/{object_id}/';

const body: Fields = {
  date_created: nullable(dateTime),
  date_modified: nullable(dateTime),
  job_id: uuid,
  metadata_values: metadataValues,
  object_id: uuid,
  object_type: text,
  version_id: uuid,
};

function requireAdmin({ user }: Call): void {
  if (user.is_admin !== true) throw new Refusal(403, 'Only administrators may use metadata without a view');
}

const keyOf = ({ path }: Call): string => `${path.object_type}/${path.object_id}`;
const storedOf = (call: Call): Row | undefined => {
  const values = call.store.values.get(keyOf(call))?.metadata_values;
  return isRow(values) ? values : undefined;
};

/** All values of an object, by field: not in the shape of the values in a view. */
function read(call: Call): Reply {
  requireAdmin(call);
  const values = storedOf(call);
  if (!values) throw new Refusal(404, "Metadata values for this object don't exist");
  const entries = Object.entries(values).map(([name, entry]) => [
    name,
    {
      name,
      type: call.store.fields.get(name)?.field_type ?? 'string',
      values: rowsOf(isRow(entry) ? entry.field_values : []).map(({ value }) => ({ value: String(value) })),
    },
  ]);
  return ok(Object.fromEntries(entries));
}

/** Writes values without a view: nothing is validated, and the object need not exist. */
function write(call: Call): Reply {
  requireAdmin(call);
  const { store, path } = call;
  const given = isRow(call.body.metadata_values) ? call.body.metadata_values : {};
  const values = { ...storedOf(call), ...given };
  saveValues(store, String(path.object_type), String(path.object_id), values);
  return ok({ object_type: path.object_type, object_id: path.object_id, metadata_values: values });
}

/** Metadata without a view, for administrators. */
export const directMetadataEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${OBJECT}`,
    roles: [],
    query: { check_if_subclip: flag, include_values_for_deleted_fields: defaulting(flag, false) },
    handle: read,
  },
  { route: `PUT ${OBJECT}`, roles: [], query: { check_if_subclip: flag, ignore_unchanged: flag }, body, handle: write },
];
