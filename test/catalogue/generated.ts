import type { Catalogue, Field, Fields, Row } from '../../src/catalogue/index.ts';

export const ID = 'a55e7001-5b1c-11ef-9c3a-0a580a3db916';

const DELETING = /^(DELET|PURG)/;
const MAX_DEPTH = 3;

/** A value that fits a field and deletes nothing. */
export function valueFor(catalogue: Catalogue, field: Field, depth = 0): unknown {
  if (field.oneOf?.[0]) return valueFor(catalogue, field.oneOf[0], depth);
  const choice = field.enum?.find((value) => !DELETING.test(String(value)));
  if (choice !== undefined) return choice;
  const fields = catalogue.fieldsOf(field);
  switch (field.type) {
    case 'array': {
      const item = field.items ?? { type: 'string' };
      return Array.from({ length: Math.max(1, field.minItems ?? 1) }, () => valueFor(catalogue, item, depth + 1));
    }
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return field.minimum ?? Math.min(7, field.maximum ?? 7);
    case 'string':
      return textFor(field);
    default:
      if (field.values) return { key: valueFor(catalogue, field.values, depth + 1) };
      return field.type === undefined && Object.keys(fields).length === 0
        ? 'anything'
        : objectFor(catalogue, fields, depth);
  }
}

function textFor({ format, minLength = 1, maxLength = 20 }: Field): string {
  if (format === 'uuid') return ID;
  if (format === 'date-time') return '2026-03-01T09:30:00+00:00';
  if (format === 'date') return '2026-03-01';
  if (format === 'email') return 'someone@example.com';
  if (format === 'url') return 'https://example.com/hook';
  return 'words'.padEnd(minLength, 'x').slice(0, Math.max(minLength, maxLength));
}

/** All fields of an object; below some levels only those that have to be there. */
function objectFor(catalogue: Catalogue, fields: Fields, depth: number): Record<string, unknown> {
  const kept = Object.entries(fields).filter(
    ([, { required, readOnly }]) => !readOnly && (required || depth < MAX_DEPTH),
  );
  return Object.fromEntries(kept.map(([name, field]) => [name, valueFor(catalogue, field, depth + 1)]));
}

export interface Generated {
  readonly operation: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Arguments for every field that an operation has. Flags are off, so nothing is taken away for good. */
export function argumentsFor(catalogue: Catalogue, row: Row): Generated {
  const { operation, pathNames, query, body } = row;
  const kept = (flag: string): boolean => row.finalFlags.some(({ name }) => name === flag);
  const safe = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([name]) => !kept(name)));
  return {
    operation,
    path: Object.fromEntries(pathNames.map((name) => [name, name.endsWith('_id') ? ID : 'word'])),
    query: objectFor(catalogue, safe(query), 0),
    ...(body && { body: objectFor(catalogue, safe(body.fields), 0) }),
  };
}

/** The path that arguments make. */
export const filledPath = ({ path }: Row, values: Readonly<Record<string, string>>): string =>
  `/API${path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')}`;
