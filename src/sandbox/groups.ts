import type { Owner, Row } from './types.ts';

/** The rows of a table, which several stores may start with: a table copies what it changes. */
export interface TableContents {
  readonly rows: ReadonlyMap<string, Row>;
  /** Keys of the rows by their value in an owner column, for the columns that some store asked for. */
  readonly groups: Map<Owner, Group>;
}

type Group = ReadonlyMap<unknown, ReadonlySet<string>>;

/** Keys of the rows that have the same value in an owner column; `rows` are those of now. */
export interface Groups {
  keys(column: Owner, value: unknown, rows: ReadonlyMap<string, Row>): string[];
  add(id: string, row: Row): void;
  remove(id: string, row: Row): void;
}

/** A column in which a table finds its rows: groups that it has in common with others, but for those that it changed. */
interface Column {
  readonly common: Group;
  readonly changed: Map<unknown, Set<string>>;
}

/** Groups are built when first needed: small sandboxes start faster without them. */
export function createGroups({ rows: initial, groups: common }: TableContents): Groups {
  const columns = new Map<Owner, Column>();
  const columnOf = (column: Owner, rows: ReadonlyMap<string, Row>): Column => {
    const known = columns.get(column);
    if (known) return known;
    const isAsAtStart = rows === initial;
    const group = (isAsAtStart && common.get(column)) || groupedBy(column, rows);
    if (isAsAtStart) common.set(column, group);
    const made = { common: group, changed: new Map() };
    columns.set(column, made);
    return made;
  };
  const changed = ({ common, changed }: Column, value: unknown): Set<string> => {
    const group = changed.get(value) ?? new Set(common.get(value));
    changed.set(value, group);
    return group;
  };
  return {
    keys(column, value, rows) {
      const { common, changed } = columnOf(column, rows);
      return [...(changed.get(value) ?? common.get(value) ?? [])];
    },
    add(id, row) {
      for (const [name, column] of columns) changed(column, row[name]).add(id);
    },
    remove(id, row) {
      for (const [name, column] of columns) changed(column, row[name]).delete(id);
    },
  };
}

function groupedBy(column: Owner, rows: ReadonlyMap<string, Row>): Group {
  const grouped = new Map<unknown, Set<string>>();
  for (const [id, row] of rows) {
    const group = grouped.get(row[column]);
    if (group) group.add(id);
    else grouped.set(row[column], new Set([id]));
  }
  return grouped;
}
