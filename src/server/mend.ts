import type * as z from 'zod';
import { idMeant } from '../tools/library/ids.ts';
import { marksOf } from '../tools/marks.ts';
import type { Pairs } from '../tools/params.ts';

interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly out?: z.ZodType;
  readonly in?: z.ZodType;
  readonly element?: z.ZodType;
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
}

type Args = Readonly<Record<string, unknown>>;

interface Place {
  /** The argument, or the field of one. */
  readonly name: string;
  readonly depth: number;
}

const DEPTH = 12;

/** Repairs `value` towards `schema` and leaves alone what it can't mend: the schema then says what is wrong. */
export function mend(schema: z.ZodType | undefined, given: unknown, at: Place = { name: '', depth: 0 }): unknown {
  if (!schema || at.depth > DEPTH) return given;
  const { pairs, isId } = marksOf(schema);
  const value = pairs ? objectOf(pairs, given, at) : given;
  const def = (schema as unknown as { _zod: { def: Definition } })._zod.def;
  switch (def.type) {
    case 'optional':
    case 'default':
      return isNotGiven(def.innerType, value) ? undefined : mend(def.innerType, value, at);
    case 'pipe':
      // Behind a transform the value has another shape, which the transform makes itself.
      return isTransform(def.in) ? value : mend(def.out, mend(def.in, value, at), at);
    case 'object': {
      const object = typeof value === 'string' ? fromJson(value, '{') : value;
      if (typeof object !== 'object' || object === null || Array.isArray(object)) return object;
      const kept: Record<string, unknown> = {};
      for (const [name, item] of Object.entries(object)) {
        const inner = Object.hasOwn(def.shape ?? {}, name) ? def.shape?.[name] : undefined;
        const mended = mend(inner, item, { name, depth: at.depth + 1 });
        if (mended !== undefined) define(kept, name, mended);
      }
      return kept;
    }
    case 'custom':
    case 'record':
      return typeof value === 'string' ? fromJson(value, '{') : value;
    case 'array': {
      const items = typeof value === 'string' ? fromJson(value, '[') : value;
      if (items === null || items === undefined) return items;
      return (Array.isArray(items) ? items : [items]).map((item) =>
        mend(def.element, item, { ...at, depth: at.depth + 1 }),
      );
    }
    case 'number':
      return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
    case 'string':
      if (typeof value === 'number' && Number.isFinite(value)) return String(value);
      return isId && typeof value === 'string' ? idMeant(at.name, value) : value;
    case 'enum':
      return sameButForCase(Object.values(def.entries ?? {}), value);
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value;
    default:
      return value;
  }
}

/** `SRT` for srt, `marker` for MARKER. */
function sameButForCase(allowed: readonly unknown[], value: unknown): unknown {
  if (typeof value !== 'string' || allowed.includes(value)) return value;
  const wanted = value.trim().toLowerCase();
  return allowed.find((one) => typeof one === 'string' && one.toLowerCase() === wanted) ?? value;
}

/**
 * The object that a list of pairs stands for. Anything else comes back as it is: an object, and a list in which a name
 * is missing, is there twice or has no value.
 */
function objectOf({ key, item }: Pairs, given: unknown, { name: argument, depth }: Place): unknown {
  const list = typeof given === 'string' ? fromJson(fromJson(given, '{'), '[') : given;
  if (!Array.isArray(list) || list.length === 0) return list;
  const kept: Record<string, unknown> = {};
  for (const pair of list) {
    if (!isObject(pair)) return list;
    // The value may be of any kind, whatever is listed.
    const {
      [key]: name,
      value,
      ...rest
    } = { ...(mend(item, pair, { name: argument, depth: depth + 1 }) as object), value: pair.value } as Args;
    if (isNothing(name) && isNothing(value ?? null) && isNothing(rest)) continue;
    const held = value === undefined && Object.keys(rest).length > 0 ? rest : value;
    if (typeof name !== 'string' || held === undefined || Object.hasOwn(kept, name)) return list;
    define(kept, name, held);
  }
  return kept;
}

export const isObject = (value: unknown): value is Args =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What hosts send for an optional argument that the model did not give: OpenAI's strict mode makes all of them required. */
export const isNothing = (value: unknown): boolean =>
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Nothing, a list of nothing (`[""]`), or, where no text is meant, a text that says nothing, as models write it. */
const isNotGiven = (schema: z.ZodType | undefined, value: unknown): boolean =>
  isNothing(value) ||
  (Array.isArray(value) && value.every(isNothing)) ||
  (typeof value === 'string' && /^(?:null|none|undefined|nil)$/i.test(value.trim()) && isPlain(schema));

/** Whether a number or a yes or no is meant. */
const isPlain = (schema: z.ZodType | undefined): boolean =>
  ['number', 'boolean'].includes(
    (schema as unknown as { _zod?: { def: Definition } } | undefined)?._zod?.def.type ?? '',
  );

const isTransform = (schema: z.ZodType | undefined): boolean =>
  (schema as unknown as { _zod?: { def: Definition } } | undefined)?._zod?.def.type === 'transform';

/** An own property whatever its name is: `__proto__` from a host stays a key and never becomes a prototype. */
export function define(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

function fromJson(text: unknown, start: '{' | '['): unknown {
  if (typeof text !== 'string' || !text.trimStart().startsWith(start)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
