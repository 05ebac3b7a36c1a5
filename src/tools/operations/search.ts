import * as z from 'zod';
import { shorten } from '../../text/tokens.ts';
import { operation, toolset } from '../define.ts';
import { anything, flag, free, integer, listedFlat, page, paged, signed, strings, text, uuid } from '../params.ts';
import { documentAnswer, documents } from './documents.ts';

/** What a hit shows; the documents behind are some forty times as long. */
const hitAnswer = {
  id: text,
  object_type: text,
  title: text,
  description: text,
  type: text,
  media_type: text,
  status: text,
  is_online: flag,
  archive_status: text,
  duration_milliseconds: integer,
  date_created: text,
  external_id: text,
  asset_id: text,
  segment_type: text,
  segment_text: text,
  time_start_milliseconds: integer,
  time_end_milliseconds: integer,
  parent_id: text,
  in_collections: strings,
  metadata: z.record(z.string(), z.any()).optional(),
  keyframes: signed(z.array(z.looseObject({ id: text, type: text, url: text }))),
  proxies: signed(z.array(z.looseObject({ id: text, name: text, url: text, download_url: text }))),
  files: signed(z.array(z.looseObject({ id: text, name: text, url: text, download_url: text }))),
  matched: strings.describe('Where the words were found.'),
  _sort: z.any().optional().describe('On the last hit: search_after for what follows.'),
};

type Document = Readonly<Record<string, unknown>>;

/** Hits cut to what tells them apart; metadata and collections come where `include_fields` names them. */
function compact(body: unknown, { include_fields }: { readonly include_fields?: readonly string[] | undefined }) {
  const { objects, ...rest } = (body ?? {}) as { readonly objects?: unknown };
  if (!Array.isArray(objects)) return body;
  const asked = (name: string) => include_fields?.some((field) => field === name || field.startsWith(`${name}.`));
  const hit = (document: Document) => {
    const { _highlight, metadata, in_collections, segment_text, ...shown } = document;
    return {
      ...shown,
      // On an asset it holds the texts of all its segments.
      ...(typeof segment_text === 'string' && { segment_text }),
      ...(asked('metadata') && { metadata }),
      ...(asked('in_collections') && { in_collections }),
      matched: matches(_highlight),
    };
  };
  return { ...rest, objects: objects.map((one) => (one && typeof one === 'object' ? hit(one) : one)) };
}

const MOST_MATCHES = 2;
const MATCH_LENGTH = 100;

/** `_highlight` in short, without its tags; undefined where there is none. */
function matches(highlight: unknown): string[] | undefined {
  if (typeof highlight !== 'object' || highlight === null) return undefined;
  const seen = new Set<string>();
  const found: string[] = [];
  for (const [field, fragments] of Object.entries(highlight)) {
    const text = String(Array.isArray(fragments) ? fragments[0] : fragments).replace(/<\/?em>/g, '');
    if (field === 'title' || seen.has(text)) continue;
    seen.add(text);
    found.push(`${field}: ${shorten(text, MATCH_LENGTH)}`);
  }
  return found.length > 0 ? found.slice(0, MOST_MATCHES) : undefined;
}

const range = z.strictObject({
  min: z.string().optional(),
  max: z.string().optional(),
  timezone: z.string().optional(),
});

const facetFilter = z.strictObject({ name: z.string(), value_in: z.array(z.string()).optional() });

const term = z.strictObject({
  name: z.string(),
  value: z.string().optional(),
  value_in: z.array(z.string()).optional(),
  range: listedFlat(range).optional().describe('{min, max, timezone: +02:00}.'),
  exists: z.boolean().optional(),
  missing: z.boolean().optional(),
});

const operator = z.string().describe('AND or OR.');
const MOST_TERMS = 1_000;
const DEEPEST = 8;
const terms = z.array(term).max(MOST_TERMS, `must hold at most ${MOST_TERMS}`).optional();

const group = z.strictObject({
  operator,
  terms,
  get filters() {
    return z.array(group).optional();
  },
});

/** How deep filters nest in filters, seen no deeper than is needed to refuse. */
function depthOf(value: unknown, seen = 0): number {
  const { filters } = (value ?? {}) as { readonly filters?: unknown };
  if (!Array.isArray(filters) || seen > DEEPEST) return seen;
  return Math.max(seen, ...filters.map((inner) => depthOf(inner, seen + 1)));
}

const filter = z.strictObject({
  operator,
  terms: terms
    .describe('Field and one test: value (query syntax), value_in (exact), range, exists, missing.')
    .meta({ examples: [[{ name: 'media_type', value_in: ['video'] }]] }),
  filters: z
    .array(
      anything
        .refine((value) => depthOf(value, 1) <= DEEPEST, { error: `must nest at most ${DEEPEST} deep`, abort: true })
        .pipe(group),
    )
    .optional()
    .describe('Groups inside: [{operator, terms, filters}].'),
});

const input = {
  query: z
    .string()
    .optional()
    .describe('Words or query syntax: "exact phrase", title:foo*, status:(a OR b), date_created:[2025-01-01 TO *].'),
  doc_types: z
    .array(z.enum(['assets', 'collections', 'segments', 'saved_searches', 'saved_search_groups']))
    .optional()
    .describe('Kinds of object. Default all.'),
  filter: filter.optional().describe('On fields such as status, in_collections, metadata.<field>.'),
  sort: z
    .array(z.strictObject({ name: z.string(), order: z.string().optional().describe('asc or desc.') }))
    .optional()
    .describe('e.g. by date_created. Default relevance.'),
  search_fields: z
    .array(z.string())
    .optional()
    .describe('Where query looks: title, description, segment_text, file_names, metadata, transcription_text.'),
  metadata_view_id: uuid('View whose fields count.').optional(),
  facets: z.array(z.string()).optional().describe('Fields to count by, e.g. media_type.'),
  facets_filters: z.array(listedFlat(facetFilter)).optional().describe('[{name, value_in: [values]}].'),
  include_fields: z.array(z.string()).optional().describe('Only these fields, e.g. id, title, metadata.'),
  exclude_fields: z.array(z.string()).optional().describe('Without these fields.'),
  page,
  per_page: z.int().min(0).max(1000).optional().describe('Default 10.'),
  search_after: z.array(z.any()).optional().describe('_sort of the last hit, for deep paging.'),
  generate_signed_url: z.boolean().default(false).describe('Add temporary keyframe URLs.'),
  generate_signed_proxy_url: z.boolean().optional().describe('With generate_signed_url: of proxies.'),
  generate_signed_download_url: z.boolean().optional().describe('With generate_signed_url: of files.'),
  save_search_history: z.boolean().default(false).describe('Keep in history.'),
};

const ROUTE =
  'POST /search/v1/search/{?page,per_page,generate_signed_url,generate_signed_download_url,generate_signed_proxy_url,save_search_history}';

export const search = toolset({
  name: 'search',
  description: 'Search over assets, collections, segments and saved searches.',
  tools: {
    search: operation({
      title: 'Search',
      description:
        "Search the library by words, fields and filters; returns short hits with total. Default: all kinds of object, 10 a page, no URLs, not kept in the user's search history. Everything of one asset: get_asset, get_asset_metadata.",
      prefer: ['find_assets', 'By people, labels or dates, and in lines'],
      effect: 'read',
      roles: ['can_search'],
      route: ROUTE,
      input,
      output: { ...paged(z.looseObject(hitAnswer)), facets: free },
      shape: compact,
    }),

    search_documents: operation({
      title: 'Search in full',
      description: 'The same search with whole documents; include_fields keeps them short.',
      effect: 'read',
      listed: false,
      roles: ['can_search'],
      route: ROUTE,
      input,
      output: { ...paged(z.looseObject(documentAnswer)), facets: free },
      shape: documents,
    }),
  },
});
