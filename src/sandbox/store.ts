import { type Owner, type Row, type Store, TABLES, type Table, type TableName, type World } from './types.ts';

/** Called before a row is written, while the store still has the old state. */
export type BeforeWrite = (table: TableName, row: Row) => void;

/** The store with control over its background work and writes. */
export interface OwnedStore {
  readonly store: Store;
  /** Runs all pending background work, including what that starts. */
  settle(): void;
  beforeWrite(follow: BeforeWrite): void;
  /** As the store's `later`, without `pace`. */
  later: Store['later'];
}

/** A store that starts with the rows of the world and never changes one in place. `pace` multiplies the time of background work. */
export function createStore(world: World, seed: number, pace = 1): OwnedStore {
  const followers: BeforeWrite[] = [];
  const now = createClock();
  const table = (name: TableName): [TableName, Table] => [
    name,
    createTable(world[name], name === 'fields' ? 'name' : 'id', now, (row) => {
      for (const follow of followers) follow(name, row);
    }),
  ];
  const tables = Object.fromEntries(TABLES.map(table)) as Record<TableName, Table>;
  const background = createBackground();
  return {
    store: { ...tables, newId: createIds(seed), now, later: (ms, work) => background.later(ms * pace, work) },
    settle: background.settle,
    later: background.later,
    beforeWrite: (follow) => void followers.push(follow),
  };
}

function createTable(initial: readonly Row[], key: string, now: () => string, written: (row: Row) => void): Table {
  const rows = new Map(initial.map((row) => [String(row[key]), row]));
  const groups = createGroups(rows);
  return {
    get: (id) => rows.get(id),
    list: (keep) => (keep ? [...rows.values()].filter(keep) : [...rows.values()]),
    where: (column, value) => groups.keys(column, value).map((id) => rows.get(id) as Row),
    insert(row) {
      written(row);
      const id = String(row[key]);
      rows.set(id, row);
      groups.add(id, row);
      return row;
    },
    update(id, changes) {
      const row = rows.get(id);
      if (!row) throw new Error(`sandbox: no row ${id} to update`);
      written(row);
      const changed = { ...row, ...changes, date_modified: now() };
      rows.set(id, changed);
      return changed;
    },
    remove(id) {
      const row = rows.get(id);
      if (!row) return;
      written(row);
      rows.delete(id);
      groups.remove(id, row);
    },
    get size() {
      return rows.size;
    },
  };
}

/** Keys of the rows that have the same value in an owner column. */
interface Groups {
  keys(column: Owner, value: unknown): string[];
  add(id: string, row: Row): void;
  remove(id: string, row: Row): void;
}

/** Groups are built when first needed: small sandboxes start faster without them. */
function createGroups(rows: ReadonlyMap<string, Row>): Groups {
  const columns = new Map<Owner, Map<unknown, Set<string>>>();
  const join = (grouped: Map<unknown, Set<string>>, value: unknown, id: string): void => {
    const group = grouped.get(value);
    if (group) group.add(id);
    else grouped.set(value, new Set([id]));
  };
  const groupedBy = (column: Owner): Map<unknown, Set<string>> => {
    const known = columns.get(column);
    if (known) return known;
    const grouped = new Map<unknown, Set<string>>();
    for (const [id, row] of rows) join(grouped, row[column], id);
    columns.set(column, grouped);
    return grouped;
  };
  return {
    keys: (column, value) => [...(groupedBy(column).get(value) ?? [])],
    add(id, row) {
      for (const [column, grouped] of columns) join(grouped, row[column], id);
    },
    remove(id, row) {
      for (const [column, grouped] of columns) grouped.get(row[column])?.delete(id);
    },
  };
}

/** Microseconds count the calls within one millisecond, so that no two times are equal. */
function createClock(): () => string {
  let last = 0;
  let ticks = 0;
  return () => {
    const millisecond = Math.max(last, Date.now());
    ticks = millisecond === last ? ticks + 1 : 0;
    last = ticks > 999 ? millisecond + 1 : millisecond;
    if (ticks > 999) ticks = 0;
    return new Date(last).toISOString().replace('Z', `${String(ticks).padStart(3, '0')}+00:00`);
  };
}

/** Ids in the form of uuid version 1: a counter makes them unique, the seed makes them repeatable. */
function createIds(seed: number): () => string {
  let state = (seed * 2654435761 + 1) >>> 0;
  let count = 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');
  return () => {
    count += 1;
    return `${hex(random(), 8)}-${hex(count & 0xffff, 4)}-1${hex((count >>> 16) & 0xfff, 3)}-9d1c-0a580a3db916`;
  };
}

function createBackground(): { later: Store['later']; settle(): void } {
  const waiting = new Map<NodeJS.Timeout, { due: number; work: () => void }>();
  const run = (timer: NodeJS.Timeout): void => {
    const task = waiting.get(timer);
    clearTimeout(timer);
    waiting.delete(timer);
    task?.work();
  };
  return {
    later(ms, work) {
      const timer = setTimeout(() => run(timer), ms);
      timer.unref();
      waiting.set(timer, { due: Date.now() + ms, work });
    },
    settle() {
      // What the work itself puts off comes in the next round.
      while (waiting.size > 0) for (const [timer] of [...waiting].sort(([, a], [, b]) => a.due - b.due)) run(timer);
    },
  };
}
