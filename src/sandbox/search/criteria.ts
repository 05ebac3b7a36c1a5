import type { Field, Fields } from '../types.ts';

const strings: Field = { type: 'array', items: { type: 'string' } };

const range: Fields = { min: { type: 'string' }, max: { type: 'string' }, timezone: { type: 'string' } };

const term: Fields = {
  name: { type: 'string', required: true },
  value: { type: 'string' },
  value_in: strings,
  range: { type: 'object', fields: range },
  exists: { type: 'boolean' },
  missing: { type: 'boolean' },
};

/** A filter can contain filters. */
const filter: Fields = {
  operator: { type: 'string', required: true },
  terms: { type: 'array', items: { type: 'object', fields: term } },
  get filters(): Field {
    return { type: 'array', items: { type: 'object', fields: filter } };
  },
};

/** The vendor's SearchCriteriaSchema. */
export const criteria: Fields = {
  query: { type: 'string' },
  doc_types: {
    type: 'array',
    items: { type: 'string', enum: ['assets', 'collections', 'segments', 'saved_searches', 'saved_search_groups'] },
  },
  filter: { type: 'object', fields: filter },
  facets: strings,
  facets_filters: {
    type: 'array',
    items: { type: 'object', fields: { name: { type: 'string', required: true }, value_in: strings } },
  },
  sort: {
    type: 'array',
    items: { type: 'object', fields: { name: { type: 'string', required: true }, order: { type: 'string' } } },
  },
  search_fields: strings,
  include_fields: strings,
  exclude_fields: strings,
  metadata_view_id: { type: 'uuid' },
  search_after: { type: 'array', items: { type: 'any' } },
};

/** The vendor's parameters; the limits are those of its SearchQueryParamsSchema. */
export const parameters: Fields = {
  per_page: { type: 'integer', minimum: 0, maximum: 1000, default: 10 },
  page: { type: 'integer', minimum: 1, maximum: 10_000, default: 1 },
  scroll: { type: 'boolean' },
  scroll_id: { type: 'string' },
  generate_signed_url: { type: 'boolean', default: true },
  generate_signed_download_url: { type: 'boolean', default: false },
  generate_signed_proxy_url: { type: 'boolean', default: false },
  save_search_history: { type: 'boolean', default: true },
};
