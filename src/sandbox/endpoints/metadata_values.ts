import { isDateTime } from '../check.ts';
import { type Call, type Field, Refusal, type Row, type Store } from '../types.ts';
import { isRow, rowsOf } from '../values.ts';

/** The values that a write has for one field; entries keep `label` and `score` beside `value`. */
type Change = { readonly values: readonly Row[]; readonly mode: string };

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

/** An entry for every field of the view, and one for its separators. */
export function wholeView(view: Row, values: Row): Row {
  const empty = { date_created: null, field_values: [] };
  const names = [...rowsOf(view.view_fields).map(({ name }) => String(name)), '__separator__'];
  return Object.fromEntries(names.map((name) => [name, values[name] ?? empty]));
}

/** Writes values of one object. */
export type SaveValues = (objectType: string, objectId: string) => void;

/** Checks new values against the view; a Refusal (400) names each value that does not fit. */
export function prepareValues({ store, hard }: Pick<Call, 'store' | 'hard'>, view: Row, given: Row): SaveValues {
  const fields = new Map(viewFields(store, view).map((field) => [String(field.name), field]));
  const problems: Record<string, string> = {};
  const changes = new Map<string, Change>();
  for (const [name, entry] of Object.entries(given)) {
    if (hard.dropsUnknownFields && !fields.has(name)) continue;
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
    saveValues(store, objectType, objectId, merge(storedValues(store, key), changes, fields, store.now()));
  };
}

/** Replaces the stored values of an object. */
export function saveValues(store: Store, objectType: string, objectId: string, values: Row): void {
  const id = `${objectType}/${objectId}`;
  if (store.values.get(id)) store.values.update(id, { metadata_values: values });
  else store.values.insert({ id, object_type: objectType, object_id: objectId, metadata_values: values });
}

function readChange(entry: unknown): Change | undefined {
  if (!isRow(entry)) return undefined;
  const { field_values: given = [], mode = 'overwrite' } = entry;
  const values = rowsOf(given);
  const complete = Array.isArray(given) && values.length === given.length && values.every((row) => 'value' in row);
  return complete ? { values, mode: String(mode) } : undefined;
}

function problemWith(field: Row | undefined, { values, mode }: Change): string | undefined {
  if (!field) return 'Not a field of this view.';
  if (field.read_only === true) return 'The field is read-only.';
  if (!['append', 'delete', 'overwrite'].includes(mode)) return 'mode must be one of: append, delete, overwrite.';
  if (field.multi !== true && values.length > 1) return 'The field takes one value only.';
  if (field.required === true && mode === 'overwrite' && values.length === 0) return 'The field is required.';
  if (mode === 'delete') return undefined;
  for (const { value } of values) {
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
  boolean: [(value) => typeof value === 'boolean' || value === 'true' || value === 'false', 'a boolean'],
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
    const rows = values.map((row) => (numeric ? { ...row, value: Number(row.value) } : row));
    const others = before.filter((row) => !rows.some(({ value }) => value === row.value));
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
