import { formatDuration } from '../../../media/units.ts';
import { type Doc, page, type Term } from '../../library/search.ts';
import { SEGMENT_TEXT_FIELDS } from '../../operations/documents.ts';
import { segments } from '../../operations/segments.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { firstOf, quoteAround } from './hit.ts';
import { wordsIn } from './words.ts';

/** Segments searched for one page of hits. */
const MAX_SEGMENTS = 150;
/** Segments read by id because the index has no text of them. */
const MAX_READ = 10;

/** What is said is no more than this. */
export const SPEECH: readonly Term[] = [{ name: 'segment_type', value_in: ['TRANSCRIPTION'] }];

/**
 * By asset id, where the words occur in transcript, comments and markers, or in those that `only` leaves:
 * `at 2:02 and 15 more: "… climate …"`.
 */
export async function placesInHits(
  context: Context,
  docs: readonly Doc[],
  words: string,
  only: readonly Term[] = [],
): Promise<Map<string, string>> {
  const ids = docs.flatMap(({ id }) => (id ? [id] : []));
  if (ids.length === 0) return new Map();
  const { docs: found, total } = await segmentsWith(context, ids, words, only);
  const places = ids.flatMap((id) => placeIn(found, id) ?? []);
  const texts = await textsOf(
    context,
    places.map(({ first }) => first),
  );
  const placed = new Set(places.map(({ id }) => id));
  const others = found.length < total ? [] : ids.filter((id) => !placed.has(id));
  return new Map([
    ...(await placesApart(context, others, words, only)),
    ...places.map(({ id, first, more }): [string, string] => {
      const repeats = more > 0 ? ` and ${more} more` : '';
      return [id, `at ${startLabel(first)}${repeats}: ${quoteOf(texts.get(first))}`];
    }),
  ]);
}

const quoteOf = (text: string | undefined): string => (text ? `"${quoteAround(text)}"` : 'the index has no text');

const segmentsWith = (context: Context, ids: readonly string[], words: string, only: readonly Term[]) =>
  page(
    context,
    {
      doc_types: ['segments'],
      terms: [{ name: 'asset_id', value_in: ids }, ...only],
      query: `segment_text:(${words}) OR transcription_text:(${words})`,
    },
    { per_page: MAX_SEGMENTS, include_fields: FIELDS },
  );

/** Words that are located one by one where no segment has all of them. */
const MAX_WORDS_APART = 3;

/** By asset id, where the words are closest that no segment has together: `not together: at 2:02: "…", at 9:40: "…"`. */
async function placesApart(
  context: Context,
  ids: readonly string[],
  words: string,
  only: readonly Term[],
): Promise<[string, string][]> {
  const parts = wordsIn(words);
  if (ids.length === 0 || parts.length < 2 || parts.length > MAX_WORDS_APART) return [];
  const found = await Promise.all(parts.map(async (word) => (await segmentsWith(context, ids, word, only)).docs));
  const places = ids.map((id) => ({
    id,
    segments: closest(found.map((docs) => docs.filter(({ asset_id }) => asset_id === id))),
  }));
  const texts = await textsOf(
    context,
    places.flatMap(({ segments }) => segments),
  );
  return places.flatMap(({ id, segments }): [string, string][] => {
    const quotes = segments.map((one) => `at ${startLabel(one)}: ${quoteOf(texts.get(one))}`);
    return quotes.length > 1 ? [[id, `not together: ${quotes.join(', ')}`]] : [];
  });
}

/** One segment for each word, those that are least apart, in the order of time. */
function closest(byWord: readonly (readonly Doc[])[]): Doc[] {
  const [first = [], ...others] = byWord.filter((docs) => docs.length > 0);
  const distance = (one: Doc, other: Doc): number => Math.abs(startOf(one) - startOf(other));
  const sets = first.map((one) => [
    one,
    ...others.flatMap((docs) => docs.toSorted((a, b) => distance(a, one) - distance(b, one)).slice(0, 1)),
  ]);
  const span = (docs: readonly Doc[]): number => Math.max(...docs.map(startOf)) - Math.min(...docs.map(startOf));
  const [best = []] = sets.toSorted((a, b) => span(a) - span(b));
  return [...new Set(best)].toSorted((a, b) => startOf(a) - startOf(b));
}

const FIELDS = [
  'id',
  'asset_id',
  'object_type',
  'segment_type',
  ...SEGMENT_TEXT_FIELDS,
  'time_start_milliseconds',
  'time_end_milliseconds',
  'transcription_id',
  'version_id',
  'date_created',
];

const startOf = ({ time_start_milliseconds }: Doc): number => time_start_milliseconds ?? 0;
const startLabel = (doc: Doc): string => formatDuration(startOf(doc));

/** The first of an asset's hits, and how many others there are. */
function placeIn(found: readonly Doc[], id: string) {
  const kept: Doc[] = [];
  for (const doc of found.filter(({ asset_id }) => asset_id === id).sort((a, b) => startOf(a) - startOf(b))) {
    const last = kept.at(-1);
    if (!last || !isSamePlace(last, doc)) kept.push(doc);
    else if (dateOf(doc) > dateOf(last)) kept.splice(-1, 1, doc);
  }
  const [first, ...others] = kept;
  return first && { id, first, more: others.length };
}

/** Whether two hits are the same words: what was transcribed twice is there twice. */
const isSamePlace = (one: Doc, later: Doc): boolean =>
  one.transcription_id !== undefined &&
  later.transcription_id !== undefined &&
  one.transcription_id !== later.transcription_id &&
  one.version_id === later.version_id &&
  startOf(later) < (one.time_end_milliseconds ?? startOf(one) + 1);

const dateOf = ({ date_created = '' }: Doc): number => Date.parse(date_created) || 0;

/** The texts of segments, with Iconik's highlight tags if there are any; by id where the index has none, up to a limit. */
async function textsOf(context: Context, found: readonly Doc[]): Promise<Map<Doc, string>> {
  const texts = new Map(found.flatMap((doc) => (markedText(doc) ? [[doc, markedText(doc)] as const] : [])));
  const missing = found.filter((doc) => !texts.has(doc)).slice(0, MAX_READ);
  const { done } = await each(missing, { ...context, progress: () => undefined }, ({ id = '', asset_id = '' }) =>
    context.use(segments.tools.get_segment, { asset_id, segment_id: id }),
  );
  for (const { item, result } of done) if (result.segment_text) texts.set(item, result.segment_text);
  return texts;
}

function markedText({ _highlight, segment_text = '' }: Doc): string {
  const { segment_text: marked } = (_highlight ?? {}) as { readonly segment_text?: unknown };
  return marked === undefined ? segment_text : firstOf(marked);
}
