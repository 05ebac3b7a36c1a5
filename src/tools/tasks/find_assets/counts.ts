import { dayIn } from '../../../media/dates.ts';
import { formatBytes } from '../../../media/units.ts';
import { identityKey } from '../../../text/compare.ts';
import { plural } from '../../../text/english.ts';
import { countFittingLines, shortenToTokens } from '../../../text/tokens.ts';
import type { Master } from '../../library/masters/masters.ts';
import { DATES } from '../../library/metadata/conditions.ts';
import { type Field, fieldBefore, findField } from '../../library/metadata/fields.ts';
import { propertyLabel } from '../../library/metadata/properties.ts';
import { toShown } from '../../library/metadata/values.ts';
import { all, type Criteria, type Doc } from '../../library/search.ts';
import { ORIGINAL } from '../../library/subclips.ts';
import type { Context } from '../../types.ts';
import { bytesOf, FILE_FIELDS, type Known, placeNames, storedFiles } from './holdings.ts';
import { type Fact, factOf, isFact, SIZE_NOTE, technicalKey, totalSize } from './technical.ts';

/** What hits are counted by: a facet of the search, or what is read of each document. */
export interface Counted {
  readonly label: string;
  /** The field of the document. */
  readonly name: string;
  readonly field?: Field;
  readonly by?: Unit | 'storage' | 'collection' | 'cut_from' | 'size' | 'technical';
  readonly fact?: Fact;
}
type Unit = keyof typeof UNITS;

/** Characters of a day that stand for the unit. */
const UNITS = { year: 4, month: 7, day: 10 } as const;
const PLAIN = ['media_type', 'archive_status', 'is_online', 'type', 'approval_status', 'format'];
const PLACES = {
  storage: 'files.storage_id',
  collection: 'in_collections',
  cut_from: ORIGINAL,
  size: 'files.storage_id',
} as const;
/** What `count_by` takes beside labels of metadata. */
const IN_COUNT_BY =
  'media_type, archive_status, is_online, type, approval_status, format, storage, collection, cut from, size, codec, year, month, day';
const BY_UNIT = /^(?:(.*) by )?(year|month|day)$/i;

/** Resolves what to count by: a label, a property, `storage`, `collection`, `size`, `created`, `month`, `Shoot date by year`. */
export async function countedBy(context: Context, label: string): Promise<Counted> {
  const name = propertyLabel(label).replaceAll(' ', '_');
  if (PLAIN.includes(name)) return { label, name };
  if (name === 'storage' || name === 'collection' || name === 'cut_from' || name === 'size') {
    const own = await fieldBefore(context, label);
    return own ? { label, name: `metadata.${own.name}`, field: own } : { label, name: PLACES[name], by: name };
  }
  const plainDate = DATES.get(name);
  if (plainDate) return { label, name: plainDate, by: 'year' };
  const fact = technicalKey(label);
  if (isFact(fact) && !(await fieldBefore(context, label))) return { label, name: 'id', by: 'technical', fact };
  const [, of = 'created', unit] = BY_UNIT.exec(label.trim()) ?? [];
  const by = unit?.toLowerCase() as Unit | undefined;
  const date = by && DATES.get(of.trim().toLowerCase());
  if (date) return { label, name: date, by };
  const field = await findField(context, by ? of : label, undefined, IN_COUNT_BY);
  return { label, name: `metadata.${field.name}`, field, ...(by && { by }) };
}

/** Tokens of all counts, and of one value. */
const MAX_COUNT_TOKENS = 1_300;
const MAX_VALUE_TOKENS = 120;

/** A facet with as many values may have more that it does not list. */
const MAX_BUCKETS = 100;

export interface Counts {
  readonly counts: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
  readonly total_size?: string;
  readonly notes: readonly string[];
}

interface Bucket {
  readonly key?: unknown;
  readonly doc_count?: unknown;
}

/** Counts by label and value, as many as fit: from the facets of a search, or from each of its documents. */
export async function countsOf(
  context: Context,
  { criteria, counted, zone }: { criteria: Criteria; counted: readonly Counted[]; zone: string },
  facets: Readonly<Record<string, unknown>>,
  masters: ReadonlyMap<string, Master>,
): Promise<Counts> {
  const read = counted.some(({ by }) => by) ? await documentsFor(context, criteria, counted) : [];
  const names = await placeNames(context, new Set(counted.map(({ by }) => by)), read);
  const notes: string[] = [];
  const counts = counted.map((one) => {
    const lines = one.by ? fromDocuments(one, read, { names, masters, zone }) : fromFacet(one, facets[one.name]);
    const room = MAX_COUNT_TOKENS / counted.length;
    const count = countFittingLines(
      lines.map(([value, number]) => `${value}: ${number}`),
      0,
      room,
    );
    const mayBeCut = !one.by && lines.length >= MAX_BUCKETS;
    if (count < lines.length || mayBeCut)
      notes.push(`${one.label}: showing ${count} of ${plural(lines.length, 'value')}${mayBeCut ? ' or more' : ''}.`);
    return [one.label, Object.fromEntries(lines.slice(0, count))] as const;
  });
  const bytes = read.reduce((sum, doc) => sum + bytesOf(doc), 0);
  return {
    counts: Object.fromEntries(counts),
    ...(bytes > 0 && { total_size: totalSize(bytes) }),
    notes: [...notes, ...counted.flatMap(countedNote), ...(bytes > 0 ? [SIZE_NOTE] : [])],
  };
}

/** Hits whose sizes are added up beside those that are shown. */
const MAX_ADDED_UP = 5_000;

/** The size of all hits, for the documents of the first page, where each says its own. */
export async function sizeOfAll(
  context: Context,
  { criteria, shown }: { readonly criteria: Criteria; readonly shown: readonly { readonly kind?: string }[] },
  { docs, total }: { readonly docs: readonly Doc[]; readonly total: number },
): Promise<{ readonly size?: string; readonly notes: readonly string[] }> {
  if (total === 0 || !shown.some(({ kind }) => kind === 'size')) return { notes: [] };
  if (total > MAX_ADDED_UP)
    return { notes: [`More than ${MAX_ADDED_UP} hits are added up by count_by size alone.`, SIZE_NOTE] };
  const read = total <= docs.length ? docs : await all(context, criteria, FILE_FIELDS);
  const bytes = read.reduce((sum, doc) => sum + bytesOf(doc), 0);
  return { ...(bytes > 0 && { size: totalSize(bytes) }), notes: [SIZE_NOTE] };
}

/** `month` alone counts by the date of creation, which may not be the date that was meant; a date alone counts by year. */
const countedNote = ({ label, name, by }: Counted): string[] =>
  by === 'year' && name === DATES.get(identityKey(label))
    ? [`${label} → by year; also "${label} by month", "${label} by day".`]
    : by && by === label.trim().toLowerCase() && Object.hasOwn(UNITS, by)
      ? [`${label} → created; for another date its label, as in "Shoot date by ${by}".`]
      : [];

type Line = readonly [value: string, count: number | string];

function fromFacet({ field }: Counted, facet: unknown): Line[] {
  const { buckets = [] } = (facet ?? {}) as { readonly buckets?: readonly Bucket[] };
  return buckets.map(({ key, doc_count }) => [
    shortenToTokens(toShown(field, key), MAX_VALUE_TOKENS),
    Number(doc_count),
  ]);
}

const documentsFor = (context: Context, criteria: Criteria, counted: readonly Counted[]): Promise<Doc[]> =>
  all(context, criteria, [...new Set([...counted.flatMap(({ by, name }) => (by ? [name] : [])), ...FILE_FIELDS])]);

/** `12 · 340 GB` by value; days, months and years in their order, others by number. */
function fromDocuments(one: Counted, docs: readonly Doc[], { names, masters, zone }: Known): Line[] {
  const sums = new Map<string, { count: number; bytes: number }>();
  for (const doc of docs) {
    for (const key of new Set(one.fact ? [factKey(one.fact, doc, masters)] : keysOf(one, doc, zone))) {
      const sum = sums.get(key) ?? { count: 0, bytes: 0 };
      sum.count += 1;
      sum.bytes += bytesOf(doc, one.by === 'storage' ? key : undefined);
      sums.set(key, sum);
    }
  }
  const inTime = one.by === 'year' || one.by === 'month' || one.by === 'day';
  const rank = (key: string): number => BANDS.findIndex(([band]) => band === key);
  return [...sums]
    .sort((a, b) =>
      inTime ? (a[0] < b[0] ? -1 : 1) : one.by === 'size' ? rank(a[0]) - rank(b[0]) : b[1].count - a[1].count,
    )
    .map(([key, { count, bytes }]) => [names.get(key) ?? key, bytes > 0 ? `${count} · ${formatBytes(bytes)}` : count]);
}

const NONE = 'none';

/** Sizes of assets from which on they are counted together, in bytes. */
const BANDS: readonly (readonly [name: string, from: number])[] = [
  ['1 TB and more', 1e12],
  ['100 GB to 1 TB', 1e11],
  ['10 to 100 GB', 1e10],
  ['1 to 10 GB', 1e9],
  ['less than 1 GB', 1],
  [NONE, 0],
];
const bandOf = (doc: Doc): string => BANDS.find(([, from]) => bytesOf(doc) >= from)?.[0] ?? NONE;

/** What was not looked at is not what the media info lacks. */
function factKey(fact: Fact, { id = '' }: Doc, masters: ReadonlyMap<string, Master>): string {
  const master = masters.get(id);
  return master ? (factOf(fact, master) ?? 'not known') : 'not looked at';
}

function keysOf({ by, name, field }: Counted, doc: Doc, zone: string): string[] {
  if (by === 'size') return [bandOf(doc)];
  const values = by === 'storage' ? storedFiles(doc).map(({ storage_id }) => storage_id) : valuesAt(doc, name);
  const keys = values.filter((value): value is string => typeof value === 'string' && value !== '');
  if (keys.length === 0) return [NONE];
  if (by === 'storage' || by === 'collection' || by === 'cut_from' || by === 'technical' || !by) return keys;
  return keys.map((key) => (field?.type === 'date' ? key : dayIn(key, zone)).slice(0, UNITS[by]));
}

/** The values of a document under a name such as `metadata.shoot_date`. */
export function valuesAt(doc: Doc, name: string): unknown[] {
  const [head = '', ...rest] = name.split('.');
  const value = (doc as Readonly<Record<string, unknown>>)[head];
  return rest.length > 0 ? valuesAt((value ?? {}) as Doc, rest.join('.')) : [value].flat();
}
