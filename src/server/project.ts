import type * as z from 'zod';
import { marksOf } from '../tools/marks.ts';

export interface Projection {
  /** Keeps signed addresses. */
  readonly signed: boolean;
  /**
   * For our own use: a number that no double holds is absent. An answer keeps it as the text of its digits, as which the
   * client reads it.
   */
  readonly internal?: boolean;
}

type Project = (value: unknown, options: Projection) => unknown;

/**
 * Cuts Iconik's answer down to what an output schema names: other keys, nulls and what has another type go. It never
 * fails, because an API grows fields and values between two releases of ours.
 */
export const project = (schema: z.ZodType, value: unknown, options: Projection): unknown =>
  projectionOf(schema)(value, options);

/** To read a schema takes longer than to cut an answer down to it. */
const known = new WeakMap<z.ZodType, Project>();

function projectionOf(schema: z.ZodType): Project {
  const found = known.get(schema);
  if (found) return found;
  const def = (schema as unknown as { _zod: { def: Definition } })._zod.def;
  const isSigned = marksOf(schema).signed === true;
  const there = ofValue(def);
  const made: Project = (value, options) => {
    if (value === null || value === undefined) return def.type === 'default' ? def.defaultValue : undefined;
    return isSigned && !options.signed ? undefined : there(value, options);
  };
  known.set(schema, made);
  return made;
}

function ofValue(def: Definition): Project {
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
      return inner(def.innerType);
    case 'object':
      return ofObject(def);
    case 'record': {
      const item = inner(def.valueType);
      return (value, options) => (isRecord(value) ? mapValues(value, (one) => item(one, options)) : undefined);
    }
    case 'array': {
      const item = inner(def.element);
      return (value, options) =>
        Array.isArray(value) ? value.map((one) => item(one, options)).filter((one) => one !== undefined) : undefined;
    }
    case 'string':
      return (value) => (typeof value === 'string' ? value : JSON.stringify(value));
    case 'number':
      return (value, { internal }) => (internal ? internalNumber(def, value) : shownNumber(def, value));
    case 'boolean':
      return (value) =>
        typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined;
    default:
      return (value) => value;
  }
}

/** Looked up when there is a value: a schema may hold itself. */
const inner =
  (schema: z.ZodType | undefined): Project =>
  (value, options) =>
    schema && projectionOf(schema)(value, options);

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

function ofObject({ shape = {} }: Definition): Project {
  const names = Object.keys(shape);
  // An object without named fields is free: it is kept as it is.
  if (names.length === 0)
    return (value) => (isRecord(value) ? mapValues(value, (item) => item ?? undefined) : undefined);
  const fields = names.map((name) => [name, inner(shape[name])] as const);
  return (value, options) => {
    if (!isRecord(value)) return undefined;
    const kept: Record<string, unknown> = {};
    for (const [name, field] of fields) {
      const item = field(Object.hasOwn(value, name) ? value[name] : undefined, options);
      if (item !== undefined) kept[name] = item;
    }
    return kept;
  };
}

function mapValues(value: Record<string, unknown>, change: (item: unknown) => unknown): Record<string, unknown> {
  const entries = Object.entries(value).map(([key, item]) => [key, change(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
