/** A JSON schema as a function of OpenAI's API takes it with `strict: true`. */
type Schema = Readonly<Record<string, unknown>>;

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array'];
/** Keywords that strict mode takes beside `type`. */
const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  string: ['enum'],
  number: ['enum', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  integer: ['enum', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  boolean: [],
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'minItems', 'maxItems'],
};
/** Levels of objects, properties, enum values, and characters of all names and enum values, in one schema. */
const [MAX_DEPTH, MAX_PROPERTIES, MAX_ENUM, MAX_CHARACTERS] = [10, 5_000, 1_000, 120_000];

interface Sums {
  properties: number;
  enums: number;
  characters: number;
}

/**
 * The schema in strict mode: every property required, an optional one nullable, no other properties. Throws for what the
 * mode cannot say, with the path.
 */
export function toOpenAiStrict(schema: Schema): Schema {
  if (schema.type !== 'object') throw new Error('the root is no object');
  const sums: Sums = { properties: 0, enums: 0, characters: 0 };
  const strict = convert(schema, '$', 1, sums);
  if (sums.properties > MAX_PROPERTIES) throw new Error(`${sums.properties} properties`);
  if (sums.enums > MAX_ENUM) throw new Error(`${sums.enums} enum values`);
  if (sums.characters > MAX_CHARACTERS) throw new Error(`${sums.characters} characters of names and enum values`);
  return strict;
}

function convert(schema: Schema, path: string, depth: number, sums: Sums): Schema {
  const { type, description, ...rest } = schema;
  if (typeof type !== 'string' || !TYPES.includes(type)) throw new Error(`${path}: type ${JSON.stringify(type)}`);
  const unknown = Object.keys(rest).filter((key) => !KEYWORDS[type]?.includes(key));
  if (unknown.length > 0) throw new Error(`${path}: ${unknown.join(', ')}`);
  const values = (rest.enum ?? []) as readonly string[];
  sums.enums += values.length;
  sums.characters += values.join('').length;
  const common = { type, ...(description !== undefined && { description }) };
  if (type === 'array') return { ...rest, ...common, items: convert(itemsOf(schema, path), `${path}[]`, depth, sums) };
  return type === 'object' ? { ...common, ...convertObject(schema, path, depth, sums) } : { ...rest, ...common };
}

function itemsOf({ items }: Schema, path: string): Schema {
  if (typeof items !== 'object' || items === null) throw new Error(`${path}: a list without items`);
  return items as Schema;
}

function convertObject(schema: Schema, path: string, depth: number, sums: Sums): Schema {
  if (depth > MAX_DEPTH) throw new Error(`${path}: nested deeper than ${MAX_DEPTH}`);
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== false)
    throw new Error(`${path}: additionalProperties`);
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  if (properties.length === 0 && path !== '$') throw new Error(`${path}: an object without properties`);
  sums.properties += properties.length;
  sums.characters += properties.map(([name]) => name).join('').length;
  const required = (schema.required ?? []) as readonly string[];
  const converted = properties.map(([name, inner]) => {
    const strict = convert(inner, `${path}.${name}`, depth + 1, sums);
    return [name, required.includes(name) ? strict : nullable(strict)] as const;
  });
  return {
    properties: Object.fromEntries(converted),
    required: properties.map(([name]) => name),
    additionalProperties: false,
  };
}

const nullable = (schema: Schema): Schema => ({
  ...schema,
  type: [schema.type, 'null'],
  ...(Array.isArray(schema.enum) && { enum: [...schema.enum, null] }),
});
