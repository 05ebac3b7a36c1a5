import { RANGE_SIGN } from './time.ts';

/** A line that begins with a time as people say it, with that time as `mm:ss` from the first frame. */
export interface SpokenLine {
  readonly from: string;
  readonly to?: string;
  readonly text: string;
  /** Whether it can be nothing else: `20 min long` may be a text, and `20'` the minute of a match. */
  readonly isSure: boolean;
  readonly isPrime: boolean;
  /** Hours, minutes and seconds in two parts or more, or a range. */
  readonly isLong: boolean;
}

const OPENING = /\s*[[(]?(?:at\s)?/iy;
/** `1 hour and 20 minutes`, `2 min 30 sec`, `90 seconds`; a single letter for a unit goes without a space. */
const PARTS =
  /(?:(\d{1,2})(?:\s?h(?:ours?|rs?)?))?(?:[\s,]{0,2}(?:and\s)?(\d{1,4})(?:m|\s?min(?:s|ut(?:es?|en|os?|i))?\.?))?(?:[\s,]{0,2}(?:and\s)?(\d{1,4})(?:s|\s?s(?:ec(?:ond)?s?)\.?))?(?![\p{L}\p{N}])/iuy;
/** `20'`, `1'30"`, `5' 30''`. */
const PRIMES = /(\d{1,3})['\u2032\u2019](?!')(?:\s?(\d{1,2})(?:["\u2033\u201d]|''))?(?![\p{L}\p{N}])/uy;
/** `20''`. */
const SECONDS = /(\d{1,3})(?:["\u2033\u201d]|'')(?![\p{L}\p{N}])/uy;
/** The first of `20-25 min`. */
const BARE = /(\d{1,3})(?=\s?(?:[-\u2013\u2014]|to\s)\s?\d{1,3}\s?(?:min|['\u2032\u2019]))/iy;
const IN = /\s(?:in|into\s(?:it|the\s\w{1,12}))(?![\p{L}\p{N}])/iuy;
const SPACES = /\s{0,9}/y;
const CLOSING = /[\])]?/y;
const SEPARATORS = /[\s,:;|\-\u2013\u2014]*/y;

/** Splits `20 min Goal`, `20' Goal`, `20 minutes in: Goal`, `20-25 min Pressure`; undefined for other lines. */
export function splitSpokenLine(line: string): SpokenLine | undefined {
  const matchAt = (expression: RegExp, index: number): RegExpExecArray | null => {
    expression.lastIndex = index;
    return expression.exec(line);
  };
  const skip = (expression: RegExp, index: number): number => index + (matchAt(expression, index)?.[0].length ?? 0);
  const timeAt = (index: number, isFirst: boolean) => {
    const prime = matchAt(PRIMES, index);
    if (prime)
      return {
        length: prime[0].length,
        seconds: 60 * Number(prime[1]) + Number(prime[2] ?? 0),
        parts: prime[2] ? 2 : 0,
      };
    const short = matchAt(SECONDS, index);
    if (short) return { length: short[0].length, seconds: Number(short[1]), parts: 0 };
    const bare = isFirst ? matchAt(BARE, index) : null;
    if (bare) return { length: bare[0].length, seconds: 60 * Number(bare[1]), parts: 1 };
    const [whole = '', hours, minutes, seconds] = matchAt(PARTS, index) ?? [];
    const parts = [hours, minutes, seconds].filter((one) => one !== undefined).length;
    const sum = 3_600 * Number(hours ?? 0) + 60 * Number(minutes ?? 0) + Number(seconds ?? 0);
    return parts === 0 || /^[\s,]/.test(whole) ? undefined : { length: whole.length, seconds: sum, parts };
  };
  const start = skip(OPENING, 0);
  const from = timeAt(start, true);
  if (!from) return undefined;
  let end = start + from.length;
  const sign = skip(SPACES, end);
  const second = matchAt(RANGE_SIGN, sign) === null ? undefined : skip(SPACES, skip(RANGE_SIGN, sign));
  const to = second === undefined ? undefined : timeAt(second, false);
  if (to && second !== undefined) end = second + to.length;
  end = skip(CLOSING, skip(IN, end));
  const rest = line.slice(end);
  if (!/^(?:$|[\s,:;|\-\u2013\u2014])/.test(rest)) return undefined;
  const text = line.slice(skip(SEPARATORS, end));
  const isPrime = from.parts === 0;
  const isMarked = /^\s{0,9}(?:$|[:,;|\-\u2013\u2014])/.test(rest) || /^[\p{Lu}"\u201c]/u.test(text);
  return {
    from: clockOf(from.seconds),
    ...(to && { to: clockOf(to.seconds) }),
    text,
    isSure: isMarked && !isPrime,
    isPrime,
    isLong: from.parts > 1 || to !== undefined,
  };
}

const clockOf = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
