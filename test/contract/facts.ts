import { readFileSync } from 'node:fs';

/** One field, parameter or schema of the vendor's description; without a `type`, any value. */
export interface FactField {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array';
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly required?: true;
  readonly nullable?: true;
  readonly readOnly?: true;
  readonly writeOnly?: true;
  readonly deprecated?: true;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** `service/Name` of the schema that this is. */
  readonly ref?: string;
  readonly fields?: FactFields;
  readonly items?: FactField;
  /** Of an object with free keys. */
  readonly values?: FactField;
  readonly oneOf?: readonly FactField[];
}
export type FactFields = Readonly<Record<string, FactField>>;

export interface Operation {
  /** Names, in the order of the path. */
  readonly path: readonly string[];
  readonly query: FactFields;
  /** Without the two credentials. */
  readonly headers: FactFields;
  /** `service/Name`. */
  readonly body?: string;
  /** Status → `service/Name`, null without a schema. */
  readonly answers: Readonly<Record<string, string | null>>;
  /** Where it is not JSON: the media type of `body` or of a status. */
  readonly media: Readonly<Record<string, string>>;
  readonly roles: readonly string[];
  readonly deprecated: boolean;
}

interface Written {
  readonly operations: Readonly<Record<string, Partial<Operation>>>;
  readonly schemas: FactFields;
}

const { operations, schemas } = JSON.parse(readFileSync(new URL('./facts.json', import.meta.url), 'utf8')) as Written;

function find(route: string): Operation | undefined {
  const written = Object.hasOwn(operations, route) ? operations[route] : undefined;
  if (!written) return undefined;
  return { path: [], query: {}, headers: {}, answers: {}, media: {}, roles: [], deprecated: false, ...written };
}

function operation(route: string): Operation {
  const found = find(route);
  if (!found) throw new Error(`not in the vendor's description: ${route}`);
  return found;
}

function schema(name: string): FactField {
  const found = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  if (!found) throw new Error(`schema not in the facts: ${name}`);
  return found;
}

/** The field with its reference followed; what stands beside the reference wins. Deeper ones stay references. */
export function resolve(field: FactField): FactField {
  if (field.ref === undefined) return field;
  const { ref, ...beside } = field;
  const target = resolve(schema(ref));
  return target.fields ? { type: 'object', ...target, ...beside } : { ...target, ...beside };
}

/** The fields of an object, each resolved; none for anything else. */
export function fieldsOf(field: FactField): FactFields {
  const { fields = {} } = resolve(field);
  return Object.fromEntries(Object.entries(fields).map(([name, inner]) => [name, resolve(inner)]));
}

/** The fields of the request's body; undefined when the operation takes none. */
function body(route: string): FactFields | undefined {
  const name = operation(route).body;
  return name === undefined ? undefined : fieldsOf(schema(name));
}

/** The schema of the first 2xx that has one; undefined when none has. */
function answer(route: string): FactField | undefined {
  const entries = Object.entries(operation(route).answers);
  const [, name] = entries.find(([status, named]) => status.startsWith('2') && named !== null) ?? [];
  return name == null ? undefined : resolve({ ref: name });
}

export const facts = {
  /** All routes, sorted. */
  routes: Object.keys(operations) as readonly string[],
  /** All schemas' names, sorted. */
  schemas: Object.keys(schemas) as readonly string[],
  find,
  operation,
  schema,
  body,
  answer,
  resolve,
} as const;
