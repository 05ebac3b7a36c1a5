import { createHash } from 'node:crypto';
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
  /** Where several servers serve one user, what one sets the others see. See `sharedKind`. */
  readonly shared?: boolean;
}

const sharedKinds = new Map<string, CacheKind<object>>();

/**
 * A kind that the replicas of a server share: what was written or started a moment ago. Its values survive `v8.serialize`, and
 * hold no times of `performance.now()`.
 */
export function sharedKind<T extends object>(kind: CacheKind<T>): CacheKind<T> {
  const own = { ...kind, shared: true };
  sharedKinds.set(kind.name, own);
  return own;
}

/** A change of the cache that concerns other replicas. */
export type CacheChange =
  /** An entry of a shared kind was set, or deleted where there is no value; `part` alone of it, where that is a map. */
  | { readonly kind: string; readonly key: string; readonly part?: string; readonly value?: unknown }
  /** A write changed what others may remember. */
  | { readonly route: string };

/** A short key for a long text. */
export const keyFor = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** What is remembered between the calls of one server, and so of one Iconik user. */
export interface Cache {
  get<T extends object>(kind: CacheKind<T>, key: string): T | undefined;
  /** `part`: the key that changed, of a value that is a map. */
  set<T extends object>(kind: CacheKind<T>, key: string, value: T, part?: string): void;
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

/** A cache that replicas keep alike. */
export interface SharedCache extends Cache {
  /** `changed` hears of what others should know, and of the milliseconds for which they should. */
  watch(changed: (change: CacheChange, lifetime: number) => void): void;
  /** Takes in what another replica changed, for what is left of its lifetime. */
  adopt(change: CacheChange, lifetime: number): void;
}

/** Milliseconds that a kind with `changedBy` stays, at most. */
const MAX_REMEMBERED_MS = 60_000;

export function createCache(now: () => number = () => performance.now()): SharedCache {
  const { partOf, forget } = createParts(now);
  let changed: Parameters<SharedCache['watch']>[0] | undefined;
  const cache: SharedCache = {
    get: (kind, key) => partOf(kind).get(key),
    set(kind, key, value, part) {
      partOf(kind).set(key, value);
      if (!changed || !kind.shared) return;
      const own = part === undefined ? { value } : { part, value: (value as Map<string, unknown>).get(part) };
      changed({ kind: kind.name, key, ...own }, kind.ttl);
    },
    delete(kind, key) {
      partOf(kind).delete(key);
      if (kind.shared) changed?.({ kind: kind.name, key }, kind.ttl);
    },
    values: (kind) => [...partOf(kind).rvalues()].filter((one) => one !== undefined),
    wrote(route) {
      forget(route);
      changed?.({ route }, MAX_REMEMBERED_MS);
    },
    watch(listener) {
      changed = listener;
    },
    adopt(change, lifetime) {
      if ('route' in change) return forget(change.route);
      const kind = sharedKinds.get(change.kind);
      if (kind) take(partOf(kind), change, change.part === undefined ? Math.min(lifetime, kind.ttl) : kind.ttl);
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

type Part<T extends object> = LRUCache<string, T>;

/** The entries of each kind. */
function createParts(now: () => number) {
  const parts = new Map<CacheKind<object>, unknown>();
  let purged = now();
  const purge = (): void => {
    if (now() - purged < PURGE_INTERVAL_MS) return;
    purged = now();
    for (const part of parts.values()) (part as Part<object>).purgeStale();
  };
  return {
    partOf<T extends object>(kind: CacheKind<T>): Part<T> {
      purge();
      const part =
        (parts.get(kind) as Part<T> | undefined) ??
        new LRUCache<string, T>({ max: kind.max, ttl: kind.ttl, ttlResolution: 0, perf: { now } });
      parts.set(kind, part);
      return part;
    },
    forget(route: string): void {
      for (const [kind, part] of parts) if (kind.changedBy?.test(route)) (part as Part<object>).clear();
    },
  };
}

type EntryChange = Extract<CacheChange, { readonly kind: string }>;

/** Takes in a change of another replica; of a map its one part, whoever set the others. */
function take(entries: Part<object>, { key, part, value }: EntryChange, ttl: number): void {
  if (part === undefined) {
    if (value === undefined) entries.delete(key);
    else entries.set(key, value as object, { ttl });
    return;
  }
  const map = (entries.get(key) ?? new Map()) as Map<string, unknown>;
  map.delete(part);
  if (value !== undefined) map.set(part, value);
  entries.set(key, map, { ttl });
}

/** Whether work failed because the call that did it was cancelled, or out of time. */
function isEnded(error: unknown): boolean {
  const { name, code } = (error ?? {}) as { readonly name?: unknown; readonly code?: unknown };
  return name === 'AbortError' || code === 'cancelled' || code === 'timeout';
}
