import { readFileSync } from 'node:fs';
import { type FactField, type FactFields, fieldFrom, type Written } from './notation.ts';

export type { FactField, FactFields } from './notation.ts';

export interface Operation {
  /** Names, in the order of the path. */
  readonly path: readonly string[];
  readonly query: FactFields;
  /** Without the two credentials. */
  readonly headers: FactFields;
  readonly body?: FactField;
  /** Status below 400 → its schema; undefined where nothing is said of the body. */
  readonly answers: Readonly<Record<string, FactField | undefined>>;
  readonly errors: readonly number[];
  /** Where it is not JSON: the media type of `body` or of a status. */
  readonly media: Readonly<Record<string, string>>;
  readonly roles: readonly string[];
  readonly deprecated: boolean;
}

/** What the vendor described at one time. */
export interface Facts {
  /** All routes, sorted: `GET /API/assets/v1/assets/{asset_id}/`. */
  readonly routes: readonly string[];
  /** All schemas' names, sorted: `assets/AssetSchema`. */
  readonly schemas: readonly string[];
  find(route: string): Operation | undefined;
  /** Throws where the description lacks the route. */
  operation(route: string): Operation;
  schema(name: string): FactField;
  /** The fields of the request's body; undefined when the operation takes none. */
  body(route: string): FactFields | undefined;
  /** The schema of the first 2xx that has one; undefined when none has. */
  answer(route: string): FactField | undefined;
  /** The field with its reference followed; what stands beside the reference wins. Deeper ones stay references. */
  resolve(field: FactField): FactField;
  /** The fields of an object, each resolved; none for anything else. Of one of several objects: those of all. */
  fieldsOf(field: FactField): FactFields;
}

type Entry = Readonly<Record<string, unknown>>;
interface Part {
  readonly operations: Readonly<Record<string, Entry | null>>;
  readonly schemas: Readonly<Record<string, Entry | null>>;
}

const read = (name: string): Part => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Part;

/** The entries with the changes made; null takes an entry or a key away. */
function changed(entries: Part['schemas'], changes: Part['schemas']): Part['schemas'] {
  const made = Object.entries(changes).map(([key, change]) => {
    const parts = Object.entries({ ...entries[key], ...change }).filter(([, part]) => part !== null);
    return [key, change && Object.fromEntries(parts)] as const;
  });
  return Object.fromEntries(Object.entries({ ...entries, ...Object.fromEntries(made) }).filter(([, entry]) => entry));
}

const mapped = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

function createFacts({ operations, schemas }: Part): Facts {
  const known = new Map<string, unknown>();
  const once = <T>(key: string, make: () => T): T => {
    if (!known.has(key)) known.set(key, make());
    return known.get(key) as T;
  };

  const find = (route: string): Operation | undefined =>
    once(route, () => {
      const written = Object.hasOwn(operations, route) ? operations[route] : undefined;
      return written ? operationFrom(route, written) : undefined;
    });

  function operation(route: string): Operation {
    const found = find(route);
    if (!found) throw new Error(`not in the vendor's description: ${route}`);
    return found;
  }

  const schema = (name: string): FactField =>
    once(name, () => {
      const written = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
      if (!written) throw new Error(`schema not in the facts: ${name}`);
      const service = name.slice(0, name.indexOf('/'));
      if (typeof written['|'] === 'string') return fieldFrom(written['|'], service);
      return { type: 'object', fields: mapped(written, (field) => fieldFrom(field as Written, service)) };
    });

  function resolve(field: FactField): FactField {
    if (field.ref === undefined) return field;
    const { ref, ...beside } = field;
    return { ...resolve(schema(ref)), ...beside };
  }

  function fieldsOf(field: FactField): FactFields {
    const { fields = {}, oneOf = [] } = resolve(field);
    return { ...Object.assign({}, ...oneOf.map(fieldsOf)), ...mapped(fields, resolve) };
  }

  return {
    routes: Object.keys(operations).sort(),
    schemas: Object.keys(schemas).sort(),
    find,
    operation,
    schema,
    resolve,
    fieldsOf,
    body(route) {
      const { body } = operation(route);
      return body && fieldsOf(body);
    },
    answer(route) {
      const answers = Object.entries(operation(route).answers);
      const [, found] = answers.find(([status, field]) => status.startsWith('2') && field) ?? [];
      return found && resolve(found);
    },
  };
}

function operationFrom(route: string, written: Entry): Operation {
  const [, service = ''] = /API\/([^/]+)\//.exec(route) ?? [];
  const fieldOf = (field: unknown): FactField | undefined =>
    field === '' || field === undefined ? undefined : fieldFrom(field as Written, service);
  const { query = {}, headers = {}, body, answers = {}, described = {}, ...rest } = written;
  const inBody = fieldOf(body);
  return {
    path: [...route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
    query: mapped(query as Record<string, Written>, (field) => fieldFrom(field, service)),
    headers: mapped(headers as Record<string, Written>, (field) => fieldFrom(field, service)),
    ...(inBody && { body: inBody }),
    answers: mapped({ ...(described as object), ...(answers as object) }, fieldOf),
    errors: [],
    media: {},
    roles: [],
    deprecated: false,
    ...rest,
  };
}

const after = read('./facts-2026.json');
const before = read('./facts-2025.json');

/** The vendor's facts of July 2026, corrected by what a client saw of the live system. */
export const facts2026: Facts = createFacts(after);

/** The vendor's OpenAPI documents of May 2025. */
export const facts2025: Facts = createFacts({
  operations: changed(after.operations, before.operations),
  schemas: changed(after.schemas, before.schemas),
});
