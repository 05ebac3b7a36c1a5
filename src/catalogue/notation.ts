/** A field, parameter or schema of Iconik's API; without a `type`, any value. */
export interface Field {
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
  readonly fields?: Fields;
  readonly items?: Field;
  /** Of an object with free keys. */
  readonly values?: Field;
  readonly oneOf?: readonly Field[];
}
export type Fields = Readonly<Record<string, Field>>;

/** A field as the fact files write it: see `scripts/contract-facts/notation.mjs`. */
export type Written = string | { readonly is: string; readonly [limit: string]: unknown };

const FORMATS = ['uuid', 'date-time', 'date', 'url', 'email', 'binary'];
const LIMITS: Readonly<Record<string, keyof Field>> = {
  enum: 'enum',
  default: 'default',
  min: 'minimum',
  max: 'maximum',
  min_items: 'minItems',
  max_items: 'maxItems',
  min_length: 'minLength',
  max_length: 'maxLength',
};

/** The field that the notation stands for; `service` is where its `#Name`s are. */
export function fieldFrom(written: Written, service: string): Field {
  const { is, items, ...limits } = typeof written === 'string' ? { is: written } : written;
  const [, before = '', type = '', after = ''] = /^([~+-]*)(.*?)([?!]*)$/s.exec(is) ?? [];
  const field = typeFrom(type, service);
  return {
    ...field,
    ...(field.items && items !== undefined && { items: fieldFrom(items as Written, service) }),
    ...Object.fromEntries(Object.entries(limits).map(([name, limit]) => [LIMITS[name], limit])),
    ...(before.includes('~') && { readOnly: true }),
    ...(before.includes('+') && { writeOnly: true }),
    ...(before.includes('-') && { deprecated: true }),
    ...(after.includes('?') && { nullable: true }),
    ...(after.includes('!') && { required: true }),
  };
}

function typeFrom(type: string, service: string): Field {
  const inner = type.slice(0, -2).replace(/^\((.*)\)$/, '$1');
  if (type.endsWith('[]')) return { type: 'array', items: typeFrom(inner, service) };
  if (type.endsWith('{}')) return { type: 'object', values: typeFrom(inner, service) };
  if (type.includes('|')) return { oneOf: type.split('|').map((one) => typeFrom(one, service)) };
  if (type.startsWith('#')) return { ref: `${service}/${type.slice(1)}` };
  if (FORMATS.includes(type)) return { type: 'string', format: type };
  return type === 'any' ? {} : { type: type as NonNullable<Field['type']> };
}
