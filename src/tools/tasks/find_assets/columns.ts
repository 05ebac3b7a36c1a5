import { dayIn } from '../../../media/dates.ts';
import { formatBytes } from '../../../media/units.ts';
import { firstOf } from '../../../text/english.ts';
import { shortenToTokens } from '../../../text/tokens.ts';
import { NotFound, ToolError } from '../../errors.ts';
import { MASTER_FIELDS } from '../../library/masters/masters.ts';
import { DATES } from '../../library/metadata/conditions.ts';
import { type Field, fieldBefore, findField, type View, viewNamed } from '../../library/metadata/fields.ts';
import { propertyLabel, STORAGE } from '../../library/metadata/properties.ts';
import { toShown } from '../../library/metadata/values.ts';
import type { Doc, Term } from '../../library/search.ts';
import { ORIGINAL } from '../../library/subclips.ts';
import type { Context } from '../../types.ts';
import type { Counted } from './counts.ts';
import { bytesOf, FILE_FIELDS, goneFrom, type Known, storedFiles } from './holdings.ts';
import type { Measure } from './sorting.ts';
import { FACT_NAMES, type Fact, factOf, isFact, technicalKey } from './technical.ts';

/** What `show` adds to each hit: a metadata field, or a property of the asset. */
export interface Column {
  readonly label: string;
  /** The label as it was asked for. */
  readonly asked: string;
  /** Fields of the document. */
  readonly names: readonly string[];
  readonly field?: Field;
  readonly kind?: keyof typeof PROPERTIES | 'date' | 'technical';
  readonly fact?: Fact;
  /** The view that was asked for, which has this field. */
  readonly ofView?: View;
}

const PROPERTIES = {
  size: FILE_FIELDS,
  storage: FILE_FIELDS,
  collection: ['in_collections'],
  type: ['type'],
  cut_from: [ORIGINAL],
  category: ['category'],
  external_id: ['external_id'],
  transcript: ['transcribed_languages'],
} as const;

/** What is no field and can be shown all the same. */
const BESIDE_FIELDS = [...Object.keys(PROPERTIES), ...FACT_NAMES, ...DATES.keys()]
  .map((one) => one.replaceAll('_', ' '))
  .join(', ');

/** Terms that say where files are; a checksum stands for the ids of assets. */
const ONLY_OF_ASSETS: Readonly<Record<string, string>> = {
  id: 'checksum',
  [STORAGE]: 'storage',
  type: 'type',
  [ORIGINAL]: 'cut from',
};
/** Throws `ToolError` for what the index says of assets only: where their files are, and how large. */
export function requireKnownOfCollections(
  { offers }: Context,
  {
    shown,
    counted,
    tests,
    order,
    terms,
  }: Measure & {
    readonly shown: readonly Column[];
    readonly counted: readonly Counted[];
    readonly terms: readonly Term[];
  },
): void {
  const asked = [
    ...tests.map(({ label }) => ({ argument: 'where', what: 'technical', label })),
    ...terms
      .flatMap(({ name }) => ONLY_OF_ASSETS[name] ?? [])
      .map((label) => ({ argument: 'where', what: 'technical', label })),
    ...shown.map(({ kind, label }) => ({ argument: 'show', what: kind, label })),
    ...counted.map(({ by, label }) => ({ argument: 'count_by', what: by, label })),
    ...(order ? [{ argument: 'sort', what: 'technical', label: order.by }] : []),
  ];
  const own = asked.find(({ what }) => what === 'size' || what === 'storage' || what === 'technical');
  if (!own) return;
  const other = offers('report_storage') ? ' report_storage measures them.' : '';
  throw new ToolError(`${own.argument}: the search index has no ${own.label} of collections.${other}`);
}

/** What a hit says in any case. */
const ON_EACH_HIT: readonly string[] = ['title', 'id', 'length', 'media_type', 'comments', 'open_comments'];

/** Fields of a view that are shown. */
const MAX_OF_VIEW = 8;

/** The columns for the labels, each once, without those that each hit has anyway; for a view those of its fields. */
export async function columnsFor(context: Context, labels: readonly string[]): Promise<Column[]> {
  const columns = await Promise.all(
    labels.map(async (label): Promise<Column[]> => {
      const isThere = ON_EACH_HIT.includes(technicalKey(label)) && !(await fieldBefore(context, label));
      if (isThere) return [];
      try {
        return [{ ...(await columnFor(context, label)), asked: label }];
      } catch (error) {
        const view = error instanceof NotFound ? await viewNamed(context, label) : undefined;
        if (!view) throw error;
        return view.fields.slice(0, MAX_OF_VIEW).map((field) => columnOf(field, view));
      }
    }),
  );
  const all = columns.flat();
  const first = (own: Field | undefined) => all.find(({ field }) => field?.name === own?.name);
  return all.filter((one) => !one.ofView || first(one.field) === one);
}

const columnOf = (field: Field, ofView: View): Column => ({
  label: field.label,
  asked: field.label,
  names: [`metadata.${field.name}`],
  field,
  ofView,
});

/** Which views were asked for, and what of them is shown. */
export function viewHints(shown: readonly Column[]): string[] {
  const views = [...new Set(shown.flatMap(({ ofView }) => ofView ?? []))];
  return views.map(({ name, fields }) => {
    const labels = fields.map(({ label }) => label);
    return `show → the fields of the view ${name}: ${firstOf(labels, MAX_OF_VIEW)}; what is empty is left out.`;
  });
}

/** A column for a label of metadata, a date of assets or a property of them. Throws `ToolError` for unknown labels. */
async function columnFor(context: Context, label: string): Promise<Omit<Column, 'asked'>> {
  const key = technicalKey(propertyLabel(label)).replace(/^collections$/, 'collection');
  const date = DATES.get(key);
  if (date) return { label, kind: 'date', names: [date] };
  const fact = technicalKey(label);
  if (isFact(fact)) {
    const field = await fieldBefore(context, label);
    if (!field) return { label, kind: 'technical', fact, names: MASTER_FIELDS };
  }
  const isProperty = (one: string): one is keyof typeof PROPERTIES => Object.hasOwn(PROPERTIES, one);
  const field = isProperty(key)
    ? await fieldBefore(context, label)
    : await findField(context, label, undefined, BESIDE_FIELDS);
  if (field) return { label: field.label, field, names: [`metadata.${field.name}`] };
  return isProperty(key) ? { label, kind: key, names: PROPERTIES[key] } : { label, names: [] };
}

/** Tokens of one value. */
const MAX_VALUE_TOKENS = 120;

/** `Clearance: Pending`, `size: 5.3 GB`, `codec: not known`. */
export function columnValue(column: Column, doc: Doc, known: Known): string {
  const { label, kind, ofView } = column;
  const value = shortenToTokens(textOf(column, doc, known), MAX_VALUE_TOKENS);
  if (ofView && !value) return '';
  return `${label}: ${value || (kind === 'technical' ? 'not known' : 'empty')}`;
}

function textOf(column: Column, doc: Doc, known: Known): string {
  const { kind } = column;
  const value = columnData(column, doc, known);
  if (kind === 'size' && typeof value === 'number') return formatBytes(value);
  if (kind === 'storage') return [[value ?? []].flat().join(', '), goneFrom(doc, known)].filter(Boolean).join(' ');
  if (kind === 'type') return String(value ?? '').toLowerCase();
  if (kind === 'date') return typeof value === 'string' ? dayIn(value, known.zone) : '';
  return [value ?? []].flat().join(', ');
}

/** What `show` adds as data: bytes, names of storages, titles of collections, values as texts; undefined where there is none. */
export function columnData(
  { kind, field, fact, names: [name = ''] }: Column,
  doc: Doc,
  { names, masters }: Known,
): number | string | string[] | undefined {
  const named = (ids: readonly (string | undefined)[]): string[] =>
    [...new Set(ids)].flatMap((id) => (id ? [names.get(id) ?? id] : []));
  switch (kind) {
    case 'technical':
      return fact && factOf(fact, masters.get(String(doc.id)));
    case 'size':
      return bytesOf(doc) || undefined;
    case 'storage':
      return named(storedFiles(doc).map(({ storage_id }) => storage_id));
    case 'cut_from':
      return named([doc.original_asset_id]);
    case 'collection':
      return named(doc.in_collections ?? []);
    case undefined: {
      const values = [field && doc.metadata?.[field.name]].flat();
      return values.filter((one) => one !== undefined && one !== null).map((one) => toShown(field, one));
    }
    default: {
      const plain = (doc as Readonly<Record<string, unknown>>)[name];
      if (typeof plain === 'string') return plain;
      return Array.isArray(plain) && plain.length > 0 ? plain.map(String) : undefined;
    }
  }
}
