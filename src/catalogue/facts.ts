import { type Field, type Fields, fieldFrom, type Written } from './notation.ts';

export interface Operation {
  /** Names, in the order of the path. */
  readonly path: readonly string[];
  readonly query: Fields;
  /** Without the two credentials. */
  readonly headers: Fields;
  readonly body?: Field;
  /** Status below 400 → its schema; undefined where nothing is said of the body. */
  readonly answers: Readonly<Record<string, Field | undefined>>;
  readonly errors: readonly number[];
  /** Where it is not JSON: the media type of `body` or of a status. */
  readonly media: Readonly<Record<string, string>>;
  readonly roles: readonly string[];
  readonly deprecated: boolean;
  /** A call without a body is complete. */
  readonly body_optional?: boolean;
  /** Where the description of 2025 lacks it. */
  readonly since?: 2026;
}

/** What the vendor described at one time. */
export interface Facts {
  /** By route: `GET /API/assets/v1/assets/{asset_id}/`. */
  find(route: string): Operation | undefined;
  /** Throws where the description lacks the route. */
  operation(route: string): Operation;
  /** By name: `assets/AssetSchema`. Throws where the description lacks it. */
  schema(name: string): Field;
  /** The fields of the request's body; undefined when the operation takes none. */
  body(route: string): Fields | undefined;
  /** The schema of the first 2xx that has one; undefined when none has. */
  answer(route: string): Field | undefined;
  /** The field with its reference followed; what stands beside the reference wins. Deeper ones stay references. */
  resolve(field: Field): Field;
  /** The fields of an object, each resolved; none for anything else. Of one of several objects: those of all. */
  fieldsOf(field: Field): Fields;
  /** The same with references as they stand, which takes less time. */
  unresolvedFieldsOf(field: Field): Fields;
}

/** An operation or a schema, in the notation of the fact files. */
export type Entry = Readonly<Record<string, unknown>>;
/** By name; a `Map` is one. */
export interface Entries {
  keys(): Iterable<string>;
  get(name: string): Entry | undefined;
}
/** The operations by route, and the schemas by name. */
export interface Part {
  readonly operations: Entries;
  readonly schemas: Entries;
}

const mapped = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

/** Turns entries into fields when they are asked for. */
export function createFacts({ operations, schemas }: Part): Facts {
  const known = new Map<string, Operation | Field | undefined>();
  const once = <T extends Operation | Field | undefined>(key: string, make: () => T): T => {
    if (!known.has(key)) known.set(key, make());
    return known.get(key) as T;
  };
  const find = (route: string) =>
    once(route, () => {
      const written = operations.get(route);
      return written ? operationFrom(route, written) : undefined;
    });
  function operation(route: string): Operation {
    const found = find(route);
    if (!found) throw new Error(`not in the vendor's description: ${route}`);
    return found;
  }
  const fields = createFields((name) => once(name, () => schemaFrom(name, schemas)));
  return {
    find,
    operation,
    ...fields,
    body(route) {
      const { body } = operation(route);
      return body && fields.fieldsOf(body);
    },
    answer(route) {
      const answers = Object.entries(operation(route).answers);
      const [, found] = answers.find(([status, field]) => status.startsWith('2') && field) ?? [];
      return found && fields.resolve(found);
    },
  };
}

function createFields(schema: Facts['schema']): Pick<Facts, 'schema' | 'resolve' | 'fieldsOf' | 'unresolvedFieldsOf'> {
  function resolve(field: Field): Field {
    if (field.ref === undefined) return field;
    const { ref, ...beside } = field;
    return { ...resolve(schema(ref)), ...beside };
  }
  function unresolvedFieldsOf(field: Field): Fields {
    const { fields = {}, oneOf = [] } = resolve(field);
    return { ...Object.assign({}, ...oneOf.map(unresolvedFieldsOf)), ...fields };
  }
  const fieldsOf = (field: Field): Fields => mapped(unresolvedFieldsOf(field), resolve);
  return { schema, resolve, fieldsOf, unresolvedFieldsOf };
}

function schemaFrom(name: string, schemas: Part['schemas']): Field {
  const written = schemas.get(name);
  if (!written) throw new Error(`schema not in the facts: ${name}`);
  const service = name.slice(0, name.indexOf('/'));
  if (typeof written['|'] === 'string') return fieldFrom(written['|'], service);
  return { type: 'object', fields: mapped(written, (field) => fieldFrom(field as Written, service)) };
}

function operationFrom(route: string, written: Entry): Operation {
  const [, service = ''] = /API\/([^/]+)\//.exec(route) ?? [];
  const fieldOf = (field: unknown): Field | undefined =>
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
