import { randomInt } from 'node:crypto';

/** Things kept between calls of one server, and so of one pair of credentials. */
export interface Shelf {
  /** Keeps a thing under a new short handle, such as `sel_k3x9p2`. */
  keep(kind: string, thing: unknown): string;
  /** The thing behind a handle; `undefined` when it was never there or has made room for newer ones. */
  get(handle: string): unknown;
  /** What `make` answers, made again once it is older than `ms` milliseconds. Failures are not kept. */
  recent<T>(name: string, ms: number, make: () => Promise<T>): Promise<T>;
}

/** Handles kept at a time; the oldest goes first. */
const KEPT = 200;
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

export function createShelf(now: () => number = () => performance.now()): Shelf {
  const things = new Map<string, unknown>();
  const made = new Map<string, { readonly at: number; readonly value: Promise<unknown> }>();
  return {
    keep(kind, thing) {
      const handle = `${kind}_${Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;
      things.set(handle, thing);
      const [oldest] = things.keys();
      if (things.size > KEPT && oldest) things.delete(oldest);
      return handle;
    },
    get: (handle) => things.get(handle),
    recent<T>(name: string, ms: number, make: () => Promise<T>): Promise<T> {
      const known = made.get(name);
      if (known && now() - known.at < ms) return known.value as Promise<T>;
      const value = make();
      made.set(name, { at: now(), value });
      value.catch(() => made.delete(name));
      return value;
    },
  };
}
