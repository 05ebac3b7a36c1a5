/** A JSON schema as the `parameters` of a Gemini function take it: a part of OpenAPI 3.0. */
type Schema = Readonly<Record<string, unknown>>;

const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  string: ['enum', 'format', 'minLength', 'maxLength'],
  number: ['minimum', 'maximum', 'format'],
  integer: ['minimum', 'maximum', 'format'],
  boolean: [],
  object: ['properties', 'required'],
  array: ['items', 'minItems', 'maxItems'],
};
const FORMATS = ['date-time', 'enum', 'float', 'double', 'int32', 'int64'];

/** Throws for what the dialect cannot say, with the path. The root alone may say `additionalProperties`: clients drop it. */
export function toGemini(schema: Schema): Schema {
  const { additionalProperties, ...root } = schema;
  if (additionalProperties !== false) throw new Error('$: open arguments');
  if (root.type !== 'object') throw new Error('$: no object');
  // A function without parameters leaves them out.
  return Object.keys((root.properties ?? {}) as Schema).length === 0 ? {} : convert(root, '$');
}

function convert(schema: Schema, path: string): Schema {
  const { type, description, ...rest } = schema;
  const known = KEYWORDS[String(type)];
  if (typeof type !== 'string' || !known) throw new Error(`${path}: type ${JSON.stringify(type)}`);
  const unknown = Object.keys(rest).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`${path}: ${unknown.join(', ')}`);
  if (rest.format !== undefined && !FORMATS.includes(String(rest.format))) throw new Error(`${path}: ${rest.format}`);
  if (Array.isArray(rest.enum) && !rest.enum.every((value) => typeof value === 'string' && value !== ''))
    throw new Error(`${path}: an enum of other values than texts`);
  const common = { type: type.toUpperCase(), ...(description !== undefined && { description }) };
  if (type === 'array') {
    if (typeof rest.items !== 'object' || rest.items === null) throw new Error(`${path}: a list without items`);
    return { ...rest, ...common, items: convert(rest.items as Schema, `${path}[]`) };
  }
  return type === 'object' ? { ...common, ...convertObject(schema, path) } : { ...rest, ...common };
}

function convertObject(schema: Schema, path: string): Schema {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  if (properties.length === 0) throw new Error(`${path}: an object without properties`);
  const badName = properties.find(([name]) => !/^[A-Za-z_]\w{0,63}$/.test(name));
  if (badName) throw new Error(`${path}: a property called ${badName[0]}`);
  const required = (schema.required ?? []) as readonly string[];
  const strangers = required.filter((name) => !properties.some(([known]) => known === name));
  if (strangers.length > 0) throw new Error(`${path}: requires ${strangers.join(', ')}, which is no property`);
  return {
    properties: Object.fromEntries(properties.map(([name, inner]) => [name, convert(inner, `${path}.${name}`)])),
    ...(required.length > 0 && { required }),
  };
}
