import * as z from 'zod';
import { MediaError } from '../../../media/errors.ts';
import { type NumberOptions, parseNumber } from '../../../media/numbers.ts';
import { identityKey, withName } from '../../../text/compare.ts';
import { firstOf } from '../../../text/english.ts';
import { closestTo } from '../../../text/nearest.ts';
import { shorten } from '../../../text/tokens.ts';
import { isBlank } from '../../../text/trim.ts';
import { isWebAddress, WEB_ADDRESS } from '../../../text/web_address.ts';
import { ToolError } from '../../errors.ts';
import type { Field } from './fields.ts';

export type Value = string | number | boolean;

/** The value that Iconik stores for what a person says: an option by its label, a number from text … Throws `ToolError`. */
export function toStored(field: Field, given: unknown, { decimal }: Pick<NumberOptions, 'decimal'> = {}): Value {
  const text = textOf(field.label, given);
  const wrong = (allowed: string): never => {
    throw new ToolError(`${field.label}: "${text}" does not fit. Allowed: ${allowed}.`);
  };
  if (field.options.length > 0 && field.type === 'drop_down') return option(field, text);
  switch (field.type) {
    case 'integer':
    case 'float': {
      const number = typeof given === 'number' ? given : numberIn(field, text, decimal);
      if (number === undefined || !isHeld(number) || (field.type === 'integer' && !Number.isInteger(number)))
        return wrong(field.type === 'integer' ? 'a whole number, such as 4' : 'a number, such as 4.5');
      if ((field.min !== undefined && number < field.min) || (field.max !== undefined && number > field.max))
        return wrong(`from ${field.min ?? 'any'} to ${field.max ?? 'any'}`);
      return number;
    }
    case 'boolean': {
      const word = identityKey(text);
      if (['true', 'yes', '1', 'on'].includes(word)) return true;
      return ['false', 'no', '0', 'off'].includes(word) ? false : wrong('true or false');
    }
    case 'date':
      return DAY.safeParse(text).success ? text : wrong('a date as YYYY-MM-DD, such as 2027-01-01');
    case 'datetime':
      return MOMENT.safeParse(text).success
        ? text
        : wrong('a date and time with a zone, such as 2027-01-01T09:00:00+00:00');
    case 'email':
      return EMAIL.safeParse(text).success ? text : wrong('an e-mail address');
    case 'url':
      return isWebAddress(text) ? text : wrong(WEB_ADDRESS);
    default:
      return text;
  }
}

/** A larger whole number came from a host as another one than was meant. */
const isHeld = (number: number): boolean => Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER;

/** A value as text. Throws `ToolError` that quotes a list or an object: it would be stored as `[object Object]`. */
export function textOf(label: string, given: unknown): string {
  if (typeof given === 'string') return given.trim();
  if (typeof given === 'number' || typeof given === 'boolean') return String(given);
  throw new ToolError(
    `${label}: ${shorten(JSON.stringify(given) ?? 'undefined', 100)} is not a value. Give a text, a number or true/false.`,
  );
}

function numberIn(field: Field, text: string, decimal: NumberOptions['decimal']): number | undefined {
  try {
    return parseNumber(text, { decimal, whole: field.type === 'integer' });
  } catch (error) {
    if (error instanceof MediaError) throw new ToolError(`${field.label}: ${error.message}`);
    throw error;
  }
}

/**
 * The values that were given for a field, without empty ones: a value, a list, or Iconik's own shapes
 * `{"field_values": [{"value": …}]}` and `{"value": …}`.
 */
export const valuesGiven = (given: unknown): unknown[] =>
  listOf(given)
    .map((one) => (isRecord(one) && 'value' in one ? one.value : one))
    .filter((one) => one !== null && one !== undefined && !(typeof one === 'string' && isBlank(one)));

const listOf = (given: unknown): unknown[] => {
  if (isRecord(given) && Array.isArray(given.field_values)) return given.field_values;
  return Array.isArray(given) ? given : [given];
};

const isRecord = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

const DAY = z.iso.date();
/** With a zone; seconds may be left out. */
const MOMENT = z.union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })]);
const EMAIL = z.email();

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

/** Values of a field that an error lists. */
const MAX_LABELS = 20;

function option(field: Field, text: string): string {
  const exact = field.options.find(({ value }) => value === text);
  const meant = exact ?? only(withName(field.options, ({ value, label }) => [label, value], text));
  if (meant) return meant.value;
  const labels = field.options.map(({ label }) => label);
  const best = closestTo(text, labels);
  const listed = firstOf(labels, MAX_LABELS);
  throw new ToolError(
    `${field.label}: "${text}" is not one of its values.${best ? ` Nearest: ${best}.` : ''} Allowed: ${listed}.`,
  );
}

/** `"drone" → Drone shot`, for options that were named by their value: what was meant has to be seen. */
export const optionsMeant = (field: Field, given: readonly unknown[]): string[] =>
  given.flatMap((one) => {
    const text = typeof one === 'string' ? one.trim() : '';
    const isLabel = withName(field.options, ({ label }) => [label], text).length > 0;
    const meant = isLabel ? [] : withName(field.options, ({ value }) => [value], text);
    return meant.map(({ label }) => `${field.label}: "${text}" → ${label}`);
  });

const CLOSED = ['integer', 'float', 'boolean', 'date', 'datetime', 'email'];

/** The same in a line: free text stands in quotes, so that it can't pass for the value of another field. */
export function quotedValue(field: Field, value: unknown, most = Number.POSITIVE_INFINITY): string {
  const text = toShown(field, value);
  const isOption = field.options.some(({ label }) => label === text);
  if (CLOSED.includes(field.type) || (isOption && !/[,;]/.test(text))) return text;
  return `"${shorten(text, most)}"`;
}

/** A stored value as a person reads it: the label of an option. */
export const toShown = (field: Field | undefined, value: unknown): string =>
  field?.options.find((one) => one.value === String(value))?.label ?? String(value);
