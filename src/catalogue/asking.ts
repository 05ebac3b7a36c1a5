import type { Row } from './types.ts';

/** The arguments of a call. */
export interface Sent {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** Whether a person agrees first: always, or for a value that deletes, or for a flag that makes it final. */
export const asksFirst = (row: Row, sent: Sent): boolean =>
  row.asks || deletes(row, sent) || opens(row, sent) || setFlags(row, sent).length > 0;

/** Whether the body has a value that deletes the object, or one of its objects. */
export const deletes = ({ deletingBody }: Row, { body }: Sent): boolean => has(body, deletingBody);

/** Whether the body shows the object to people outside. A replacement opens what is internal by leaving the field out. */
export const opens = ({ method, openingBody }: Row, { body }: Sent): boolean =>
  has(body, openingBody) ||
  (method === 'PUT' && openingBody.some(({ field }) => field === 'is_internal' && valuesAt(body, field).length === 0));

/** Ids of the collections into which something comes. */
export const placedInto = (row: Row, sent: Sent): string[] =>
  idsAt(
    sent,
    placingsOf(row, sent).map(({ into }) => into),
  );

/** Ids of the assets and collections that come there. */
export const broughtThere = (row: Row, sent: Sent): string[] =>
  idsAt(
    sent,
    placingsOf(row, sent).flatMap(({ brings = [] }) => brings),
  );

const placingsOf = ({ places }: Row, { body }: Sent) =>
  places.filter(({ by }) => by === undefined || by.some((name) => valuesAt(body, name).length > 0));

function idsAt({ path, body }: Sent, names: readonly string[]): string[] {
  const given: Readonly<Record<string, unknown>> = { ...Object(body), ...path };
  return [...new Set(names.flatMap((name) => given[name]).filter((id) => typeof id === 'string'))];
}

const has = (body: unknown, some: Row['deletingBody']): boolean =>
  some.some(({ field, values }) =>
    valuesAt(body, field).some((value) => values.includes(String(value).trim().toUpperCase())),
  );

/** The flags that are set to the value with which nothing is kept. */
export const setFlags = (row: Row, { query, body }: Sent): readonly string[] =>
  row.finalFlags.flatMap(({ name, value }) => {
    const given = [...valuesAt(query, name), ...valuesAt(body, name)];
    return given.some((one) => truth(one) === value) ? [name] : [];
  });

/** Iconik takes booleans as Python writes them, and as forms do. */
function truth(value: unknown): boolean | undefined {
  const text = String(value).toLowerCase();
  if (['true', 't', 'yes', 'y', 'on', '1'].includes(text)) return true;
  return ['false', 'f', 'no', 'n', 'off', '0'].includes(text) ? false : undefined;
}

/** The values at `objects[].status`. */
function valuesAt(value: unknown, path: string): unknown[] {
  let found: unknown[] = [value];
  for (const part of path.split('.')) {
    const name = part.replace('[]', '');
    found = found.flatMap((one) => {
      const inner =
        typeof one === 'object' && one !== null && Object.hasOwn(one, name)
          ? (one as Record<string, unknown>)[name]
          : [];
      return Array.isArray(inner) ? inner : [inner];
    });
  }
  return found;
}
