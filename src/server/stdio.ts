import type { Readable, Writable } from 'node:stream';
import { createLineReader } from './lines.ts';

export interface JsonEvents {
  message(value: unknown): void;
  /** A line was not JSON. */
  notJson(): void;
  /** A line was left out because it is too long. */
  tooLong(): void;
}

/** One JSON document a line, both ways. */
export interface JsonLines {
  read(events: JsonEvents): void;
  send(message: object): void;
}

export function jsonLines(input: Readable, output: Writable): JsonLines {
  let waiting: string[] | undefined;
  const flush = (): void => {
    if (waiting && waiting.length > 0) output.write(waiting.join(''));
    waiting = undefined;
  };
  process.once('exit', flush);
  return {
    read({ message, notJson, tooLong }) {
      const line = (bytes: Buffer): void => {
        const value = parsed(bytes.toString());
        if (value === undefined) notJson();
        else message(value);
      };
      input.on('data', createLineReader({ line, tooLong }));
      // It is closed after that, which ends the process.
      input.on('error', () => undefined);
    },
    send(message) {
      const line = `${JSON.stringify(message)}\n`;
      if (waiting) return void waiting.push(line);
      // What is ready together with the first goes in one write: each wakes up the host.
      output.write(line);
      waiting = [];
      setImmediate(flush);
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
