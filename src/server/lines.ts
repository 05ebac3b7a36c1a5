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

/** The id of a tool call and the arguments it gives, whatever they are; nothing for any other message. */
export function argumentsOf(message: object): { readonly id?: string | number; readonly given?: unknown } {
  const { method, id, params } = message as {
    method?: unknown;
    id?: string | number;
    params?: { arguments?: unknown };
  };
  return id === undefined || method !== 'tools/call' ? {} : { id, given: params?.arguments };
}

/** `arguments: null`, which some hosts send for none, is not worth a protocol error. */
export function withoutArguments<T extends object>(message: T): T {
  const { arguments: _, ...params } = (message as { params?: Record<string, unknown> }).params ?? {};
  return { ...message, params };
}
