import { dayIn } from '../../../media/dates.ts';
import { formatBytes } from '../../../media/units.ts';
import { identityKey } from '../../../text/compare.ts';
import { shortenToTokens } from '../../../text/tokens.ts';
import { ToolError } from '../../errors.ts';
import { storagesOf } from '../../library/files.ts';
import { DATES } from '../../library/metadata/conditions.ts';
import { type Field, findField } from '../../library/metadata/fields.ts';
import { toShown } from '../../library/metadata/values.ts';
import type { Doc } from '../../library/search.ts';
import type { Context } from '../../types.ts';
import { bytesOf, titlesOf } from './counts.ts';

/** What `show` adds to each hit: a metadata field, or a property of the asset. */
export interface Column {
  readonly label: string;
  /** Fields of the document. */
  readonly names: readonly string[];
  readonly field?: Field;
  readonly kind?: keyof typeof PROPERTIES | 'date';
}

const PROPERTIES = {
  size: ['files.size', 'files.status', 'files.storage_id'],
  storage: ['files.storage_id', 'files.status'],
  collections: ['in_collections'],
  category: ['category'],
  external_id: ['external_id'],
} as const;

/** Throws `ToolError` for what only assets have. */
export function requireColumnsOf(kind: 'assets' | 'collections', columns: readonly Column[]): void {
  const [own] = kind === 'collections' ? columns.filter(({ kind: of }) => of === 'size' || of === 'storage') : [];
  if (own)
    throw new ToolError(`show: the search index has no ${own.label} of collections. report_storage measures them.`);
}

/** A column for a label; properties and dates of assets come before metadata. Throws `ToolError` for unknown labels. */
export async function columnFor(context: Context, label: string): Promise<Column> {
  const key = identityKey(label)
    .replaceAll(' ', '_')
    .replace(/^collection$/, 'collections');
  if (Object.hasOwn(PROPERTIES, key)) {
    const kind = key as keyof typeof PROPERTIES;
    return { label, kind, names: PROPERTIES[kind] };
  }
  const date = DATES.get(key);
  if (date) return { label, kind: 'date', names: [date] };
  const field = await findField(context, label);
  return { label: field.label, field, names: [`metadata.${field.name}`] };
}

/** Names by id that the columns of a page need. */
export async function namesFor(context: Context, columns: readonly Column[], docs: readonly Doc[]) {
  const [stores, collections] = await Promise.all([
    columns.some(({ kind }) => kind === 'storage') ? storagesOf(context) : [],
    columns.some(({ kind }) => kind === 'collections')
      ? titlesOf(context, [...new Set(docs.flatMap(({ in_collections = [] }) => in_collections))])
      : [],
  ]);
  return new Map<string, string>([...stores.map(({ id = '', name = id }) => [id, name] as const), ...collections]);
}

/** Tokens of one value. */
const MAX_VALUE_TOKENS = 120;

/** `Clearance: Pending`, `size: 5.3 GB`. */
export function columnValue(column: Column, doc: Doc, names: ReadonlyMap<string, string>, zone: string): string {
  const value = shortenToTokens(textOf(column, doc, names, zone), MAX_VALUE_TOKENS);
  return `${column.label}: ${value || 'empty'}`;
}

function textOf(
  { kind, field, names: [name = ''] }: Column,
  doc: Doc,
  names: ReadonlyMap<string, string>,
  zone: string,
) {
  const named = (ids: readonly (string | undefined)[]): string =>
    [...new Set(ids)].flatMap((id) => (id ? [names.get(id) ?? id] : [])).join(', ');
  const plain = (doc as Readonly<Record<string, unknown>>)[name];
  switch (kind) {
    case 'size': {
      const bytes = bytesOf(doc);
      return bytes > 0 ? formatBytes(bytes) : '';
    }
    case 'storage':
      return named((doc.files ?? []).filter(({ status }) => status !== 'DELETED').map(({ storage_id }) => storage_id));
    case 'collections':
      return named(doc.in_collections ?? []);
    case 'date':
      return typeof plain === 'string' ? dayIn(plain, zone) : '';
    case undefined: {
      const values = field && doc.metadata?.[field.name];
      const list = (Array.isArray(values) ? values : [values]).filter((one) => one !== undefined && one !== null);
      return list.map((one) => toShown(field, one)).join(', ');
    }
    default:
      return typeof plain === 'string' ? plain : '';
  }
}
