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

/** Integers that a double can't hold become texts with the same digits. */
const LONG = /[:[,]\s*-?\d{16}/;
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const exact = (token: string): string =>
  /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;

/** A JSON body; `undefined` where there is none. Throws `IconikError` `unreadable` for HTML, media or cut-off JSON. */
export function parseJson(text: string, status: number, contentType: string, mask: (text: string) => string): unknown {
  if (text.trim() === '') return undefined;
  const kind = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^(image|video|audio|font)\//.test(kind)) throw unreadable(status, `it is ${kind}`);
  try {
    return JSON.parse(LONG.test(text) ? text.replace(TOKEN, exact) : text);
  } catch {
    const html = /^\s*</.test(text);
    const shown = withoutTags(mask(text.slice(0, 100_000))).slice(0, 200);
    throw unreadable(status, html ? `it is a web page: "${shown}"` : 'it is cut off or damaged');
  }
}

function unreadable(status: number, what: string): IconikError {
  return new IconikError(`The answer (HTTP ${status}) is not JSON: ${what}.`, { code: 'unreadable', status });
}
