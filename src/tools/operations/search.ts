import * as z from 'zod';
import { shorten } from '../../text/tokens.ts';
import { operation, toolset } from '../define.ts';
import { anyObject, flag, free, integer, page, paged, signed, strings, text, uuid } from '../params.ts';
import { documentAnswer, segmentTextIn, shapeDocuments } from './documents.ts';

/** The fields of a hit; whole documents are about forty times as long. */
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
  matched: strings.describe('Fields in which the query matched.'),
  _sort: z.any().optional().describe('On the last hit: give it as search_after to continue.'),
};

type Document = Readonly<Record<string, unknown>>;

/** Reduces documents to short hits; metadata and collections stay if `include_fields` names them. */
function compact(body: unknown, args: Searched) {
  const { objects, ...rest } = (body ?? {}) as { readonly objects?: unknown };
  if (!Array.isArray(objects)) return body;
  const { include_fields } = args;
  const isRequested = (name: string) => include_fields?.some((field) => field === name || field.startsWith(`${name}.`));
  const hit = (document: Document) => {
    const { _highlight, metadata, in_collections, segment_text: _, ...shown } = document;
    const segment_text = document.object_type === 'assets' ? undefined : segmentTextIn(document);
    return {
      ...shown,
      // On an asset, segment_text holds the texts of all its segments.
      ...(segment_text !== undefined && { segment_text }),
      ...(isRequested('metadata') && { metadata }),
      ...(isRequested('in_collections') && { in_collections }),
      matched: matches(_highlight),
    };
  };
  const isForDeleted = objects.length === 0 && DELETED.test(JSON.stringify([args.query, args.filter]));
  return {
    ...rest,
    objects: objects.map((one) => (one && typeof one === 'object' ? hit(one) : one)),
    ...(isForDeleted && { note: NOT_INDEXED }),
  };
}

interface Searched {
  readonly query?: string | undefined;
  readonly filter?: unknown;
  readonly include_fields?: readonly string[] | undefined;
}

/** What asks for objects in the recycle bin, which the index does not have. */
const DELETED = /\bDELETED\b|date_deleted|deleted_by_user/;
const NOT_INDEXED =
  'This does not mean that the recycle bin is empty: the search index leaves out what was deleted. list_bin lists the bin (GET /assets/v1/delete_queue/assets/).';

const MAX_MATCHES = 2;
const MAX_MATCH_LENGTH = 100;

/** `description: the words around the match`, without highlight tags; undefined if nothing is highlighted. */
function matches(highlight: unknown): string[] | undefined {
  if (typeof highlight !== 'object' || highlight === null) return undefined;
  const seen = new Set<string>();
  const found: string[] = [];
  for (const [field, fragments] of Object.entries(highlight)) {
    const text = String(Array.isArray(fragments) ? fragments[0] : fragments).replace(/<\/?em>/g, '');
    if (field === 'title' || seen.has(text)) continue;
    seen.add(text);
    found.push(`${field}: ${shorten(text, MAX_MATCH_LENGTH)}`);
  }
  return found.length > 0 ? found.slice(0, MAX_MATCHES) : undefined;
}

const range = z.strictObject({
  min: z.string().optional(),
  max: z.string().optional(),
  timezone: z.string().optional().describe('e.g. +02:00.'),
});

const facetFilter = z.strictObject({ name: z.string(), value_in: z.array(z.string()).optional() });

const term = z.strictObject({
  name: z.string(),
  value: z.string().optional(),
  value_in: z.array(z.string()).optional(),
  range: range.optional(),
  exists: z.boolean().optional(),
  missing: z.boolean().optional(),
});

const operator = z.string().describe('AND or OR.');
const MAX_TERMS = 1_000;
const MAX_DEPTH = 8;
const terms = z.array(term).max(MAX_TERMS, `must hold at most ${MAX_TERMS}`).optional();

const group = z.strictObject({
  operator,
  terms,
  get filters() {
    return z.array(group).optional();
  },
});

/** As it is listed; with the query syntax, `value` says all that the other tests of a term do. */
const nestedGroup = z.object({ operator: z.string(), terms: z.array(term.pick({ name: true, value: true })) });

/** How deep filters are nested; stops counting once the limit is exceeded. */
function depthOf(value: unknown, seen = 0): number {
  const { filters } = (value ?? {}) as { readonly filters?: unknown };
  if (!Array.isArray(filters) || seen > MAX_DEPTH) return seen;
  return Math.max(seen, ...filters.map((inner) => depthOf(inner, seen + 1)));
}

const filter = z.strictObject({
  operator,
  terms: terms.describe('A field and one test each: value (query syntax), value_in (exact), range, exists or missing.'),
  filters: z
    .array(
      anyObject
        .refine((value) => depthOf(value, 1) <= MAX_DEPTH, {
          error: `must nest at most ${MAX_DEPTH} deep`,
          abort: true,
        })
        .pipe(group)
        .meta({ listed: nestedGroup }),
    )
    .optional()
    .describe('Nested groups.'),
});

/** What is searched for. */
const searched = {
  query: z
    .string()
    .optional()
    .describe('Words or query syntax: "exact phrase", title:foo*, status:(a OR b), date_created:[2025-01-01 TO *].'),
  doc_types: z
    .array(z.enum(['assets', 'collections', 'segments', 'saved_searches', 'saved_search_groups']))
    .optional()
    .describe('Kinds of object. Default all.'),
  filter: filter.optional().describe('Filter on fields such as status, in_collections, metadata.<field>.'),
  sort: z
    .array(z.strictObject({ name: z.string(), order: z.string().optional().describe('asc or desc.') }))
    .optional()
    .describe('e.g. by date_created. Default relevance.'),
  search_fields: z
    .array(z.string())
    .optional()
    .describe(
      'Fields that query searches: title, description, segment_text, file_names, metadata, transcription_text.',
    ),
  metadata_view_id: uuid('Search only the fields of this metadata view.').optional(),
  facets: z.array(z.string()).optional().describe('Fields to count by, e.g. media_type.'),
  facets_filters: z.array(facetFilter).optional().describe('Values to count only.'),
  include_fields: z.array(z.string()).optional().describe('Only these fields, e.g. id, title, metadata.'),
  exclude_fields: z.array(z.string()).optional().describe('Without these fields.'),
};

/** The criteria of a search that is kept. */
export const criteria = z.strictObject(searched);

const input = {
  ...searched,
  page,
  per_page: z.int().min(0).max(1000).optional().describe('Default 10.'),
  search_after: z.array(z.any()).meta({ listed: z.string() }).optional().describe('_sort of the last hit, as JSON.'),
  generate_signed_url: z.boolean().default(false).describe('Add temporary keyframe URLs.'),
  generate_signed_proxy_url: z.boolean().optional().describe('Also for proxies; needs generate_signed_url.'),
  generate_signed_download_url: z.boolean().optional().describe('Also for files; needs generate_signed_url.'),
  save_search_history: z.boolean().default(false).describe("Keep in the user's search history."),
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
        'Search the library by words, fields and filters; returns short hits and the total, without URLs by default. For everything about one asset use get_asset and get_asset_metadata.',
      prefer: ['find_assets', 'To search by people, labels or dates'],
      effect: 'read',
      roles: ['can_search'],
      route: ROUTE,
      input,
      output: { note: text, ...paged(z.looseObject(hitAnswer)), facets: free },
      shape: compact,
    }),

    search_documents: operation({
      title: 'Search in full',
      description: 'Search that returns whole documents; include_fields limits them.',
      effect: 'read',
      listed: false,
      roles: ['can_search'],
      route: ROUTE,
      input,
      output: { ...paged(z.looseObject(documentAnswer)), facets: free },
      shape: shapeDocuments,
    }),
  },
});
