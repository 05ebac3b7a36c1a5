import { parseTime } from '../../../media/time.ts';
import { ToolError } from '../../errors.ts';

/** Both ends count. */
export interface Range {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Reads `20:00..60:00`, `..100 GB`, `1 GB..`, or one value. Throws `ToolError` or `MediaError`. */
export function readRange(argument: string, text: string, parse: (part: string) => number): Range {
  const parts = text.split('..').map((part) => part.trim());
  const [low = '', high = low] = parts;
  if (parts.length > 2 || low + high === '')
    throw new ToolError(`${argument}: "${text}" is not a range. Write a value, or two with .. between them.`);
  // `10..50 GB`: the unit is that of both.
  const rest = /^[\d.,]+$/.test(low) ? high.replace(/^[\d.,]+/, '') : '';
  const unit = /^ *[a-z]+$/i.test(rest) ? rest : '';
  const [min, max] = [low && `${low}${unit}`, high].map((part) => (part === '' ? undefined : parse(part)));
  if (min !== undefined && max !== undefined && min > max)
    throw new ToolError(`${argument}: "${text}" ends before it begins. Write ${high}..${low}.`);
  return { min, max };
}

export const inRange = ({ min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Range, value: number) =>
  value >= min && value <= max;

export const milliseconds = (text: string): number => parseTime(text).milliseconds;

const UNITS: readonly string[] = ['b', 'kb', 'mb', 'gb', 'tb', 'pb'];

/** Reads `100 GB` in decimal units, or a number of bytes; `1,000 GB` has a separator of thousands. Throws `ToolError`. */
export function bytes(text: string): number {
  const plain = text.toLowerCase().replace(/,(?=\d{3}(?!\d))/g, '');
  const [, number = '', unit = 'b'] = /^(\d+(?:\.\d+)?) *([kmgtp]?b)?$/.exec(plain) ?? [];
  if (number === '')
    throw new ToolError(`size: "${text}" is not a size. Write e.g. 100 GB, 1.5 TB or a number of bytes.`);
  return Number(number) * 1000 ** UNITS.indexOf(unit);
}
