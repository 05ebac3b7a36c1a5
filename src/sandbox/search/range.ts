import { Refusal } from '../types.ts';
import type { Primitive } from './document.ts';
import { fold } from './text.ts';

export interface Bound {
  readonly text: string;
  /** The bound itself is excluded. */
  readonly open?: boolean;
}
export interface Range {
  readonly min?: Bound | undefined;
  readonly max?: Bound | undefined;
}

const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?)?)?$/;
const FULL_DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d|$)/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const EPOCH = /^\d{11,}$/;
const ZONE = /^(?:Z|[+-]\d\d:\d\d)$/;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The milliseconds that a date covers: all of a day, month or year. */
export function span(text: string, zone = 'Z'): Span | undefined {
  if (EPOCH.test(text)) return { start: Number(text), end: Number(text) };
  const found = DATE.exec(text);
  if (!found) return undefined;
  const [, year = '', month, day, time, own] = found;
  const start = Date.parse(`${year}-${month ?? '01'}-${day ?? '01'}T${time ?? '00:00:00'}${own ?? zone}`);
  if (Number.isNaN(start)) return undefined;
  if (time !== undefined) return { start, end: start };
  if (day !== undefined) return { start, end: start + 86_399_999 };
  const next = month === undefined ? [Number(year) + 1, 1] : [Number(year), Number(month) + 1];
  const days =
    (Date.UTC(next[0] ?? 0, (next[1] ?? 1) - 1) - Date.UTC(Number(year), Number(month ?? 1) - 1)) / 86_400_000;
  return { start, end: start + days * 86_400_000 - 1 };
}

export const isDate = (value: Primitive): value is string => typeof value === 'string' && FULL_DATE.test(value);

/** Whether a value passes; it has the type of the bound. */
type Side<T> = (value: T) => boolean;

function dateSide(bound: Bound, lower: boolean, zone: string): Side<number> {
  const at = span(bound.text, zone);
  if (!at) return () => false;
  if (lower) return bound.open ? (value) => value > at.end : (value) => value >= at.start;
  return bound.open ? (value) => value < at.start : (value) => value <= at.end;
}

function plainSide<T extends number | string>(limit: T, bound: Bound, lower: boolean): Side<T> {
  if (lower) return bound.open ? (value) => value > limit : (value) => value >= limit;
  return bound.open ? (value) => value < limit : (value) => value <= limit;
}

function refuse(field: string, range: Range, zone: string): void {
  if (!ZONE.test(zone)) throw new Refusal(400, `Invalid timezone '${zone}': expected the form +02:00`);
  if (!field.startsWith('date_')) return;
  for (const bound of [range.min, range.max])
    if (bound && !span(bound.text, zone)) throw new Refusal(400, `Failed to parse date '${bound.text}' of '${field}'`);
}

/** A test for values of a field: dates compare as dates, numbers as numbers, others as text. */
export function within(field: string, range: Range, zone = 'Z'): (value: Primitive) => boolean {
  refuse(field, range, zone);
  const sides = [
    ...(range.min ? [{ bound: range.min, lower: true }] : []),
    ...(range.max ? [{ bound: range.max, lower: false }] : []),
  ];
  const dates = sides.map(({ bound, lower }) => dateSide(bound, lower, zone));
  const numbers = sides.map(({ bound, lower }) => plainSide(Number(bound.text), bound, lower));
  const texts = sides.map(({ bound, lower }) => plainSide(fold(bound.text), bound, lower));
  const numeric = sides.every(({ bound }) => NUMBER.test(bound.text));
  return (value) => {
    if (typeof value === 'number') return numbers.every((side) => side(value));
    if (isDate(value)) {
      // A date without a time is that day in every time zone.
      const at = span(value, value.length === 10 ? zone : 'Z')?.start;
      return at !== undefined && dates.every((side) => side(at));
    }
    const text = String(value);
    if (numeric && NUMBER.test(text)) return numbers.every((side) => side(Number(text)));
    return texts.every((side) => side(fold(text)));
  };
}
