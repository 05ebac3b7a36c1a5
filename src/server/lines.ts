import { Transform } from 'node:stream';

/** Bytes of one line on stdin. The SDK would end the session at a longer one. */
export const LONGEST_LINE = 8_000_000;

/** Hands whole lines on and leaves out those that are too long: `skipped` hears of each, and the next line is read. */
export function shortLines(skipped: () => void, longest: number = LONGEST_LINE): Transform {
  let parts: Buffer[] = [];
  let size = 0;
  let skipping = false;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      let from = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
        take(chunk.subarray(from, end + 1));
        if (!skipping) this.push(Buffer.concat(parts, size));
        parts = [];
        size = 0;
        skipping = false;
        from = end + 1;
      }
      take(chunk.subarray(from));
      done();
    },
  });

  function take(piece: Buffer): void {
    size += piece.byteLength;
    if (size <= longest) {
      parts.push(piece);
      return;
    }
    parts = [];
    if (!skipping) skipped();
    skipping = true;
  }
}

interface CallMessage {
  readonly method?: unknown;
  readonly id?: string | number;
  readonly params?: { readonly name?: unknown; readonly arguments?: unknown } | null;
}

/** What is wrong with the form of a tool call, in words; `undefined` for a right one and for every other message. */
export function faultOfCall(message: object): { readonly id: string | number; readonly text: string } | undefined {
  const { method, id, params } = message as CallMessage;
  if (method !== 'tools/call' || id === undefined) return undefined;
  if (!isObject(params)) return { id, text: 'params has to be an object with the name of a tool and its arguments' };
  if (typeof params.name !== 'string') return { id, text: 'name has to be a text, the name of a tool' };
  const given = params.arguments ?? {};
  return isObject(given) ? undefined : { id, text: 'arguments has to be an object' };
}

/** `arguments: null`, which some hosts send for none, is not worth a protocol error. */
export function withoutNull<T extends object>(message: T): T {
  const { params } = message as CallMessage;
  if (params?.arguments !== null) return message;
  const { arguments: _, ...rest } = params;
  return { ...message, params: rest };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
