import { type Field, type Fields, Refusal, type Row } from './types.ts';
import { isRow } from './values.ts';

type Problems = Record<string, string>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/** Whether the text is a date or a date-time in ISO 8601. */
export const isDateTime = (value: unknown): value is string =>
  typeof value === 'string' && DATE_TIME.test(value) && !Number.isNaN(Date.parse(value));

/** The body without unknown and read-only keys; a Refusal (400) names each key that does not fit. */
export function checkBody(fields: Fields, body: Row, partial = false): Row {
  const problems: Problems = {};
  const kept = checkObject(fields, body, '', problems, partial);
  if (Object.keys(problems).length > 0) throw new Refusal(400, problems);
  return kept;
}

/** The query, typed; an unknown name or a value that does not fit is a Refusal (400). */
export function checkQuery(fields: Fields, search: URLSearchParams): Row {
  const problems: Problems = {};
  const given: Row = {};
  for (const name of new Set(search.keys())) {
    const field = fields[name];
    if (!field) problems[name] = 'Unknown query parameter.';
    else given[name] = fromText(field, search.getAll(name));
  }
  const kept = checkObject(fields, given, '', problems, false);
  if (Object.keys(problems).length > 0) throw new Refusal(400, problems);
  return kept;
}

/** How clients write booleans in a query; Python writes `True`. */
const TRUE = new Set(['t', 'T', 'true', 'True', 'TRUE', 'on', 'On', 'ON', 'y', 'Y', 'yes', 'Yes', 'YES', '1']);
const FALSE = new Set(['f', 'F', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF', 'n', 'N', 'no', 'No', 'NO', '0']);

function fromText(field: Field, values: readonly string[]): unknown {
  const [value = ''] = values;
  if (field.type === 'boolean') return TRUE.has(value) ? true : FALSE.has(value) ? false : value;
  if (field.type === 'integer' || field.type === 'number') return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (field.type === 'array') return values.flatMap((one) => one.split(','));
  return value;
}

function checkObject(fields: Fields, value: Row, prefix: string, problems: Problems, partial: boolean): Row {
  const kept: Row = {};
  for (const [name, field] of Object.entries(fields)) {
    if (field.readOnly) continue;
    const path = prefix + name;
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    if (given !== undefined) kept[name] = checkValue(field, given, path, problems);
    else if (field.required && !partial) problems[path] = 'Missing data for required field.';
    else if (field.default !== undefined && !partial) kept[name] = field.default;
  }
  return kept;
}

function checkValue(field: Field, value: unknown, path: string, problems: Problems): unknown {
  if (value === null) {
    if (!field.nullable && field.type !== 'any') problems[path] = 'Field may not be null.';
    return null;
  }
  const problem = problemWith(field, value);
  if (problem) {
    problems[path] = problem;
    return value;
  }
  const { items, fields } = field;
  if (items && Array.isArray(value)) {
    return value.map((item, index) => checkValue(items, item, `${path}.${index}`, problems));
  }
  if (field.type === 'date-time') return withZone(String(value));
  if (fields && isRow(value)) return checkObject(fields, value, `${path}.`, problems, false);
  return value;
}

/** Dates without a zone are UTC; Python writes them so. */
function withZone(date: string): string {
  const time = date.length === 10 ? `${date}T00:00:00` : date.replace(' ', 'T');
  return /(Z|[+-]\d{2}:?\d{2})$/.test(time.slice(10)) ? time : `${time}+00:00`;
}

function problemWith(field: Field, value: unknown): string | undefined {
  const wrong = wrongType(field.type, value);
  if (wrong) return wrong;
  if (field.enum && typeof value === 'string' && !field.enum.includes(value)) {
    return `Must be one of: ${field.enum.join(', ')}.`;
  }
  if (typeof value === 'number') return outOfRange(value, field.minimum, field.maximum, 'Must be');
  if (Array.isArray(value)) return outOfRange(value.length, field.minItems, field.maxItems, 'Length must be');
  return undefined;
}

function outOfRange(size: number, least = -Infinity, most = Infinity, what = ''): string | undefined {
  if (size < least) return `${what} at least ${least}.`;
  return size > most ? `${what} at most ${most}.` : undefined;
}

const TYPES: Record<Field['type'], [fits: (value: unknown) => boolean, problem: string]> = {
  string: [(value) => typeof value === 'string', 'Not a valid string.'],
  uuid: [isUuid, 'Not a valid UUID.'],
  'date-time': [isDateTime, 'Not a valid datetime.'],
  uri: [(value) => typeof value === 'string' && URL.canParse(value), 'Not a valid URL.'],
  email: [(value) => typeof value === 'string' && /^\S+@\S+$/.test(value), 'Not a valid email address.'],
  integer: [Number.isSafeInteger, 'Not a valid integer.'],
  number: [Number.isFinite, 'Not a valid number.'],
  boolean: [(value) => typeof value === 'boolean', 'Not a valid boolean.'],
  object: [isRow, 'Not a valid object.'],
  array: [Array.isArray, 'Not a valid list.'],
  any: [() => true, ''],
};

function wrongType(type: Field['type'], value: unknown): string | undefined {
  const [fits, problem] = TYPES[type];
  return fits(value) ? undefined : problem;
}
