import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from '../config/checks.ts';
import type { Log } from '../server/log.ts';

/** A file of the operator's that is read again when it changes. */
export interface WatchedFile<T> {
  get(): T;
}

/** Milliseconds between two looks at the file. */
const LOOK_INTERVAL = 1_000;

/**
 * Reads a file at once, so that a mistake in it keeps the server from starting, and again whenever it has changed: a
 * secret is taken back without a restart. Where it cannot be read later, what it held before goes on, and the log says
 * why. Throws `ConfigError`; `parse` may too, with a message that holds no secret.
 */
export function watchedFile<T>(flag: string, path: string, parse: (text: string) => T, log: Log): WatchedFile<T> {
  const stampOf = (): string => {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  };
  let { stamp, text } = firstLook(flag, path, stampOf);
  let value = parse(text);
  if (statSync(path).mode & 0o077) log.warn(`${flag} can be read by others on this machine: chmod 600.`);
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
        log.error(`${flag} was not read again`, { why: reasonOf(error) });
      }
      return value;
    },
  };
}

const reasonOf = (error: unknown): string =>
  error instanceof ConfigError ? error.message : ((error as NodeJS.ErrnoException).code ?? 'unknown');

function firstLook(flag: string, path: string, stampOf: () => string) {
  try {
    return { stamp: stampOf(), text: readFileSync(path, 'utf8') };
  } catch (error) {
    throw new ConfigError(`${flag}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
