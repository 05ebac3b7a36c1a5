import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { flag, listOf, number, paged, strings, text, uuid } from '../params.ts';

const option = z.looseObject({ label: text, value: text });

/** What a view defines for a field; the type and whether it holds several values belong to the field itself. */
const viewFieldAnswer = {
  name: text,
  label: text,
  required: flag,
  read_only: flag,
  auto_set: flag,
  hide_if_not_set: flag,
  mapped_field_name: text,
  options: z.array(option).optional(),
};

export const fieldAnswer = {
  ...viewFieldAnswer,
  description: text,
  field_type: text,
  multi: flag,
  min_value: number,
  max_value: number,
  sortable: flag,
  use_as_facet: flag,
  representative: flag,
  is_block_field: flag,
  is_warning_field: flag,
  source_url: text,
  external_id: text,
};

export const viewAnswer = {
  id: text,
  name: text,
  description: text,
  date_modified: text,
  view_fields: z.array(z.looseObject(fieldAnswer)).optional(),
};

const categoryAnswer = {
  name: text,
  label: text,
  object_type: text,
  view_ids: strings,
  views: z.array(z.looseObject(viewAnswer)).optional(),
};

export const metadataViews = toolset({
  name: 'metadata_views',
  description: 'The metadata views, fields and categories.',
  tools: {
    get_metadata_view: operation({
      title: 'Get a metadata view',
      description: 'Read one metadata view: its fields with name, label, type, options and rules.',
      effect: 'read',
      listed: false,
      roles: ['can_read_metadata_views'],
      route: 'GET /metadata/v1/views/{view_id}/',
      input: { view_id: uuid('Metadata view.') },
      output: viewAnswer,
    }),

    list_metadata_views: operation({
      title: 'List metadata views',
      description: 'All views. Their fields have no types: use get_metadata_view.',
      effect: 'read',
      listed: false,
      roles: ['can_read_metadata_views'],
      route: 'GET /metadata/v1/views/',
      input: {},
      output: {
        objects: listOf(
          z.looseObject({ ...viewAnswer, view_fields: z.array(z.looseObject(viewFieldAnswer)).optional() }),
        ),
      },
    }),

    list_metadata_fields: operation({
      title: 'List metadata fields',
      description: 'All metadata fields, 500 per page.',
      effect: 'read',
      listed: false,
      roles: ['can_read_metadata_fields'],
      route: 'GET /metadata/v1/fields/',
      input: {
        filter: z.string().optional().describe('Field names, separated by commas.'),
        last_field_name: z.string().optional().describe('Next page: last field name seen.'),
        per_page: z.int().min(1).optional().describe('Default 500.'),
      },
      output: paged(z.looseObject(fieldAnswer)),
    }),

    list_asset_categories: operation({
      title: 'List metadata categories',
      description: 'The asset categories, with the views of each.',
      effect: 'read',
      listed: false,
      roles: ['can_read_metadata_categories'],
      route: 'GET /metadata/v1/assets/categories/',
      input: {},
      output: { objects: listOf(z.looseObject(categoryAnswer)) },
    }),

    get_category_views: operation({
      title: 'Get the views of a category',
      description: 'The views of an asset category with all their fields, or only the views that this user may write.',
      effect: 'read',
      listed: false,
      roles: ['can_read_metadata_categories'],
      route: 'GET /metadata/v1/assets/categories/{name}/views/',
      input: {
        name: z.string().min(1).describe('Category.'),
        writable_only: z.boolean().optional().describe('Only views that this user may write.'),
        ext_options: z.boolean().optional().describe('Include options from external sources.'),
      },
      output: categoryAnswer,
    }),
  },
});
