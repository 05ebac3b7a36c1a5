import { LRUCache } from 'lru-cache';

declare const held: unique symbol;

/** One part of the cache, for values of type `T`. */
export interface CacheKind<T extends object> {
  readonly [held]?: T;
  readonly name: string;
  /** Entries at most; the one used least recently goes first. */
  readonly max: number;
  /** Milliseconds that an entry stays. */
  readonly ttl: number;
  /** Routes of writes after which no entry is true any more. */
  readonly changedBy?: RegExp;
}

/** What is remembered between the calls of one server, and so of one Iconik user. */
export interface Cache {
  get<T extends object>(kind: CacheKind<T>, key: string): T | undefined;
  set<T extends object>(kind: CacheKind<T>, key: string, value: T): void;
  delete<T extends object>(kind: CacheKind<T>, key: string): void;
  /** The entries of a kind, oldest first. */
  values<T extends object>(kind: CacheKind<T>): readonly T[];
  /** Forgets what a write has changed: `PUT /metadata/v1/fields/{field_name}/`. */
  wrote(route: string): void;
  /**
   * The entry of a key, made where there is none. An entry that fails is not kept; where the call that made it ended
   * before it did, a call that waits for it makes its own.
   */
  remember<T>(kind: CacheKind<Promise<T>>, key: string, make: () => Promise<T>): Promise<T>;
}

/** Milliseconds between two looks for entries whose time is over: nobody may ask for them again. */
const PURGE_INTERVAL_MS = 60_000;

export function createCache(now: () => number = () => performance.now()): Cache {
  const parts = new Map<CacheKind<object>, unknown>();
  let purged = now();
  const purge = (): void => {
    if (now() - purged < PURGE_INTERVAL_MS) return;
    purged = now();
    for (const part of parts.values()) (part as LRUCache<string, object>).purgeStale();
  };
  const partOf = <T extends object>(kind: CacheKind<T>): LRUCache<string, T> => {
    purge();
    const part =
      (parts.get(kind) as LRUCache<string, T> | undefined) ??
      new LRUCache<string, T>({ max: kind.max, ttl: kind.ttl, ttlResolution: 0, perf: { now } });
    parts.set(kind, part);
    return part;
  };
  const cache: Cache = {
    get: (kind, key) => partOf(kind).get(key),
    set: (kind, key, value) => void partOf(kind).set(key, value),
    delete: (kind, key) => void partOf(kind).delete(key),
    values: (kind) => [...partOf(kind).rvalues()].filter((one) => one !== undefined),
    wrote(route) {
      for (const [kind, part] of parts) if (kind.changedBy?.test(route)) (part as LRUCache<string, object>).clear();
    },
    remember(kind, key, make) {
      const part = partOf(kind);
      const known = part.get(key);
      if (known)
        return known.catch((error) => (isEnded(error) ? cache.remember(kind, key, make) : Promise.reject(error)));
      const value = make();
      part.set(key, value);
      value.catch(() => {
        if (part.peek(key) === value) part.delete(key);
      });
      return value;
    },
  };
  return cache;
}

/** Whether work failed because the call that did it was cancelled, or out of time. */
function isEnded(error: unknown): boolean {
  const { name, code } = (error ?? {}) as { readonly name?: unknown; readonly code?: unknown };
  return name === 'AbortError' || code === 'cancelled' || code === 'timeout';
}
