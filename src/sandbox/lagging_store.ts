import type { OwnedStore } from './store.ts';
import type { Row, Store, Table, TableName } from './types.ts';

/** The store as it was some time ago. */
export interface LaggingStore {
  /** Read only. */
  readonly store: Store;
  /** Shows every write now. */
  catchUp(): void;
}

/** Called when the lagging store catches up with a row; `row` is the row as it was written first. */
export type CaughtUp = (table: TableName, row: Row) => void;

/** Rows that were written lately, as they were before; undefined for a row that did not exist. */
type Before = Map<string, Row | undefined>;

/**
 * A view of the store that shows each write `lagMs` later.
 * A row that is written again meanwhile appears with both changes once the first is due.
 */
export function createLaggingStore(owned: OwnedStore, lagMs: number, caughtUp: CaughtUp): LaggingStore {
  const { store } = owned;
  const before = new Map<TableName, Before>();
  const beforeOf = (table: TableName): Before => {
    const known = before.get(table) ?? new Map<string, Row | undefined>();
    before.set(table, known);
    return known;
  };
  const due = new Set<() => void>();

  owned.beforeWrite((table, row) => {
    const rows = beforeOf(table);
    const key = keyOf(table, row);
    if (rows.has(key)) return;
    const old = store[table].get(key);
    rows.set(key, old);
    const show = (): void => {
      if (!due.delete(show)) return;
      rows.delete(key);
      caughtUp(table, row);
    };
    due.add(show);
    owned.later(lagMs, show);
  });

  const names = Object.keys(store).filter((name): name is TableName => isTable(store[name as keyof Store]));
  const tables = names.map((name) => [name, tableBefore(store[name], beforeOf(name), (row) => keyOf(name, row))]);
  return {
    store: { ...store, ...Object.fromEntries(tables) },
    catchUp() {
      for (const show of [...due]) show();
    },
  };
}

const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null && 'insert' in value;
const keyOf = (table: TableName, row: Row): string => String(row[table === 'fields' ? 'name' : 'id']);

function tableBefore(table: Table, before: Before, keyIn: (row: Row) => string): Table {
  const refuse = (): never => {
    throw new Error('sandbox: the search index is read only');
  };
  /** The rows of `now` as they were, in the same order; rows that are gone by now come last. */
  const past = (now: readonly Row[], keep: (row: Row) => boolean): Row[] => {
    const gone = new Set(before.keys());
    const rows = now.map((row) => {
      const key = keyIn(row);
      if (!gone.delete(key)) return row;
      return before.get(key);
    });
    return [...rows, ...[...gone].map((key) => before.get(key))].filter(
      (row) => row !== undefined && keep(row),
    ) as Row[];
  };
  return {
    get: (id) => (before.has(id) ? before.get(id) : table.get(id)),
    list: (keep = () => true) => (before.size === 0 ? table.list(keep) : past(table.list(), keep)),
    where(column, value) {
      const now = table.where(column, value);
      return before.size === 0 ? now : past(now, (row) => row[column] === value);
    },
    insert: refuse,
    update: refuse,
    remove: refuse,
    get size() {
      return table.size;
    },
  };
}
