// The notation in which both descriptions are kept.
//
// A field is a short text, or `{is, …}` where it has more to say:
//   type    string uuid date-time date url email binary integer number boolean object any array,
//           #Name of a schema of the same service, A|B one of several; [] a list of it, {} a map of it
//   before  ~ only in answers, + only in bodies, - deprecated
//   after   ? may be null, ! required
//   {is, enum, default, min, max, min_items, max_items, min_length, max_length, items}

const LIMITS = ['enum', 'default', 'min', 'max', 'min_items', 'max_items', 'min_length', 'max_length', 'items'];

/**
 * A field in the notation.
 * @param {{type: string, readOnly?: boolean, writeOnly?: boolean, deprecated?: boolean, nullable?: boolean,
 *   required?: boolean, [limit: string]: unknown}} field
 */
export function written({ type, readOnly, writeOnly, deprecated, nullable, required, ...rest }) {
  const before = (readOnly ? '~' : '') + (writeOnly ? '+' : '') + (deprecated ? '-' : '');
  const is = `${before}${type}${nullable ? '?' : ''}${required ? '!' : ''}`;
  const limits = LIMITS.filter((key) => rest[key] !== undefined).map((key) => [key, rest[key]]);
  if (limits.length === 0) return is;
  return { is, ...Object.fromEntries(limits) };
}

/** The values of a closed set, in one order for both descriptions; what may be null needs no null among them. */
export const choices = (values) => values?.filter((value) => value !== null).sort();

export const byKey = ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0);

/** The record sorted by its keys, without what holds nothing. */
export const tidy = (record) =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([, value]) => value !== undefined && value !== false && !isEmpty(value))
      .sort(byKey),
  );

const isEmpty = (value) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** `#Name`s in a field, a body or an answer. */
export function namesIn(value) {
  if (typeof value === 'string') return [...value.matchAll(/#(\w+)/g)].map(([, name]) => name);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(namesIn) : [];
}

/** The schemas that the operations lead to: `service/Name` → fields. */
export function reachable(operations, schemas) {
  const kept = {};
  const waiting = Object.entries(operations).flatMap(([route, { body, answers }]) =>
    namesIn([body, answers]).map((name) => `${serviceOf(route)}/${name}`),
  );
  while (waiting.length > 0) {
    const key = waiting.pop();
    if (kept[key]) continue;
    if (!schemas[key]) throw new Error(`no such schema: ${key}`);
    kept[key] = schemas[key];
    const [service] = key.split('/');
    waiting.push(...namesIn(kept[key]).map((name) => `${service}/${name}`));
  }
  return tidy(kept);
}

/** `assets` of `GET /API/assets/v1/assets/`. */
export const serviceOf = (route) => route.split('/')[2];
