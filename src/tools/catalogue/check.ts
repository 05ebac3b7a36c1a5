import type { Field, Fields } from '../../catalogue/notation.ts';
import type { Catalogue } from '../../catalogue/types.ts';
import { closestTo } from '../../text/nearest.ts';
import { shorten } from '../../text/tokens.ts';
import { unquoted } from '../../text/trim.ts';
import { isWebAddress, WEB_ADDRESS } from '../../text/web_address.ts';

type Values = Readonly<Record<string, unknown>>;

/** Arguments as Iconik takes them, and what is wrong with them, a sentence each. */
export interface Checked {
  readonly value: Values;
  readonly faults: readonly string[];
}

export interface Expected {
  /** How errors call it: `query`, `body`. */
  readonly name: string;
  readonly fields: Fields;
  /** Nothing has to be there. */
  readonly partial: boolean;
  /** Other names are allowed. */
  readonly open: boolean;
}

/** Levels of an object that are checked; deeper ones go as they are. */
const MAX_DEPTH = 8;
/** Names that an error lists. */
const MAX_NAMES = 25;

/**
 * Holds arguments against the fields of an operation, as far as the facts say: names, kinds, allowed values, limits and what
 * has to be there. Mends what hosts do to plain values: `"42"` for a number, `"true"`, one value for a list.
 */
export function checked(catalogue: Catalogue, given: Values, expected: Expected): Checked {
  const faults: string[] = [];
  const check = { fieldsOf: catalogue.fieldsOf, fault: (text: string) => void faults.push(text) };
  return { value: objectOf(check, given, expected, 0), faults };
}

interface Check {
  readonly fieldsOf: Catalogue['fieldsOf'];
  readonly fault: (text: string) => void;
}

function objectOf(check: Check, given: Values, { name, fields, partial, open }: Expected, depth: number): Values {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (field) kept[key] = checkedValue(check, value, field, { at: `${name}.${key}`, partial, depth });
    else if (open) kept[key] = value;
    else check.fault(unknownName(name, key, Object.keys(fields)));
  }
  if (partial) return kept;
  for (const [key, field] of Object.entries(fields))
    if (field.required && kept[key] === undefined) check.fault(`${name}.${key} is missing${allowedIn(field)}.`);
  return kept;
}

function unknownName(where: string, name: string, known: readonly string[]): string {
  const near = closestTo(name, known);
  const hint = near ? ` Did you mean "${near}"?` : '';
  if (known.length === 0) return `${where} takes nothing, so "${shorten(name, 60)}" is unknown.`;
  const list = known.slice(0, MAX_NAMES).join(', ');
  return `${where} has no "${shorten(name, 60)}".${hint} Known: ${list}${known.length > MAX_NAMES ? ' …' : ''}.`;
}

interface Place {
  /** `body.objects[2].status`. */
  readonly at: string;
  readonly partial: boolean;
  readonly depth: number;
}

function checkedValue(check: Check, value: unknown, field: Field, place: Place): unknown {
  if (value === null || value === undefined || place.depth > MAX_DEPTH) return value;
  if (field.oneOf) return oneOf(check, value, field.oneOf, place);
  if (field.type === 'array') return listOf(check, value, field, place);
  const fields = check.fieldsOf(field);
  if (field.type === 'object' || field.ref !== undefined || Object.keys(fields).length > 0)
    return inner(check, value, { field, fields, place });
  return plain(check, value, field, place.at);
}

/** The first kind that fits. */
function oneOf(check: Check, value: unknown, kinds: readonly Field[], place: Place): unknown {
  const faults: string[] = [];
  for (const kind of kinds) {
    const found: string[] = [];
    const mended = checkedValue({ ...check, fault: (text) => void found.push(text) }, value, kind, place);
    if (found.length === 0) return mended;
    faults.push(...found);
  }
  if (faults[0]) check.fault(faults[0]);
  return value;
}

function listOf(check: Check, value: unknown, field: Field, place: Place): unknown {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const { minItems, maxItems, items } = field;
  if (minItems !== undefined && list.length < minItems) check.fault(`${place.at} needs at least ${minItems}.`);
  if (maxItems !== undefined && list.length > maxItems)
    check.fault(`${place.at} takes at most ${maxItems}, these are ${list.length}.`);
  if (!items) return list;
  if (list.includes(null)) check.fault(`${place.at}[${list.indexOf(null)}] is null: leave it out.`);
  return list.map((one, index) =>
    checkedValue(check, one, items, { ...place, at: `${place.at}[${index}]`, depth: place.depth + 1 }),
  );
}

interface Inner {
  readonly field: Field;
  readonly fields: Fields;
  readonly place: Place;
}

function inner(check: Check, value: unknown, { field, fields, place: { at, partial, depth } }: Inner): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    check.fault(`${at}: ${shown(value)} is not an object.`);
    return value;
  }
  const open = field.values !== undefined || Object.keys(fields).length === 0;
  if (open) return value;
  return objectOf(check, value as Values, { name: at, fields, partial, open }, depth + 1);
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function plain(check: Check, given: unknown, field: Field, at: string): unknown {
  const value = mended(given, field);
  const { type, format, minimum, maximum, minLength, maxLength } = field;
  const wrong = (what: string): unknown => {
    check.fault(`${at}: ${shown(given)} ${what}${allowedIn(field)}.`);
    return given;
  };
  if (!isOfType(value, type)) return wrong(`is not ${type === 'integer' ? 'a whole number' : `a ${type}`}`);
  if (field.enum && !field.enum.includes(value)) return wrong('is not allowed');
  if (typeof value === 'number') {
    if (minimum !== undefined && value < minimum) return wrong(`is below ${minimum}`);
    if (maximum !== undefined && value > maximum) return wrong(`is above ${maximum}`);
  }
  if (typeof value === 'string') {
    if (format === 'uuid' && !UUID.test(value)) return wrong('is not an id (UUID)');
    if (format?.startsWith('date') && Number.isNaN(Date.parse(value))) return wrong('is not a date (ISO 8601)');
    if (format === 'url' && !isWebAddress(value)) return wrong(`is not ${WEB_ADDRESS}`);
    if (minLength !== undefined && value.length < minLength) return wrong(`is shorter than ${minLength} characters`);
    if (maxLength !== undefined && value.length > maxLength) return wrong(`is longer than ${maxLength} characters`);
  }
  return value;
}

function mended(value: unknown, { type, format }: Field): unknown {
  if ((type === 'integer' || type === 'number') && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()))
    return Number(value);
  if (type === 'boolean' && typeof value === 'string' && /^(true|false)$/i.test(value))
    return value.toLowerCase() === 'true';
  if (format === 'uuid' && typeof value === 'string') return unquoted(value);
  return type === 'string' && typeof value === 'number' ? String(value) : value;
}

function isOfType(value: unknown, type: Field['type']): boolean {
  if (type === 'integer') return Number.isSafeInteger(value);
  return !(type === 'string' || type === 'number' || type === 'boolean') || typeof value === type;
}

const allowedIn = ({ enum: values }: Field): string => (values ? `. Allowed: ${values.map(String).join(', ')}` : '');

const shown = (value: unknown): string => shorten(JSON.stringify(value) ?? String(value), 80);
