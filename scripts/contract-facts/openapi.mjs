// Reads the vendor's OpenAPI documents of 2025, one file a service, into the notation.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { choices, reachable, tidy, written } from './notation.mjs';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const CREDENTIALS = new Set(['App-ID', 'Auth-Token']);
const REF = '#/components/schemas/';
const JSON_TYPE = 'application/json';
const FORMATS = new Set(['uuid', 'date-time', 'date', 'url', 'email', 'binary']);
const WIDTHS = { int32: 2 ** 31, int64: 2 ** 63 };
const LIMITS = {
  minimum: 'min',
  maximum: 'max',
  minItems: 'min_items',
  maxItems: 'max_items',
  minLength: 'min_length',
  maxLength: 'max_length',
};

/** Both parts of the description in a folder: `{operations, schemas}`. */
export function readOpenApi(folder) {
  const operations = {};
  const schemas = {};
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const document = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    if (!document.openapi) continue;
    const service = basename(file, '.json');
    const names = namesOfNameless(service, document);
    for (const [route, operation] of operationsOf(service, document)) operations[route] = operationOf(operation, names);
    for (const [name, schema] of Object.entries(document.components.schemas))
      schemas[`${service}/${name}`] = fields(schema);
    for (const [schema, name] of names) schemas[`${service}/${name}`] = fields(schema);
  }
  return { operations: tidy(operations), schemas: reachable(operations, schemas) };
}

function* operationsOf(service, { paths }) {
  for (const [path, item] of Object.entries(paths)) {
    for (const method of METHODS.filter((name) => item[name])) {
      yield [`${method.toUpperCase()} /API/${service}${path}`, item[method]];
    }
  }
}

/** Schemas that stand unnamed in an operation, by the names that the facts of 2026 give them. */
function namesOfNameless(service, document) {
  const names = new Map();
  for (const [route, { requestBody, responses }] of operationsOf(service, document)) {
    const [method, path] = route.replace(`/API/${service}`, '').split(' ');
    const label = method[0] + method.slice(1).toLowerCase() + path.replace(/^\/v1/, '').split('/').map(word).join('');
    const contents = [
      [requestBody, 'Body'],
      ...Object.entries(responses).map(([code, one]) => [one, `Response${code}`]),
    ];
    for (const [holder, suffix] of contents) {
      const schema = contentOf(holder?.content).schema;
      if (schema?.properties) names.set(schema, label + suffix);
    }
  }
  return names;
}

const word = (part) =>
  (part.startsWith('{') ? `by_${part.slice(1, -1)}` : part)
    .split(/[_-]/)
    .map((one) => one.charAt(0).toUpperCase() + one.slice(1))
    .join('');

function contentOf(content = {}) {
  const types = Object.keys(content);
  const media = types.includes(JSON_TYPE) ? undefined : types.sort()[0];
  return { media, schema: content[media ?? JSON_TYPE]?.schema };
}

function operationOf({ parameters = [], description, requestBody, responses, deprecated }, names) {
  const codes = Object.keys(responses).filter((code) => code !== 'default');
  const [good, bad] = [codes.filter((code) => code < '400'), codes.filter((code) => code >= '400')];
  const answers = good.map((code) => [code, contentOf(responses[code].content)]);
  const body = contentOf(requestBody?.content);
  const media = tidy({ body: body.media, ...Object.fromEntries(answers.map(([code, one]) => [code, one.media])) });
  return tidy({
    query: parametersIn('query', parameters),
    headers: parametersIn('header', parameters),
    body: body.schema && place(body.schema, names),
    answers: Object.fromEntries(answers.map(([code, { schema }]) => [code, schema ? place(schema, names) : ''])),
    errors: bad.map(Number),
    media,
    roles: rolesOf(description),
    deprecated,
  });
}

/** What stands in a body or an answer: `#Name`, `#Name[]`, or a plain type. */
const place = (schema, names) => (names.has(schema) ? `#${names.get(schema)}` : typeOf(schema));

function parametersIn(where, parameters) {
  const here = parameters.filter((one) => one.in === where && !CREDENTIALS.has(one.name));
  return tidy(
    Object.fromEntries(
      here.map(({ name, schema, required, deprecated }) => [name, written({ ...field(schema), required, deprecated })]),
    ),
  );
}

const fields = ({ properties = {}, required = [], oneOf }) =>
  oneOf
    ? { '|': oneOf.map(typeOf).join('|') }
    : tidy(
        Object.fromEntries(
          Object.entries(properties).map(([name, schema]) => [
            name,
            written({ ...field(schema), required: required.includes(name) }),
          ]),
        ),
      );

function field(schema) {
  const { enum: values, default: value, readOnly, writeOnly, nullable, deprecated, items, format } = schema;
  const limits = Object.entries(LIMITS).filter(
    ([key]) => schema[key] !== undefined && !isWidth(format, key, schema[key]),
  );
  return {
    type: typeOf(schema),
    readOnly,
    writeOnly,
    deprecated,
    nullable,
    enum: choices(values),
    default: value,
    ...Object.fromEntries(limits.map(([key, name]) => [name, schema[key]])),
    items: items && !items.$ref ? limitedItem(items) : undefined,
  };
}

/** What the list's type does not say of its items. */
function limitedItem(items) {
  const item = written(field(items));
  return typeof item === 'string' ? undefined : item;
}

/** The vendor uses allOf only to hang `nullable` or `readOnly` on a reference. */
function typeOf({ $ref, allOf, oneOf, type, format, items, additionalProperties, enum: values }) {
  if ($ref) return $ref.replace(REF, '#');
  if (allOf?.length === 1) return typeOf(allOf[0]);
  if (allOf) throw new Error(`allOf of ${allOf.length} parts is not handled`);
  if (oneOf) return oneOf.map(typeOf).join('|');
  if (type === 'array') return items ? `${grouped(typeOf(items))}[]` : 'any[]';
  if (typeof additionalProperties === 'object') return `${grouped(typeOf(additionalProperties))}{}`;
  if (type === 'string' && FORMATS.has(format)) return format;
  return type ?? (values ? 'string' : 'any');
}

const grouped = (type) => (type.includes('|') ? `(${type})` : type);

/** A limit that only says how wide the format is. */
function isWidth(format, key, value) {
  const width = WIDTHS[format];
  return (key === 'minimum' && value <= -width) || (key === 'maximum' && value >= width - 1);
}

/** The roles are prose: a line "Required roles:" and a list. */
function rolesOf(description = '') {
  const [, list = ''] = /Required roles:\s*((?:- \w+\s*)+)/.exec(description) ?? [];
  return [...list.matchAll(/\w+/g)].map(([role]) => role).sort();
}
