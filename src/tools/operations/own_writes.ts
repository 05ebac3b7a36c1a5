import { sharedKind } from '../cache.ts';
import type { Context } from '../types.ts';

/** Milliseconds in which a list may lack a write: the search index answers lists, and follows within a minute or two. */
const LIFETIME_MS = 120_000;
/** Assets and collections of which writes are remembered, and writes of each. */
const MAX_PLACES = 1_000;
const MAX_WRITES = 2_000;

interface Write {
  readonly value: object;
  /** Epoch milliseconds: other replicas read it, too. */
  readonly at: number;
}

const WRITES = sharedKind<Map<string, Write>>({ name: 'own writes', max: MAX_PLACES, ttl: LIFETIME_MS });

/** A list that may lack what this server wrote, for values of type `T`. */
export interface Place<T extends object> {
  readonly key: string;
  readonly value?: T;
}

type Row = Readonly<Record<string, unknown>>;

export const segmentsOn = (asset_id: string): Place<Row> => ({ key: `segments of ${asset_id}` });
export const contentsOf = (collection_id: string): Place<{ readonly id: string }> => ({
  key: `contents of ${collection_id}`,
});
/** Segments sent to a bulk operation, which answers without their ids. */
export const sentTo = (asset_id: string): Place<Row> => ({ key: `segments sent to ${asset_id}` });
/** Without a parent: those at the top. */
export const collectionsIn = (parent_id?: string): Place<{ readonly id: string; readonly title: string }> => ({
  key: `collections in ${parent_id ?? 'the top'}`,
});

type Remembering = Pick<Context, 'cache'>;

/** What went to the recycle bin: an object itself, all that a collection holds, or both. */
interface Deletion {
  readonly object?: boolean;
  readonly contents?: boolean;
}
const DELETED: Place<Deletion> = { key: 'deleted objects' };

/** Remembers what search shows for some time after it was deleted. */
export function rememberDeleted(context: Remembering, ids: readonly string[], what: Deletion = { object: true }): void {
  for (const id of ids) rememberWrite(context, DELETED, id, what);
}
export const forgetDeleted = (context: Remembering, id: string): void => forgetWrite(context, DELETED, id);
export const deletedLately = (context: Remembering): ReadonlyMap<string, Deletion> => ownWrites(context, DELETED);

/** Remembers what Iconik answered to a write, under the id of the object. */
export function rememberWrite<T extends object>({ cache }: Remembering, { key }: Place<T>, id: string, value: T): void {
  const writes = cache.get(WRITES, key) ?? new Map<string, Write>();
  writes.delete(id);
  writes.set(id, { value, at: Date.now() });
  const [oldest] = writes.keys();
  if (writes.size > MAX_WRITES && oldest !== undefined) writes.delete(oldest);
  cache.set(WRITES, key, writes, id);
}

export function forgetWrite<T extends object>({ cache }: Remembering, { key }: Place<T>, id: string): void {
  const writes = cache.get(WRITES, key);
  if (writes?.delete(id)) cache.set(WRITES, key, writes, id);
}

/** What was written in the last minutes, by id. */
export function ownWrites<T extends object>({ cache }: Remembering, { key }: Place<T>): ReadonlyMap<string, T> {
  const earliest = Date.now() - LIFETIME_MS;
  const recent = [...(cache.get(WRITES, key) ?? [])].filter(([, { at }]) => at >= earliest);
  return new Map(recent.map(([id, { value }]) => [id, value as T]));
}

/** Remembers a segment from the answer to its write. */
export function rememberSegment(answer: unknown, { asset_id }: { readonly asset_id: string }, context: Context): void {
  const { id, ...row } = (answer ?? {}) as Row;
  if (typeof id !== 'string') return;
  const filled = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  rememberWrite(context, segmentsOn(asset_id), id, { id, ...filled });
}
