/** Bytes of one line on stdin. */
export const MAX_LINE = 8_000_000;

export interface LineEvents {
  /** A line without its end. */
  line(bytes: Buffer): void;
  /** A line was left out because it is too long; the next one is read. */
  tooLong(): void;
}

/** Takes bytes in any pieces and hands on whole lines. */
export function createLineReader({ line, tooLong }: LineEvents, maxLine: number = MAX_LINE): (chunk: Buffer) => void {
  let pieces: Buffer[] = [];
  let size = 0;
  let skipping = false;

  const add = (piece: Buffer): void => {
    size += piece.byteLength;
    if (size <= maxLine) {
      pieces.push(piece);
      return;
    }
    pieces = [];
    if (!skipping) tooLong();
    skipping = true;
  };

  return (chunk) => {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      add(chunk.subarray(from, end));
      if (!skipping) line(pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces));
      pieces = [];
      size = 0;
      skipping = false;
      from = end + 1;
    }
    if (from < chunk.byteLength) add(chunk.subarray(from));
  };
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

/** A message without the nulls that some hosts write for what they do not give: params, or a member of them. */
export function withoutNulls(message: unknown): unknown {
  if (!isObject(message) || !('params' in message)) return message;
  const { params, ...rest } = message;
  if (params === null) return rest;
  if (!isObject(params) || !Object.values(params).includes(null)) return message;
  return { ...rest, params: Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null)) };
}

export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
