import { IconikError, withoutTags } from './errors.ts';
import type { HttpResponse } from './transport.ts';

/**
 * Reads a body up to `limit` decoded bytes: what a compressed answer unpacks to counts, and reading stops there.
 * Throws `IconikError` `too_large`.
 */
export async function readBytes(response: HttpResponse, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) {
      throw new IconikError(
        `The answer is larger than ${Math.round(limit / 1_000_000)} MB. Ask for less: a smaller per_page, fewer fields, a narrower query.`,
        { code: 'too_large', status: response.status },
      );
    }
    chunks.push(chunk);
  }
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

// TextDecoder takes a byte order mark away and puts U+FFFD where bytes are no UTF-8: neither fails an answer.
const decoder = new TextDecoder();
export const decode = (bytes: Uint8Array): string => decoder.decode(bytes);

/** The strings and numbers of JSON. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\[\s\S]?[^"\\]*)*"?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A number that a double would round becomes a string of the same digits. */
const withExactDigits = (text: string): string =>
  text.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') || isExact(token) ? token : `"${token}"`));

function isExact(number: string): boolean {
  const value = Number(number);
  if (!/[.eE]/.test(number)) return Number.isSafeInteger(value);
  if (!Number.isFinite(value)) return false;
  const digits = significant(number);
  return digits.length <= 15 ? value !== 0 || digits === '' : digits === significant(String(value));
}

/** The digits of a number without sign, point, exponent and the zeros at both ends. */
const significant = (number: string): string =>
  number
    .replace(/[eE].*/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '')
    .replace(/(?<!0)0+$/, '');

/** Characters of the shortest number that a double cannot hold, but for those with an exponent. */
const MIN_LONG = 16;
/** Levels of lists and objects in an answer. Iconik has fewer than ten. */
const MAX_DEPTH = 100;

interface Looks {
  /** Lists and objects are nested so deep that they would cost far more memory than the text has bytes. */
  readonly isTooDeep: boolean;
  /** A number outside of the strings may be longer than a double holds. */
  readonly mayHoldLong: boolean;
}

/** What a JSON text has to be looked at for before it is parsed. */
export function looksOf(text: string): Looks {
  let depth = 0;
  let length = 0;
  let mayHoldLong = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isDigit = (code >= 0x30 && code <= 0x39) || code === 0x2e;
    if (isDigit) {
      length += 1;
      mayHoldLong ||= length >= MIN_LONG;
      continue;
    }
    // An exponent makes a short number long.
    mayHoldLong ||= length > 0 && (code === 0x45 || code === 0x65);
    length = 0;
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x5b || code === 0x7b) depth += 1;
    else if (code === 0x5d || code === 0x7d) depth -= 1;
    if (depth > MAX_DEPTH) return { isTooDeep: true, mayHoldLong };
  }
  return { isTooDeep: false, mayHoldLong };
}

/** The index of the quote that ends the string at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  const next = text.indexOf('"', start + 1);
  if (next === -1) return text.length;
  if (text.charCodeAt(next - 1) !== 0x5c) return next;
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    if (code === 0x5c) at += 1;
  }
  return text.length;
}

/** A JSON body; `undefined` where there is none. Throws `IconikError` `unreadable` for HTML, media or cut-off JSON. */
export function parseJson(text: string, status: number, contentType: string, mask: (text: string) => string): unknown {
  if (text.trim() === '') return undefined;
  const kind = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^(image|video|audio|font)\//.test(kind)) throw unreadable(status, `it is ${kind}`);
  const { isTooDeep, mayHoldLong } = looksOf(text);
  if (isTooDeep) throw unreadable(status, `it is nested deeper than ${MAX_DEPTH} levels`);
  try {
    return JSON.parse(mayHoldLong ? withExactDigits(text) : text);
  } catch {
    const html = /^\s*</.test(text);
    const shown = withoutTags(mask(text.slice(0, 100_000))).slice(0, 200);
    throw unreadable(status, html ? `it is a web page: "${shown}"` : 'it is cut off or damaged');
  }
}

function unreadable(status: number, what: string): IconikError {
  return new IconikError(`The answer (HTTP ${status}) is not JSON: ${what}.`, { code: 'unreadable', status });
}
