import { isDateTime } from '../check.ts';
import { type Field, Refusal, type Row, type Store } from '../types.ts';
import { isRow, rowsOf } from '../values.ts';

type Change = { readonly values: unknown[]; readonly mode: string };

/** The fields of a view, with the view's own settings. */
export function viewFields(store: Store, view: Row): Row[] {
  return rowsOf(view.view_fields).map((own) => {
    const set = Object.entries(own).filter(([, value]) => value != null);
    return { ...store.fields.get(String(own.name)), ...Object.fromEntries(set) };
  });
}

/** The values an object has in a view; undefined if it has none. */
export function valuesIn(store: Store, key: string, view: Row): Row | undefined {
  const all = storedValues(store, key);
  const names = rowsOf(view.view_fields).map(({ name }) => String(name));
  const present = names.filter((name) => isRow(all[name]) && rowsOf(all[name].field_values).length > 0);
  return present.length === 0 ? undefined : Object.fromEntries(present.map((name) => [name, all[name]]));
}

const storedValues = (store: Store, key: string): Row => {
  const values = store.values.get(key)?.metadata_values;
  return isRow(values) ? values : {};
};

/** Checks new values against the view and answers a function that writes them; a Refusal (400) names each value that does not fit. */
export function prepareValues(store: Store, view: Row, given: Row): (objectType: string, objectId: string) => void {
  const fields = new Map(viewFields(store, view).map((field) => [String(field.name), field]));
  const problems: Record<string, string> = {};
  const changes = new Map<string, Change>();
  for (const [name, entry] of Object.entries(given)) {
    const change = readChange(entry);
    const problem = change
      ? problemWith(fields.get(name), change)
      : 'Needs field_values, a list of objects with a value.';
    if (problem) problems[name] = problem;
    else if (change) changes.set(name, change);
  }
  if (Object.keys(problems).length > 0) throw new Refusal(400, problems);
  return (objectType, objectId) => {
    const key = `${objectType}/${objectId}`;
    const merged = merge(storedValues(store, key), changes, fields, store.now());
    if (store.values.get(key)) store.values.update(key, { metadata_values: merged });
    else store.values.insert({ id: key, object_type: objectType, object_id: objectId, metadata_values: merged });
  };
}

function readChange(entry: unknown): Change | undefined {
  if (!isRow(entry)) return undefined;
  const { field_values: given = [], mode = 'overwrite' } = entry;
  const rows = rowsOf(given);
  const complete = Array.isArray(given) && rows.length === given.length && rows.every((row) => 'value' in row);
  return complete ? { values: rows.map((row) => row.value), mode: String(mode) } : undefined;
}

function problemWith(field: Row | undefined, { values, mode }: Change): string | undefined {
  if (!field) return 'Not a field of this view.';
  if (field.read_only === true) return 'The field is read-only.';
  if (!['append', 'delete', 'overwrite'].includes(mode)) return 'mode must be one of: append, delete, overwrite.';
  if (field.multi !== true && values.length > 1) return 'The field takes one value only.';
  if (field.required === true && mode === 'overwrite' && values.length === 0) return 'The field is required.';
  if (mode === 'delete') return undefined;
  for (const value of values) {
    const problem = problemWithValue(field, value);
    if (problem) return problem;
  }
  return undefined;
}

const isNumeric = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)));

const CHECKS: Record<string, readonly [fits: (value: unknown) => boolean, what: string]> = {
  integer: [(value) => isNumeric(value) && Number.isInteger(Number(value)), 'an integer'],
  float: [isNumeric, 'a number'],
  boolean: [(value) => typeof value === 'boolean', 'a boolean'],
  date: [(value) => isDateTime(value) && value.length === 10, 'a date (YYYY-MM-DD)'],
  datetime: [isDateTime, 'a datetime in ISO 8601'],
  url: [(value) => typeof value === 'string' && URL.canParse(value), 'a URL'],
  email: [(value) => typeof value === 'string' && /^\S+@\S+$/.test(value), 'an email address'],
};
const textual: readonly [(value: unknown) => boolean, string] = [(value) => typeof value === 'string', 'a string'];

function problemWithValue(field: Row, value: unknown): string | undefined {
  const [fits, what] = CHECKS[String(field.field_type)] ?? textual;
  if (!fits(value)) return `${JSON.stringify(value)} is not ${what}.`;
  const options = rowsOf(field.options).map((option) => option.value);
  if (options.length > 0 && field.field_type === 'drop_down' && !options.includes(value)) {
    return `${JSON.stringify(value)} is not one of the options: ${options.join(', ')}.`;
  }
  if (typeof field.min_value === 'number' && Number(value) < field.min_value) return `At least ${field.min_value}.`;
  if (typeof field.max_value === 'number' && Number(value) > field.max_value) return `At most ${field.max_value}.`;
  return undefined;
}

/** The stored values with the changes; other fields keep their values. */
function merge(stored: Row, changes: Map<string, Change>, fields: Map<string, Row>, date: string): Row {
  const merged: Row = { ...stored };
  for (const [name, { values, mode }] of changes) {
    const before = isRow(stored[name]) ? rowsOf(stored[name].field_values) : [];
    const numeric = ['integer', 'float'].includes(String(fields.get(name)?.field_type));
    const fresh = values.map((value) => (numeric ? Number(value) : value));
    const rows = fresh.map((value) => ({ value }));
    const others = before.filter((row) => !fresh.includes(row.value));
    const single = fields.get(name)?.multi !== true;
    const next =
      mode === 'overwrite' || (mode === 'append' && single) ? rows : mode === 'append' ? [...others, ...rows] : others;
    if (next.length > 0) merged[name] = { field_values: next, date_created: date };
    else delete merged[name];
  }
  return merged;
}

/** The field of a body that holds values. */
export const metadataValues: Field = { type: 'object', required: true };
