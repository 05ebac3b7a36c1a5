import { MediaError, quote } from './errors.ts';

export type DecimalSign = '.' | ',';

export interface NumberOptions {
  /** The decimal sign, if other numbers of the same column show it. */
  readonly decimal?: DecimalSign | undefined;
  /** Only whole numbers: this leaves `1,250` one reading. */
  readonly whole?: boolean;
}

/** `1250`, `12.5` and `12,5`, without groups. */
const PLAIN = /^\d{1,30}(?:[.,]\d{1,30})?$/;
/** Groups of three digits, which one sign separates throughout, then a decimal sign at most. */
const GROUPED =
  /^\d{1,3}(?:,\d{3}){1,9}(?:\.\d{1,30})?$|^\d{1,3}(?:\.\d{3}){1,9}(?:,\d{1,30})?$|^\d{1,3}(?:[ '’]\d{3}){1,9}(?:[.,]\d{1,30})?$/;

/**
 * Parses a number the way people write it. Undefined if the text is not a number. Throws `MediaError` if it has two
 * readings, as `1,250` has, or more digits than can be stored.
 */
export function parseNumber(text: string, { decimal, whole = false }: NumberOptions = {}): number | undefined {
  const written = text
    .trim()
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .replace(/^\u2212/, '-');
  const unsigned = written.replace(/^[+-]/, '');
  const signs = readings(unsigned).filter((reading) => !whole || Number.isInteger(Number(reading.digits)));
  const fitting = signs.filter(
    (reading) => decimal === undefined || reading.decimal === undefined || reading.decimal === decimal,
  );
  const values = [...new Set(fitting.map(({ digits }) => Number(digits)))];
  const [value] = values;
  if (value === undefined) return undefined;
  const sign = written.startsWith('-') ? -1 : 1;
  if (values.length > 1)
    throw new MediaError(
      `${quote(text)} can be ${values.map((one) => sign * one).join(' or ')}. Write ${values.map((one) => plainly(sign * one)).join(' or ')}.`,
    );
  if (Number.isInteger(value) ? !Number.isSafeInteger(value) : unsigned.replace(/\D/g, '').length > 16)
    throw new MediaError(`${quote(text)} has more digits than can be stored exactly.`);
  return value === 0 ? 0 : sign * value;
}

/** A number with one reading: three decimals could be a group of thousands. */
const plainly = (value: number): string => String(value).replace(/\.\d{3}$/, '$&0');

/** The decimal sign that a number shows beyond doubt; undefined if it shows none. */
export function decimalSignOf(text: string): DecimalSign | undefined {
  const found = readings(text.trim().replace(/^[+-]/, ''));
  const signs = new Set(found.map(({ decimal }) => decimal));
  const [sign] = signs;
  return signs.size === 1 ? sign : undefined;
}

interface Reading {
  readonly digits: string;
  /** The decimal sign that this reading assumes, also if there are no decimals. */
  readonly decimal: DecimalSign | undefined;
}

function readings(text: string): Reading[] {
  const found: Reading[] = [];
  const last = /[.,](?=\d*$)/.exec(text)?.[0] as DecimalSign | undefined;
  if (PLAIN.test(text)) found.push({ digits: text.replace(',', '.'), decimal: last });
  if (GROUPED.test(text) && !text.startsWith('0')) {
    const groups = text.match(/[.,' ’]/g) ?? [];
    const hasDecimals = new Set(groups).size > 1;
    const group = groups[0];
    const decimal = hasDecimals ? last : group === ',' ? '.' : group === '.' ? ',' : undefined;
    const digits = text.replaceAll(group ?? '', '').replace(',', '.');
    found.push({ digits, decimal });
  }
  return found;
}
