import { assetDocument, collectionDocument, segmentDocument } from './documents.ts';
import { createLaggingStore } from './lagging_store.ts';
import { may } from './permissions.ts';
import type { OwnedStore } from './store.ts';
import type { Documents, Row, Store, TableName } from './types.ts';

/** The search index: some time behind the store. */
export interface LaggingIndex {
  /** The documents that search finds; a changed document is a new object. */
  readonly documents: Documents;
  /** The rows that lists of the index show. */
  readonly rows: Store;
  /** Brings the index up to date now. */
  reindex(): void;
  /** What the index of a store with the same rows can start with. */
  indexed(): Indexed;
}

export interface Indexed {
  readonly byKey: ReadonlyMap<string, Row>;
  readonly byKind: ReadonlyMap<Kind, readonly Row[]>;
}

const KINDS = ['assets', 'collections', 'segments'] as const;
type Kind = (typeof KINDS)[number];
/** Tables whose rows name an object by type and id. */
const ABOUT_OBJECTS: readonly TableName[] = ['values', 'contents', 'acls', 'approvals'];
/** Tables that no document shows. */
const NOT_SHOWN: readonly TableName[] = ['jobs', 'history', 'shares', 'proposals'];

const keyOf = (kind: Kind, id: unknown): string => `${kind}/${id}`;

/** Documents are built when first asked for, from the rows as they were `lagMs` ago. */
export function createIndex(owned: OwnedStore, lagMs: number, from?: Indexed): LaggingIndex {
  const built = new Map<string, Row>(from?.byKey);
  const byKind = new Map<Kind, readonly Row[]>(from?.byKind);
  const { store, catchUp } = createLaggingStore(owned, lagMs, (table, row) => {
    for (const key of shownIn(store, table, row)) built.delete(key);
    // A segment is shown by itself alone; anything else may decide who sees what.
    if (table === 'segments') byKind.delete('segments');
    else if (!NOT_SHOWN.includes(table)) byKind.clear();
  });
  const documentOf = (kind: Kind, row: Row): Row => {
    const key = keyOf(kind, row.id);
    const document = built.get(key) ?? build(store, kind, row);
    built.set(key, document);
    return document;
  };
  const listed = (kind: Kind): readonly Row[] => {
    const known = byKind.get(kind);
    if (known) return known;
    const found = store[kind].list((row) => isFound(store, kind, row)).map((row) => documentOf(kind, row));
    byKind.set(kind, found);
    return found;
  };
  const documents: Documents = (types) => {
    const [first = [], ...others] = KINDS.filter((kind) => !types?.size || types.has(kind)).map(listed);
    return others.length === 0 ? first : first.concat(...others);
  };
  return {
    documents,
    indexed() {
      for (const kind of KINDS) listed(kind);
      return { byKey: built, byKind };
    },
    rows: store,
    reindex: catchUp,
  };
}

function isFound(store: Store, kind: Kind, row: Row): boolean {
  if (row.status === 'DELETED') return false;
  if (kind !== 'segments') return may(store, 'read', kind, row.id);
  const asset = store.assets.get(String(row.asset_id));
  return asset !== undefined && isFound(store, 'assets', asset);
}

function build(store: Store, kind: Kind, row: Row): Row {
  if (kind === 'assets') return assetDocument(store, row);
  return kind === 'collections' ? collectionDocument(store, row) : segmentDocument(store, row);
}

/** The keys of the documents that show a row. */
function shownIn(store: Store, table: TableName, row: Row): string[] {
  if (ABOUT_OBJECTS.includes(table)) return shownWith(store, table, row);
  if (NOT_SHOWN.includes(table)) return [];
  const kind = KINDS.find((one) => one === table);
  const own = kind ? [keyOf(kind, row.id)] : [];
  if (table === 'assets') {
    return [...own, ...store.segments.where('asset_id', row.id).map(({ id }) => keyOf('segments', id))];
  }
  return typeof row.asset_id === 'string' ? [...own, keyOf('assets', row.asset_id)] : own;
}

/** The object that a row is about; with a collection that moves, all that lies in it. */
function shownWith(store: Store, table: TableName, row: Row): string[] {
  const kind = KINDS.find((one) => one === row.object_type);
  if (!kind) return [];
  const moves = table === 'contents' && kind === 'collections';
  const inside = moves ? store.contents.where('collection_id', row.object_id) : [];
  return [keyOf(kind, row.object_id), ...inside.flatMap((content) => shownWith(store, 'contents', content))];
}
