import type * as z from 'zod';

export interface Projection {
  /** Keeps signed addresses. */
  readonly signed: boolean;
  /**
   * For our own use: a number that no double holds is absent. An answer keeps it as the text of its digits, as which the
   * client reads it.
   */
  readonly internal?: boolean;
}

/**
 * Cuts Iconik's answer down to what an output schema names: other keys, nulls and what has another type go. It never
 * fails, because an API grows fields and values between two releases of ours.
 */
export function project(schema: z.ZodType, value: unknown, options: Projection): unknown {
  const def = (schema as unknown as { _zod: { def: Definition } })._zod.def;
  if (value === null || value === undefined) return def.type === 'default' ? def.defaultValue : undefined;
  if (!options.signed && schema.meta()?.signed) return undefined;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
      return def.innerType && project(def.innerType, value, options);
    case 'object':
      return isRecord(value) ? projectObject(def, value, options) : undefined;
    case 'record':
      return isRecord(value)
        ? mapValues(value, (item) => def.valueType && project(def.valueType, item, options))
        : undefined;
    case 'array': {
      if (!Array.isArray(value)) return undefined;
      return value
        .map((item) => def.element && project(def.element, item, options))
        .filter((item) => item !== undefined);
    }
    case 'string':
      return typeof value === 'string' ? value : JSON.stringify(value);
    case 'number':
      return options.internal ? internalNumber(def, value) : shownNumber(def, value);
    case 'boolean':
      return typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined;
    default:
      return value;
  }
}

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** Digits that every double holds. */
const SAFE_DIGITS = 15;

/** The digits of a number as text where a double may not hold them. */
function shownNumber(def: Definition, value: unknown): number | string | undefined {
  if (typeof value !== 'string' || !NUMBER.test(value.trim())) return internalNumber(def, value);
  const [digits = ''] = value.trim().split(/[eE]/);
  const number = Number(value);
  const isLost = number === 0 && /[1-9]/.test(digits);
  const isHeld = Number.isFinite(number) && !isLost && digits.replace(/\D/g, '').length <= SAFE_DIGITS;
  return isHeld ? (internalNumber(def, value) ?? value.trim()) : value.trim();
}

function internalNumber({ check }: Definition, value: unknown): number | undefined {
  const number = numberOf(value);
  if (number === undefined || !Number.isFinite(number)) return undefined;
  if (check !== 'number_format') return number;
  const whole = Math.round(number);
  return Number.isSafeInteger(whole) ? whole : undefined;
}

/** A number, or the text of one; infinite where no double holds it. */
function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
}

interface Definition {
  readonly type: string;
  readonly check?: string;
  readonly innerType?: z.ZodType;
  readonly defaultValue?: unknown;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
}

function projectObject(def: Definition, value: Record<string, unknown>, options: Projection): unknown {
  const shape = def.shape ?? {};
  const names = Object.keys(shape);
  // An object without named fields is free: it is kept as it is.
  if (names.length === 0) return mapValues(value, (item) => item ?? undefined);
  const kept: Record<string, unknown> = {};
  for (const name of names) {
    const own = Object.hasOwn(value, name) ? value[name] : undefined;
    const item = project(shape[name] as z.ZodType, own, options);
    if (item !== undefined) kept[name] = item;
  }
  return kept;
}

function mapValues(value: Record<string, unknown>, change: (item: unknown) => unknown): Record<string, unknown> {
  const entries = Object.entries(value).map(([key, item]) => [key, change(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
