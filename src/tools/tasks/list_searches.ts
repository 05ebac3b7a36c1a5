import * as z from 'zod';
import { searchKey } from '../../text/compare.ts';
import { inQuotes, oneLine } from '../../text/quote.ts';
import { countFittingLines } from '../../text/tokens.ts';
import { task } from '../define.ts';
import { cursorOf } from '../handles.ts';
import { SELECTION } from '../library/kept_selections.ts';
import { allSaved, criteriaOf, findSaved, type SavedSearch } from '../library/saved/searches.ts';
import { savedSearches } from '../operations/saved_searches.ts';
import { integer, strings, text } from '../params.ts';
import type { Context } from '../types.ts';

const DEFAULT_LIMIT = 25;
const MAX_TOKENS = 6_000;
/** Assets of a selection that has to be a list of ids. */
const MAX_IDS = 1_000;
/** Characters of what a saved search looks for. */
const MAX_CRITERIA = 240;

interface Rest {
  readonly lines: readonly string[];
  readonly from: number;
}
const CURSOR = cursorOf<Rest>('list_searches');

export const list_searches = task({
  title: 'List and run saved searches',
  description:
    'The saved searches that people keep, with what each looks for; run one by its name: its hits and a selection. To keep a new one use save_search.',
  effect: 'read',
  roles: ['can_read_saved_searches', 'can_search'],
  input: {
    run: z.string().min(1).optional().describe('Name or id of one.'),
    words: z.string().optional().describe('In the name.'),
    limit: z.int().min(1).max(100).optional().describe('Default 25.'),
    cursor: z.string().optional().describe('next of the last answer.'),
  },
  output: {
    search: text,
    total: integer,
    shown: integer,
    searches: strings,
    hits: strings,
    selection: text,
    next: text,
    notes: strings,
  },
  validate: ({ run, words, cursor }) =>
    [run, words, cursor].filter((one) => one !== undefined).length > 1
      ? 'Give one of run, words and cursor.'
      : undefined,
  run: async ({ run, words, limit = DEFAULT_LIMIT, cursor }, context) => {
    if (cursor !== undefined) return pageOf(context, 'searches', context.handles.get(CURSOR, cursor), limit);
    const all = await allSaved(context);
    if (run !== undefined) return hitsOf(context, findSaved(context, all, run), limit);
    const wanted = searchKey(words ?? '').split(/\s+/);
    const found = all.filter(({ name = '' }) => wanted.every((word) => searchKey(name).includes(word)));
    return {
      ...pageOf(context, 'searches', { lines: found.map(savedLine), from: 0 }, limit),
      notes:
        found.length < all.length
          ? [`${found.length} of the ${all.length} saved searches that this user can see have these words.`]
          : ['Those that this user can see. Give run: a name, to see what one finds.'],
    };
  },
});

/** `"Clearance pending" · favourite · looks for rights_clearance: pending · id` */
function savedLine({ id, name, criteria, favoured }: SavedSearch): string {
  return [inQuotes(name ?? ''), favoured && 'favourite', `looks for ${looksFor(criteria)}`, id]
    .filter(Boolean)
    .join(' · ');
}

function looksFor(criteria: unknown): string {
  const { query, filter } = (criteria ?? {}) as { readonly query?: unknown; readonly filter?: unknown };
  const known = criteriaOf(criteria);
  const terms = known?.terms.map(({ name, ...test }) => `${name}: ${describeTest(test)}`);
  const parts = [
    typeof query === 'string' && query !== '' && `words ${inQuotes(query)}`,
    terms ? terms.join('; ') : filter !== undefined && JSON.stringify(filter),
  ];
  return oneLine(parts.filter(Boolean).join('; ') || 'everything', MAX_CRITERIA);
}

const describeTest = ({ value, value_in, range, missing }: Readonly<Record<string, unknown>>): string => {
  if (Array.isArray(value_in)) return value_in.join(' or ');
  if (range) return JSON.stringify(range);
  return missing ? 'empty' : value === undefined ? 'not empty' : String(value);
};

function pageOf(context: Context, key: 'searches' | 'hits', { lines, from }: Rest, limit: number) {
  const some = lines.slice(from, from + limit);
  const shown = countFittingLines(some, 0, MAX_TOKENS);
  const next = from + shown;
  return {
    total: lines.length,
    shown,
    [key]: some.slice(0, shown),
    ...(next < lines.length && { next: context.handles.keep(CURSOR, { lines, from: next }) }),
  };
}

interface Hit {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly media_type?: string | undefined;
  readonly object_type?: string | undefined;
  readonly date_created?: string | undefined;
}

/** `"Interview" · video · 2025-05-15 · id` */
const hitLine = ({ id, title = '', media_type, object_type, date_created }: Hit): string => {
  const kind = object_type && object_type !== 'assets' && object_type.replace(/s$/, '');
  return [inQuotes(title), kind, media_type, date_created?.slice(0, 10), id].filter(Boolean).join(' · ');
};

/** What a saved search finds now: its first hits, and all of it as a selection. */
async function hitsOf(context: Context, saved: SavedSearch & { readonly id: string }, limit: number) {
  const { id, name = id } = saved;
  const read = (per_page: number) =>
    context.use(savedSearches.tools.get_saved_search, { search_id: id, page: 1, per_page });
  const criteria = criteriaOf(saved.criteria);
  const found = await read(criteria ? limit : MAX_IDS);
  const { total = found.objects.length } = found;
  const lines = found.objects.slice(0, limit).map(hitLine);
  const shown = countFittingLines(lines, 0, MAX_TOKENS);
  const ids = found.objects.flatMap(({ id: hit, object_type }) => (hit && object_type !== 'collections' ? [hit] : []));
  const fixed = { doc_types: ['assets'] as const, terms: [{ name: 'id', value_in: ids }] };
  const description = `saved search ${inQuotes(name)}`;
  const selection =
    total > 0
      ? context.handles.keep(SELECTION, {
          criteria: criteria ?? fixed,
          total: criteria ? total : ids.length,
          description,
        })
      : undefined;
  return {
    search: `${inQuotes(name)} (${id})`,
    total,
    shown,
    hits: lines.slice(0, shown),
    ...(selection && { selection }),
    notes: [
      `Looks for ${looksFor(saved.criteria)}.`,
      ...(shown < total
        ? [`Showing ${shown} of ${total}: the selection holds ${criteria ? 'all' : `the first ${ids.length}`}.`]
        : []),
      ...(selection
        ? [
            `To make a collection of it: collect_assets ${JSON.stringify({ selection, into: name, create_collection: true })}`,
          ]
        : []),
    ],
  };
}
