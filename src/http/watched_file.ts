import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from '../config/checks.ts';

/** A file of the operator's that is read again when it changes. */
export interface WatchedFile<T> {
  get(): T;
}

/** Milliseconds between two looks at the file. */
const LOOK_INTERVAL = 1_000;

/**
 * Reads a file at once, so that a mistake in it keeps the server from starting, and again whenever it has changed: a
 * secret is taken back without a restart. Where it cannot be read later, what it held before goes on, and `failed` hears
 * why. Throws `ConfigError`; `parse` may too.
 */
export function watchedFile<T>(
  flag: string,
  path: string,
  parse: (text: string) => T,
  failed: (error: unknown) => void,
): WatchedFile<T> {
  const stampOf = (): string => {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  };
  let { stamp, text } = firstLook(flag, path, stampOf);
  let value = parse(text);
  let looked = performance.now();
  return {
    get() {
      if (performance.now() - looked < LOOK_INTERVAL) return value;
      looked = performance.now();
      try {
        const now = stampOf();
        if (now === stamp) return value;
        stamp = now;
        text = readFileSync(path, 'utf8');
        value = parse(text);
      } catch (error) {
        failed(error);
      }
      return value;
    },
  };
}

function firstLook(flag: string, path: string, stampOf: () => string) {
  try {
    return { stamp: stampOf(), text: readFileSync(path, 'utf8') };
  } catch (error) {
    throw new ConfigError(`${flag}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
