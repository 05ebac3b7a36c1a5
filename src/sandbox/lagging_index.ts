import { assetDocument, collectionDocument, segmentDocument } from './documents.ts';
import { may } from './permissions.ts';
import type { Keeper } from './store.ts';
import type { Row, TableName } from './types.ts';

/** The search documents, some time behind the store. */
export interface LaggingIndex {
  documents(): readonly Row[];
  /** Brings the index up to date now. */
  reindex(): void;
}

type Kind = 'assets' | 'collections' | 'segments';
/** Tables whose rows are about an object of any kind. */
const ABOUT = ['values', 'contents', 'acls', 'approvals'] as const;
type About = (typeof ABOUT)[number];
const isAbout = (table: TableName): table is About => ABOUT.some((name) => name === table);
interface Key {
  readonly kind: Kind;
  readonly id: string;
}

const KINDS: readonly Kind[] = ['assets', 'collections', 'segments'];

/**
 * Documents are built when first asked for. Before a row changes, the documents that show it are built and kept as
 * they are until `lagMs` later.
 */
export function createIndex({ store, beforeWrite, later }: Keeper, lagMs: number): LaggingIndex {
  const known = new Map<string, Key>();
  const built = new Map<string, Row>();
  const stale = new Map<string, Key>();
  let answer: readonly Row[] | undefined;

  const nameOf = ({ kind, id }: Key): string => `${kind}/${id}`;
  const isThere = ({ kind, id }: Key): boolean => {
    const row = store[kind].get(id);
    if (!row || row.status === 'DELETED') return false;
    if (kind === 'segments') return isThere({ kind: 'assets', id: String(row.asset_id) });
    return may(store, 'read', kind, id);
  };
  const build = ({ kind, id }: Key): Row | undefined => {
    const row = store[kind].get(id);
    if (!row) return undefined;
    if (kind === 'assets') return assetDocument(store, row);
    return kind === 'collections' ? collectionDocument(store, row) : segmentDocument(store, row);
  };
  const keep = (key: Key): Row | undefined => {
    const document = built.get(nameOf(key)) ?? build(key);
    if (document) built.set(nameOf(key), document);
    return document;
  };

  const refresh = (key: Key): void => {
    const name = nameOf(key);
    if (!stale.delete(name)) return;
    built.delete(name);
    const was = known.has(name);
    const is = isThere(key);
    if (is) known.set(name, key);
    else known.delete(name);
    if (key.kind === 'assets' && was !== is) followAsset(key.id);
    answer = undefined;
  };
  const followAsset = (assetId: string): void => {
    for (const { id } of store.segments.where('asset_id', assetId)) {
      const key: Key = { kind: 'segments', id: String(id) };
      if (isThere(key)) known.set(nameOf(key), key);
      else known.delete(nameOf(key));
    }
  };

  beforeWrite((table, row) => {
    for (const key of shownIn(table, row)) {
      const name = nameOf(key);
      if (stale.has(name)) continue;
      if (known.has(name) && !built.has(name)) keep(key);
      stale.set(name, key);
      later(lagMs, () => refresh(key));
    }
  });

  for (const kind of KINDS) {
    for (const row of store[kind].list()) {
      const key: Key = { kind, id: String(row.id) };
      if (isThere(key)) known.set(nameOf(key), key);
    }
  }

  return {
    documents() {
      answer ??= collect();
      return answer;
    },
    reindex() {
      for (const key of [...stale.values()]) refresh(key);
    },
  };

  function collect(): readonly Row[] {
    return [...known.values()].map(keep).filter((document) => document !== undefined);
  }

  /** The documents that show a row. */
  function shownIn(table: TableName, row: Row): Key[] {
    const kind = KINDS.find((one) => one === table);
    const own: Key[] = kind ? [{ kind, id: String(row.id) }] : [];
    if (isAbout(table)) return objectOf(table, row);
    if (table === 'jobs' || table === 'history' || table === 'shares') return own;
    return typeof row.asset_id === 'string' ? [...own, { kind: 'assets', id: row.asset_id }] : own;
  }

  function objectOf(table: About, row: Row): Key[] {
    const kind = KINDS.find((one) => one === row.object_type);
    if (!kind) return [];
    const id = String(row.object_id);
    const below = table === 'contents' && kind === 'collections' ? store.contents.where('collection_id', id) : [];
    return [{ kind, id }, ...below.flatMap((content) => objectOf('contents', content))];
  }
}
