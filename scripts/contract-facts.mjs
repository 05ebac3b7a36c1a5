// Writes test/contract/facts.json: what the tests need of the vendor's OpenAPI documents, without its prose.
// node scripts/contract-facts.mjs [folder of the documents] [--check]
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const OUT = fileURLToPath(new URL('../test/contract/facts.json', import.meta.url));
const HOME = fileURLToPath(new URL('../../shared/iconik-api', import.meta.url));

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const CREDENTIALS = new Set(['App-ID', 'Auth-Token']);
/** The services whose bodies and answers are kept in full; of the others, only the routes. */
const IN_FULL = new Set(['assets', 'files', 'jobs', 'metadata', 'search', 'transcode', 'users']);
const REF = '#/components/schemas/';
const KEPT = ['type', 'format', 'enum', 'default', 'deprecated', 'nullable', 'readOnly', 'writeOnly', 'minimum'];
const KEPT_LIMITS = ['maximum', 'minItems', 'maxItems', 'minLength', 'maxLength'];
const WIDTHS = { int32: 2 ** 31, int64: 2 ** 63 };

const byKey = ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0);
const sorted = (record) => Object.fromEntries(Object.entries(record).sort(byKey));
const mapValues = (record, change) => sorted(Object.fromEntries(Object.entries(record).map(change)));
const compact = (record) => Object.fromEntries(Object.entries(record).filter(([, value]) => !isNothing(value)));

function isNothing(value) {
  if (value === undefined || value === false) return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** A limit that only says how wide the format is. */
function isWidth(format, key, value) {
  const width = WIDTHS[format];
  return (key === 'minimum' && value <= -width) || (key === 'maximum' && value >= width - 1);
}

function keptOf(schema) {
  const kept = {};
  for (const key of [...KEPT, ...KEPT_LIMITS]) {
    const value = schema[key];
    if (value === undefined || (value === false && key !== 'default') || isWidth(schema.format, key, value)) continue;
    kept[key] = value;
  }
  return kept;
}

const refName = (service, ref) => {
  if (!ref.startsWith(REF)) throw new Error(`${service}: a reference outside the document: ${ref}`);
  return `${service}/${ref.slice(REF.length)}`;
};

function fieldsOf(service, { properties, required = [] }) {
  return mapValues(properties, ([name, schema]) => {
    const field = fieldOf(service, schema);
    return [name, required.includes(name) ? { ...field, required: true } : field];
  });
}

/** A schema, wherever it stands, as a field. */
function fieldOf(service, schema) {
  const field = keptOf(schema);
  if (schema.$ref) field.ref = refName(service, schema.$ref);
  if (schema.properties) field.fields = fieldsOf(service, schema);
  if (schema.items) field.items = fieldOf(service, schema.items);
  if (typeof schema.additionalProperties === 'object') field.values = fieldOf(service, schema.additionalProperties);
  if (schema.oneOf) field.oneOf = schema.oneOf.map((one) => fieldOf(service, one));
  if (!schema.allOf) return field;
  // The vendor uses allOf only to hang `nullable` or `readOnly` on a reference.
  if (schema.allOf.length !== 1) throw new Error(`${service}: allOf of ${schema.allOf.length} parts is not handled`);
  return { ...fieldOf(service, schema.allOf[0]), ...field };
}

function schemaOf(service, schema) {
  const { type, ...rest } = fieldOf(service, schema);
  return rest.fields ? rest : { type, ...rest };
}

function parametersOf(service, parameters, place) {
  const here = parameters.filter(({ in: where, name }) => where === place && !CREDENTIALS.has(name));
  const entries = here.map(({ name, schema, required, deprecated }) => {
    const field = fieldOf(service, schema);
    if (required) field.required = true;
    if (deprecated) field.deprecated = true;
    return [name, field];
  });
  return sorted(Object.fromEntries(entries));
}

function pathNames(route, parameters) {
  const names = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
  return names.sort((a, b) => route.indexOf(`{${a}}`) - route.indexOf(`{${b}}`));
}

/** The roles are prose: a line "Required roles:" and a list. */
function rolesOf(description = '') {
  const [, list = ''] = /Required roles:\s*((?:- \w+\s*)+)/.exec(description) ?? [];
  return [...list.matchAll(/\w+/g)].map(([role]) => role).sort();
}

/** Reads one service; schemas that stand unnamed in an operation are named after it. */
function readService(service, { paths, components }) {
  const schemas = {};
  const operations = {};
  for (const [name, schema] of Object.entries(components.schemas)) {
    schemas[`${service}/${name}`] = schemaOf(service, schema);
  }

  const nameOf = (schema, label) => {
    if (!schema) return null;
    if (schema.$ref) return refName(service, schema.$ref);
    const name = `${service}/${label}`;
    schemas[name] = schemaOf(service, schema);
    return name;
  };

  const contentOf = (content = {}, label) => {
    const types = Object.keys(content);
    const media = types.includes('application/json') ? undefined : types.sort()[0];
    return { schema: nameOf(content[media ?? 'application/json']?.schema, label), media };
  };

  const operationOf = (route, { parameters = [], description, requestBody, responses, deprecated }) => {
    const body = contentOf(requestBody?.content, `${route} body`);
    const statuses = Object.keys(responses).filter((status) => status !== 'default');
    const answers = statuses.map((status) => [status, contentOf(responses[status].content, `${route} ${status}`)]);
    return compact({
      path: pathNames(route, parameters),
      query: parametersOf(service, parameters, 'query'),
      headers: parametersOf(service, parameters, 'header'),
      body: body.schema ?? undefined,
      answers: Object.fromEntries(answers.map(([status, { schema }]) => [status, schema])),
      media: compact(
        Object.fromEntries([['body', body.media], ...answers.map(([status, { media }]) => [status, media])]),
      ),
      roles: rolesOf(description),
      deprecated,
    });
  };

  for (const [path, item] of Object.entries(paths)) {
    for (const method of METHODS.filter((name) => item[name])) {
      const route = `${method.toUpperCase()} /API/${service}${path}`;
      operations[route] = operationOf(route, item[method]);
    }
  }
  return { operations, schemas };
}

function refsIn(value) {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(refsIn);
  return typeof value.ref === 'string' ? [value.ref, ...inside] : inside;
}

/** The schemas that the operations in full lead to. */
function reachable(operations, schemas) {
  const kept = {};
  const waiting = Object.entries(operations)
    .filter(([route]) => IN_FULL.has(route.split('/')[2]))
    .flatMap(([, { body, answers = {} }]) => [body, ...Object.values(answers)]);
  while (waiting.length > 0) {
    const name = waiting.pop();
    if (!name || kept[name]) continue;
    if (!schemas[name]) throw new Error(`no such schema: ${name}`);
    kept[name] = schemas[name];
    waiting.push(...refsIn(kept[name]));
  }
  return kept;
}

function readFacts(folder) {
  const operations = {};
  const schemas = {};
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const read = readService(basename(file, '.json'), JSON.parse(readFileSync(join(folder, file), 'utf8')));
    Object.assign(operations, read.operations);
    Object.assign(schemas, read.schemas);
  }
  return { operations: sorted(operations), schemas: sorted(reachable(operations, schemas)) };
}

// One line per operation and schema: small, and a change of the vendor's shows as the lines that changed.
function print({ operations, schemas }) {
  const lines = (record) =>
    Object.entries(record)
      .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
      .join(',\n');
  return `{"operations":{\n${lines(operations)}\n},"schemas":{\n${lines(schemas)}\n}}\n`;
}

function differences(before, after) {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

function check(text) {
  const written = existsSync(OUT) ? readFileSync(OUT, 'utf8') : '{"operations":{},"schemas":{}}';
  if (written === text) return console.log('contract facts: in step');
  const [before, after] = [JSON.parse(written), JSON.parse(text)];
  const changed = ['operations', 'schemas'].flatMap((part) => differences(before[part], after[part]));
  console.error(`contract facts: out of step with the documents, ${changed.length} entries differ`);
  for (const key of changed.slice(0, 20)) console.error(`  ${key}`);
  console.error('run: node scripts/contract-facts.mjs');
  process.exitCode = 1;
}

function write(facts, text) {
  writeFileSync(OUT, text);
  const [operations, schemas] = [Object.keys(facts.operations).length, Object.keys(facts.schemas).length];
  console.log(`contract facts: ${operations} operations, ${schemas} schemas, ${Math.ceil(text.length / 1000)} kB`);
}

function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { check: { type: 'boolean' } } });
  const folder = positionals[0] ?? HOME;
  if (!existsSync(folder)) {
    if (values.check) return console.log("contract facts: not checked, the vendor's documents are not here");
    console.error(`contract facts: no such folder: ${folder}`);
    process.exitCode = 1;
    return;
  }
  const facts = readFacts(folder);
  const text = print(facts);
  if (values.check) check(text);
  else write(facts, text);
}

main();
