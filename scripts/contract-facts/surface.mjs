// Reads the facts of 2026 (`surface-2026.json`) into the notation. Their source drops formats beyond uuid and date-time,
// limits and deprecations: what 2025 says of the same field is carried over.
import { readFileSync } from 'node:fs';
import { choices, reachable, tidy, written } from './notation.mjs';

const CARRIED = new Set(['url', 'email', 'date']);

/** `{operations, schemas}`; `before` is the description of 2025. */
export function readSurface(file, before) {
  const surface = JSON.parse(readFileSync(file, 'utf8'));
  const operations = {};
  const schemas = {};
  for (const one of surface.operations) {
    const route = `${one.method} /API/${one.service}${one.path}`;
    operations[route] = operationOf(one, before.operations[route]);
  }
  for (const [service, named] of Object.entries(surface.schemas)) {
    for (const [name, { fields }] of Object.entries(named)) {
      const key = `${service}/${name}`;
      schemas[key] = fieldsOf(fields, before.schemas[key]);
    }
  }
  return { operations: tidy(operations), schemas: reachable(operations, schemas) };
}

function operationOf(
  { query = [], headers = [], body, statuses, described_statuses, roles = [], ...rest },
  before = {},
) {
  const codes = Object.keys(statuses);
  const answers = Object.fromEntries(codes.filter((code) => code < '400').map((code) => [code, place(statuses[code])]));
  const texts = Object.fromEntries(
    codes.filter((code) => statuses[code] === 'text').map((code) => [code, 'text/plain']),
  );
  const described = Object.entries(described_statuses ?? {}).map(([code, name]) => [code, place(name)]);
  return tidy({
    query: parameters(query, before.query),
    headers: parameters(headers, before.headers),
    body: bodyOf(body),
    body_optional: body?.optional,
    answers,
    described: Object.fromEntries(described),
    errors: codes.filter((code) => code >= '400').map(Number),
    media: tidy({ body: body?.content_type, ...texts, ...(rest.answer_type && { 200: rest.answer_type }) }),
    roles: [...roles].sort(),
    deprecated: rest.deprecated,
    since: rest.since === '2026' ? 2026 : undefined,
  });
}

/** `Name`, `Name[]`, `A|B`, a plain type, or null, in the notation; null says nothing of the answer. */
function place(name) {
  if (name === null) return '';
  if (name === 'text' || name === 'string' || name === 'object') return name === 'text' ? 'string' : name;
  return name
    .split('|')
    .map((one) => `#${one}`)
    .join('|');
}

function bodyOf(body) {
  if (!body) return undefined;
  if (body.schema) return `#${body.schema}`;
  return body.any_of ? body.any_of.join('|') : body.type;
}

const parameters = (list, before = {}) =>
  tidy(Object.fromEntries(list.map(({ name, ...one }) => [name, carried(fieldOf(one), before[name])])));

const fieldsOf = (fields, before = {}) =>
  tidy(Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, carried(fieldOf(one), before[name])])));

function fieldOf(given) {
  const {
    read_only,
    write_only,
    enum: values,
    items,
    any_of,
    described: _,
    ...rest
  } = typeof given === 'string' ? { type: given } : given;
  return written({
    ...rest,
    type: any_of ? any_of.join('|') : rest.type === 'array' ? `${items.type}[]` : rest.type,
    readOnly: read_only,
    writeOnly: write_only,
    enum: choices(values),
    items: items && fieldOf(items),
  });
}

/** The field with the format and the deprecation that 2025 gives it. */
function carried(field, before) {
  if (before === undefined) return field;
  const [now, then] = [field, before].map((one) => (typeof one === 'string' ? one : one.is));
  const format = /[a-z]+/.exec(then)?.[0];
  let is = CARRIED.has(format) && /^[~+]*string/.test(now) ? now.replace('string', format) : now;
  if (then.startsWith('-') && !is.startsWith('-')) is = `-${is}`;
  return typeof field === 'string' ? is : { ...field, is };
}
