import { dayIn } from '../../../media/dates.ts';
import { searchKey } from '../../../text/compare.ts';
import { plural } from '../../../text/english.ts';
import { nearestOf } from '../../../text/nearest.ts';
import { inQuotes, oneLine } from '../../../text/quote.ts';
import { quoted } from '../../library/names.ts';
import { ACTIVE, type Doc, page, type Term } from '../../library/search.ts';
import type { Context } from '../../types.ts';
import { valuesAt } from './counts.ts';
import { inSegmentsOnly, matchOf } from './hit.ts';
import { collectionsWith } from './holdings.ts';
import { placesInHits, SPEECH } from './places.ts';
import type { Query } from './query.ts';
import { type Part, searchFor } from './states.ts';
import { WRITES, type Write, wordsIn } from './words.ts';

/** Why each hit was found, by id: only words need a reason, matches by people, labels or places are obvious. */
export async function reasonsFor(context: Context, docs: readonly Doc[], query: Query): Promise<Map<string, string>> {
  const { inSegments, words } = query;
  if (inSegments) return placesInHits(context, docs, inSegments, query.lookedFor?.spoken ? SPEECH : []);
  if (!words) return new Map();
  const unexplained = docs.filter(inSegmentsOnly);
  const places = unexplained.length > 0 ? await placesInHits(context, unexplained, words) : new Map<string, string>();
  return new Map(
    docs.flatMap((doc): [string, string][] => {
      const reason = places.get(String(doc.id)) ?? matchOf(doc);
      return reason ? [[String(doc.id), reason]] : [];
    }),
  );
}

/** Hits that are so few that a person asks what was looked at. */
export const MAX_HITS_EXPLAINED = 2;

/** Names that are offered for one that is not found. */
const MAX_NEAREST = 3;

/** For people whom no asset names: who is written like them. The facets of the fields for people list those that are named most. */
export async function nearestPeople(context: Context, { criteria, people }: Query): Promise<string[]> {
  const { names = [], fields = [] } = people ?? {};
  if (names.length === 0 || fields.length === 0) return [];
  const everything = { doc_types: criteria.doc_types, terms: [ACTIVE] };
  const { facets = {} } = await page(context, everything, { per_page: 1, include_fields: ['id'], facets: fields });
  const known = fields.flatMap((field) => keysOf(facets[field]));
  const folded = new Set(known.map(searchKey));
  return names
    .filter((name) => !folded.has(searchKey(name)))
    .map((name) => {
      const nearest = nearestOf(name, known, MAX_NEAREST).map((one) => inQuotes(one));
      return `people: nobody is called ${inQuotes(name)}.${nearest.length > 0 ? ` Nearest: ${nearest.join(', ')}.` : ''}`;
    });
}

function keysOf(facet: unknown): string[] {
  const { buckets = [] } = (facet ?? {}) as { readonly buckets?: readonly { readonly key?: unknown }[] };
  return buckets.flatMap(({ key }) => (typeof key === 'string' ? [key] : []));
}

/** Words that are looked up one by one. */
const MAX_WORDS = 5;
/** Shorter words are like too many others. */
const MIN_FUZZY_LENGTH = 4;

/** Hits in which the words that are almost like one are read. */
const MAX_EXAMPLES = 20;

/** The words of a hit that were found, in lower case. */
const markedWords = ({ _highlight }: Doc): string[] =>
  Object.values((_highlight ?? {}) as Readonly<Record<string, unknown>>).flatMap((fragments) =>
    Array.from(JSON.stringify(fragments).matchAll(/<em>([\p{L}\p{M}\p{N}]+)<\/em>/gu), ([, word = '']) =>
      word.toLowerCase(),
    ),
  );

/** For words that are in no hit together: how many hits each has alone, and what is written almost like those that have none. */
export async function hitsOfEachWord(context: Context, { criteria, base, lookedFor = {} }: Query): Promise<string[]> {
  const each = Object.entries(lookedFor).flatMap(([argument, wanted]) =>
    wordsIn(wanted).map((word) => ({ word, write: WRITES[argument as keyof typeof WRITES] })),
  );
  if (!base || each.length === 0 || each.length > MAX_WORDS) return [];
  const look = (write: Write, term: string, per_page = 1) =>
    page(
      context,
      { ...criteria, query: [write(term), base.query].filter(Boolean).join(' AND ') },
      { per_page, include_fields: ['id'] },
    );
  const counted = await Promise.all(
    each.map(async ({ word, write }) => ({
      word,
      write,
      total: each.length > 1 ? (await look(write, word)).total : 0,
    })),
  );
  const similar = await Promise.all(
    counted
      .filter(({ word, total }) => total === 0 && word.length >= MIN_FUZZY_LENGTH)
      .map(async ({ word, write }) => {
        const { total, docs } = await look(write, `${word}~1`, MAX_EXAMPLES);
        const written = [...new Set(docs.flatMap(markedWords))].slice(0, MAX_NEAREST).map((one) => inQuotes(one));
        return written.length > 0
          ? [`Almost like ${inQuotes(word)}: ${written.join(', ')}, ${plural(total, 'hit')}.`]
          : [];
      }),
  );
  const alone = counted.map(({ word, total }) => `${inQuotes(word)} ${total}`).join(', ');
  return [...(each.length > 1 ? [`Hits of each word alone: ${alone}.`] : []), ...similar.flat()];
}

/** Conditions that are looked up one by one. */
const MAX_PARTS = 8;
const MAX_LABEL_LENGTH = 60;

/** For conditions that nothing fits together: how many hits each has alone, and which of them leaves none. */
export async function hitsOfEachPart(context: Context, { criteria, parts = [] }: Query): Promise<string[]> {
  if (parts.length < 2 || parts.length > MAX_PARTS) return [];
  const count = async (some: readonly Part[]): Promise<number> =>
    (await page(context, searchFor(criteria.doc_types, some), { per_page: 1, include_fields: ['id'] })).total;
  const labels = parts.map(({ label }) => oneLine(label, MAX_LABEL_LENGTH));
  const alone = await Promise.all(parts.map((one) => count([one])));
  const line = `Hits of each condition alone: ${labels.map((label, n) => `${label} ${alone[n]}`).join(', ')}.`;
  if (parts.length === 2 || alone.includes(0)) return [line];
  const without = await Promise.all(parts.map((one) => count(parts.filter((other) => other !== one))));
  const found = labels.flatMap((label, n) => (without[n] ? [`without ${label} ${without[n]}`] : []));
  return [line, found.length > 0 ? `With all but one: ${found.join(', ')}.` : 'With all but one of them: none either.'];
}

/** For a condition on a date that nothing fits: the first and the last date of what fits the others. */
export async function datesThere(context: Context, { criteria, parts = [], zone }: Query): Promise<string[]> {
  const lines = parts.slice(0, MAX_PARTS).map(async (part) => {
    const [name] = part.terms.flatMap(({ name, range }) => (DAY.test(range?.min ?? range?.max ?? '') ? [name] : []));
    if (name === undefined) return [];
    const others = parts.filter((one) => one !== part);
    const there = { label: part.label, terms: [{ name, exists: true }], clauses: [] };
    const end = async (order: 'asc' | 'desc') => {
      const sorted = searchFor(criteria.doc_types, [...others, there], [{ name, order }]);
      return page(context, sorted, { per_page: 1, include_fields: ['id', name] });
    };
    const both = await Promise.all([end('asc'), end('desc')]).catch((error: unknown) => {
      if (context.signal.aborted) throw error;
      return [];
    });
    const days = both.map(({ docs }) => String(docs[0] ? valuesAt(docs[0], name)[0] : ''));
    const [from, to] = days.map((day) => (DAY.test(day) && day.length > 'YYYY-MM-DD'.length ? dayIn(day, zone) : day));
    if (!from || !to) return [];
    const label = oneLine(part.label, MAX_LABEL_LENGTH);
    return [
      `Without the condition on ${label} there are ${plural(both[0]?.total ?? 0, 'hit')}, from ${from} to ${to}.`,
    ];
  });
  return (await Promise.all(lines)).flat();
}

const DAY = /^\d{4}-\d{2}-\d{2}/;

/** Collections that are named in place of those that no word fits. */
const MAX_HOLDING = 5;

/** Collections that are named where no asset has their words. */
const MAX_CALLED = 3;

/** For words that no asset has: the collections that are called so. */
export async function collectionsCalled(context: Context, { criteria, lookedFor = {} }: Query): Promise<string[]> {
  const words = wordsIn(lookedFor.words ?? lookedFor.anywhere ?? '').join(' ');
  if (criteria.doc_types[0] !== 'assets' || words === '') return [];
  const named = { doc_types: ['collections'], terms: [ACTIVE], query: `title:${quoted(words)}` } as const;
  const { docs } = await page(context, named, { per_page: MAX_CALLED, include_fields: ['id', 'title'] });
  const [first] = docs;
  if (!first?.title) return [];
  const titles = docs.flatMap(({ title }) => (title ? [inQuotes(title)] : []));
  const are = titles.length === 1 ? 'A collection is' : 'Collections are';
  return [
    `${are} called ${titles.join(', ')}: kind: "collections" finds ${titles.length === 1 ? 'it' : 'them'}, collection: ${inQuotes(first.title)} what is in it.`,
  ];
}

/** For words that no collection has: where the assets are that have them. */
export async function collectionsHolding(context: Context, { criteria, lookedFor = {} }: Query): Promise<string[]> {
  if (criteria.doc_types[0] !== 'collections' || Object.keys(lookedFor).length === 0) return [];
  const inAssets = {
    doc_types: ['assets'],
    terms: [ACTIVE],
    ...(criteria.query && { query: criteria.query }),
  } as const;
  const { facets = {} } = await page(context, inAssets, {
    per_page: 1,
    include_fields: ['id'],
    facets: ['in_collections'],
  });
  const ids = keysOf(facets.in_collections).slice(0, MAX_HOLDING);
  if (ids.length === 0) return [];
  const named = await collectionsWith(context, ids);
  const titles = ids.flatMap((id) => named.filter((one) => one.id === id).map(({ title = id }) => inQuotes(title)));
  return titles.length > 0 ? [`Assets with these words are most often in ${titles.join(', ')}.`] : [];
}

/** How many of the assets have a transcript or notes at all, where words were looked for in them. */
export async function coverage(context: Context, { criteria, base, inNotes, inSpeech }: Query): Promise<string[]> {
  if (!base || (!inNotes && !inSpeech)) return [];
  const { query: _, ...rest } = criteria;
  const count = async (...terms: Term[]): Promise<number> => {
    const all = { ...rest, ...(base.query && { query: base.query }), terms: [...rest.terms, ...terms] };
    return (await page(context, all, { per_page: 1, include_fields: ['id'] })).total;
  };
  const [all, spoken, noted] = await Promise.all([
    count(),
    inSpeech ? count({ name: 'transcription_text', exists: true }) : 0,
    inNotes ? count({ name: 'segment_text', exists: true }) : 0,
  ]);
  const have = (count: number, what: string) => `${count} ${count === 1 ? 'has' : 'have'} ${what}`;
  const having = [inSpeech && have(spoken, 'a transcript'), inNotes && have(noted, 'comments or markers')];
  return [`Of the ${all} searched, ${having.filter(Boolean).join(' and ')}.`];
}
