import { parseTime } from '../../../media/time.ts';
import { folded } from '../../../text/compare.ts';
import { countFittingLines, shortenToTokens } from '../../../text/tokens.ts';
import { ToolError } from '../../errors.ts';
import { cursorOf } from '../../handles.ts';
import { HIT_FIELDS, hitLine, inSegmentsOnly, matchOf } from '../../library/hit.ts';
import { readConditions } from '../../library/metadata/conditions.ts';
import { type Field, findField } from '../../library/metadata/fields.ts';
import { toShown } from '../../library/metadata/values.ts';
import { quoted } from '../../library/names.ts';
import { findCollection } from '../../library/objects.ts';
import { type Criteria, type Doc, page, type Term } from '../../library/search.ts';
import { ACTIVE, SELECTION } from '../../library/selection.ts';
import type { Context } from '../../types.ts';
import { seenPeople } from './people.ts';
import { placesOf } from './places.ts';

/** The arguments of find_assets. */
export interface Asked {
  readonly words?: string | undefined;
  readonly people?: readonly string[] | undefined;
  readonly spoken?: string | undefined;
  readonly comment?: string | undefined;
  readonly where?: Readonly<Record<string, unknown>> | undefined;
  readonly media_type?: readonly string[] | undefined;
  readonly collection?: string | undefined;
  readonly archived?: boolean | undefined;
  readonly online?: boolean | undefined;
  readonly approval?: string | undefined;
  readonly length?: string | undefined;
  readonly sort?: keyof typeof SORTS | undefined;
  readonly show?: readonly string[] | undefined;
  readonly count_by?: readonly string[] | undefined;
  readonly kind?: 'assets' | 'collections' | undefined;
  readonly time_zone?: string | undefined;
}

/** What was asked, understood; with `after`, where its next page begins. */
export interface Finding {
  readonly criteria: Criteria;
  /** Words to be looked up in segments, for the place where they are. */
  readonly inSegments?: string;
  /** Words to be looked up there too, where nothing else tells why something is a hit. */
  readonly words?: string;
  readonly shown: readonly Field[];
  readonly counted: readonly { readonly label: string; readonly name: string; readonly field?: Field }[];
  readonly notes: readonly string[];
  readonly selection?: string;
  readonly after?: readonly unknown[];
}

export const CURSOR = cursorOf<Finding>('find_assets');

const SORTS = {
  relevance: undefined,
  newest: { name: 'date_created', order: 'desc' },
  oldest: { name: 'date_created', order: 'asc' },
  title: { name: 'title', order: 'asc' },
  longest: { name: 'duration_milliseconds', order: 'desc' },
  shortest: { name: 'duration_milliseconds', order: 'asc' },
} as const;

/** Understands what was asked: labels, options, places, dates. Throws `ToolError` for names that there are not. */
export async function readFinding(context: Context, asked: Asked): Promise<Finding> {
  const { kind = 'assets', time_zone = 'UTC' } = asked;
  const [conditions, people, place, shown, counted] = await Promise.all([
    readConditions(context, asked.where ?? {}, time_zone),
    seenPeople(context, asked.people),
    asked.collection === undefined ? undefined : findCollection(context, asked.collection),
    Promise.all((asked.show ?? []).map((label) => findField(context, label))),
    Promise.all((asked.count_by ?? []).map((label) => counter(context, label))),
  ]);
  const sort = SORTS[asked.sort ?? 'relevance'];
  const query = queryOf(asked, [...people.clauses, ...conditions.not.map((one) => `NOT ${one}`)]);
  const sought = asked.spoken ?? asked.comment;
  return {
    criteria: {
      doc_types: [kind],
      terms: [
        ACTIVE,
        ...statesOf(asked),
        ...(place ? [{ name: 'ancestor_collections', value_in: [place.id] }] : []),
        ...conditions.terms,
      ],
      ...(query && { query }),
      // Pages neither repeat nor skip where many have the same.
      ...(sort && { sort: [sort, { name: 'id', order: 'asc' as const }] }),
    },
    ...(sought && { inSegments: wordsOf(sought) }),
    ...(asked.words && { words: wordsOf(asked.words) }),
    shown,
    counted,
    notes: [
      ...people.notes,
      ...conditions.notes,
      ...(place ? [`"${asked.collection}" → collection "${place.title}" (${place.id}) with all under it`] : []),
    ],
  };
}

function statesOf({ media_type, archived, online, approval, length }: Asked): Term[] {
  const state = (name: string, ...value_in: string[]): Term => ({ name, value_in });
  return [
    ...(media_type ? [state('media_type', ...media_type)] : []),
    ...(archived === undefined ? [] : [state('archive_status', archived ? 'ARCHIVED' : 'NOT_ARCHIVED')]),
    ...(online === undefined ? [] : [state('is_online', String(online))]),
    ...(approval ? [state('approval_status', approval.toUpperCase().replaceAll(' ', '_'))] : []),
    ...(length ? [{ name: 'duration_milliseconds', range: lengths(length) }] : []),
  ];
}

function lengths(text: string): { min?: string; max?: string } {
  const [low = '', high = ''] = text.split('..').map((part) => part.trim());
  if (!text.includes('..') || low + high === '') {
    throw new ToolError(`length: "${text}" is not a range. Allowed: ..1:00, 20:00.., 1:00..5:00 (mm:ss).`);
  }
  const ms = (part: string) => String(parseTime(part).milliseconds);
  return { ...(low && { min: ms(low) }), ...(high && { max: ms(high) }) };
}

function queryOf({ words, spoken, comment }: Asked, clauses: readonly string[]): string {
  const parts = [
    words && wordsOf(words),
    spoken && `transcription_text:(${wordsOf(spoken)})`,
    comment && `segment_text:(${wordsOf(comment)})`,
    ...clauses,
  ];
  return parts.filter(Boolean).join(' AND ');
}

/** What a person types: quotes make phrases, a star ends a beginning, all other signs are just signs. */
export function wordsOf(text: string): string {
  const pieces = text.match(/"[^"]*"|[^\s"]+/g) ?? [];
  const all = pieces.map((piece) => {
    if (piece.startsWith('"')) return quoted(piece.slice(1, -1));
    const [, word = '', star = ''] = /^(.*?)(\*?)$/.exec(piece) ?? [];
    return /^(?!(AND|OR|NOT|TO)$)[\p{L}\p{N}_']+$/u.test(word) ? `${word}${star}` : quoted(word);
  });
  return all.filter((piece) => piece !== '""').join(' AND ');
}

async function counter(context: Context, label: string): Promise<Finding['counted'][number]> {
  const plain = ['media_type', 'archive_status', 'is_online', 'type', 'approval_status', 'format'];
  const name = folded(label).replaceAll(' ', '_');
  if (plain.includes(name)) return { label, name };
  const field = await findField(context, label);
  return { label, name: `metadata.${field.name}`, field };
}

/** Tokens of the hits of a page, of all its counts, and of one value. */
const HITS = 7_300;
const COUNTS = 1_300;
const VALUE = 120;

/** One page of a finding as lines, with its selection and the cursor to go on. */
export async function findPage(context: Context, finding: Finding, limit: number) {
  const { criteria, shown, counted, after } = finding;
  const fields = [...HIT_FIELDS, 'proxies', ...shown.map(({ name }) => `metadata.${name}`)];
  const found = await page(context, criteria, {
    per_page: limit,
    after,
    include_fields: fields,
    ...(counted.length > 0 && !after && { facets: counted.map(({ name }) => name) }),
  });
  const kind = criteria.doc_types[0];
  const places = await placesIn(context, found.docs, finding);
  // Who looks for people, labels or places knows why.
  const why = (doc: Doc): string | undefined => (finding.words ? matchOf(doc) : undefined);
  const counts = found.facets && counted.length > 0 ? countsOf(found.facets, counted) : undefined;
  const lines = found.docs.map((doc) =>
    hitLine(doc, [...shown.map((field) => shownIn(doc, field)), places.get(String(doc.id)) ?? why(doc)]),
  );
  const hits = lines.slice(0, countFittingLines(lines, 0, HITS));
  // Where not all of them fit, the next page begins behind the last one that did.
  const last = hits.length < lines.length ? found.docs[hits.length - 1]?._sort : found.after;
  const description = finding.notes.join('; ') || criteria.query || 'everything';
  const selection =
    finding.selection ??
    (kind === 'assets' && found.total > 0
      ? context.handles.keep(SELECTION, { criteria, total: found.total, description })
      : undefined);
  const following: Finding = { ...finding, ...(selection && { selection }), ...(last && { after: last }) };
  const told = [...(after ? [] : finding.notes), ...(counts?.notes ?? [])];
  return {
    total: found.total,
    shown: hits.length,
    hits,
    ...(counts && { counts: counts.shown }),
    ...(selection && { selection }),
    ...(last && { next: context.handles.keep(CURSOR, following) }),
    ...(told.length > 0 && { notes: told }),
  };
}

async function placesIn(context: Context, docs: readonly Doc[], { inSegments, words }: Finding) {
  if (inSegments) return placesOf(context, docs, inSegments);
  const spoken = words ? docs.filter(inSegmentsOnly) : [];
  return words && spoken.length > 0 ? placesOf(context, spoken, words) : new Map<string, string>();
}

function shownIn(doc: Doc, field: Field): string {
  const values = doc.metadata?.[field.name];
  const list = (Array.isArray(values) ? values : [values]).filter((value) => value !== undefined && value !== null);
  return `${field.label}: ${shortenToTokens(list.map((value) => toShown(field, value)).join(', '), VALUE) || 'empty'}`;
}

interface Bucket {
  readonly key?: unknown;
  readonly doc_count?: unknown;
}

/** The counts of each label, the most frequent first, as far as they fit. */
function countsOf(facets: Readonly<Record<string, unknown>>, counted: Finding['counted']) {
  const notes: string[] = [];
  const shown = counted.map(({ label, name, field }) => {
    const { buckets = [] } = (facets[name] ?? {}) as { readonly buckets?: readonly Bucket[] };
    const all = buckets.map(
      ({ key, doc_count }) => [shortenToTokens(toShown(field, key), VALUE), Number(doc_count)] as const,
    );
    const lines = all.map(([value, count]) => `${value}: ${count}`);
    const fit = countFittingLines(lines, 0, COUNTS / counted.length);
    if (fit < all.length) notes.push(`${label}: the ${fit} most frequent of ${all.length} or more values are counted.`);
    return [label, Object.fromEntries(all.slice(0, fit))] as const;
  });
  return { shown: Object.fromEntries(shown), notes };
}
