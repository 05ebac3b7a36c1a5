import { createGroups, type TableContents } from './groups.ts';
import { type Row, type Store, TABLES, type Table, type TableName, type World } from './types.ts';

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
  /** What it has now, for a store that starts with it. */
  contents(): Contents;
}

export type Contents = Readonly<Record<TableName, TableContents>>;

const keyColumn = (name: TableName): string => (name === 'fields' ? 'name' : 'id');

export const contentsOf = (world: World): Contents =>
  byTable((name) => ({
    rows: new Map(world[name].map((row) => [String(row[keyColumn(name)]), row])),
    groups: new Map(),
  }));

const byTable = <T>(make: (name: TableName) => T): Record<TableName, T> =>
  Object.fromEntries(TABLES.map((name) => [name, make(name)])) as Record<TableName, T>;

/** A store that never changes a row in place. `pace` multiplies the time of background work. */
export function createStore(start: Contents, seed: number, pace = 1): OwnedStore {
  const followers: BeforeWrite[] = [];
  const now = createClock();
  const owned = byTable((name) =>
    createTable(start[name], keyColumn(name), now, (row) => {
      for (const follow of followers) follow(name, row);
    }),
  );
  const tables = byTable((name) => owned[name].table);
  const background = createBackground();
  return {
    store: { ...tables, newId: createIds(seed), now, later: (ms, work) => background.later(ms * pace, work) },
    settle: background.settle,
    later: background.later,
    beforeWrite: (follow) => void followers.push(follow),
    contents: () => byTable((name) => owned[name].contents()),
  };
}

interface OwnedTable {
  readonly table: Table;
  contents(): TableContents;
}

function createTable(start: TableContents, key: string, now: () => string, written: (row: Row) => void): OwnedTable {
  let shared: TableContents | undefined = start;
  let rows = start.rows as Map<string, Row>;
  let groups = createGroups(start);
  const own = (row: Row): void => {
    written(row);
    if (shared) rows = new Map(rows);
    shared = undefined;
  };
  const contents = (): TableContents => {
    if (shared) return shared;
    shared = { rows, groups: new Map() };
    groups = createGroups(shared);
    return shared;
  };
  const table: Table = {
    get: (id) => rows.get(id),
    list: (keep) => (keep ? [...rows.values()].filter(keep) : [...rows.values()]),
    where: (column, value) => groups.keys(column, value, rows).map((id) => rows.get(id) as Row),
    insert(row) {
      own(row);
      const id = String(row[key]);
      rows.set(id, row);
      groups.add(id, row);
      return row;
    },
    update(id, changes) {
      const row = rows.get(id);
      if (!row) throw new Error(`sandbox: no row ${id} to update`);
      own(row);
      const changed = { ...row, ...changes, date_modified: now() };
      rows.set(id, changed);
      return changed;
    },
    remove(id) {
      const row = rows.get(id);
      if (!row) return;
      own(row);
      rows.delete(id);
      groups.remove(id, row);
    },
    get size() {
      return rows.size;
    },
  };
  return { table, contents };
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

interface Task {
  readonly due: number;
  readonly works: (() => void)[];
}

function createBackground(): { later: Store['later']; settle(): void } {
  const waiting = new Map<NodeJS.Timeout, Task>();
  /** What was put off in this turn, by its time: a write of hundreds of rows takes one timer. */
  const recent = new Map<number, Task>();
  const run = (timer: NodeJS.Timeout): void => {
    const task = waiting.get(timer);
    clearTimeout(timer);
    waiting.delete(timer);
    recent.clear();
    for (const work of task?.works ?? []) work();
  };
  return {
    later(ms, work) {
      const known = recent.get(ms);
      if (known) return void known.works.push(work);
      const task: Task = { due: Date.now() + ms, works: [work] };
      const timer = setTimeout(() => run(timer), ms);
      timer.unref();
      waiting.set(timer, task);
      if (recent.size === 0) queueMicrotask(() => recent.clear());
      recent.set(ms, task);
    },
    settle() {
      // What the work itself puts off comes in the next round.
      while (waiting.size > 0) for (const [timer] of [...waiting].sort(([, a], [, b]) => a.due - b.due)) run(timer);
    },
  };
}
