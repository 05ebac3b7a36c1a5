import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { clear, uuid, webAddress } from '../params.ts';
import { fieldAnswer, viewAnswer } from './metadata_views.ts';

const option = z.strictObject({ value: z.string().min(1), label: z.string().optional() });

/** What a field is, wherever it is shown. */
const fieldRules = {
  label: z.string().min(1).describe('Label people see, e.g. Weather.'),
  field_type: z
    .string()
    .min(1)
    .describe('e.g. string, text, integer, float, boolean, date, datetime, drop_down, tag_cloud, url or email.'),
  description: z.string().optional().describe('Help text.'),
  options: z.array(option).optional().describe('All options of a drop_down, those it has too.'),
  multi: z.boolean().optional().describe('Takes several values.'),
  required: z.boolean().optional().describe('Has to be filled in.'),
  read_only: z.boolean().optional().describe('Nobody may change it.'),
  min_value: z.number().optional().describe('Smallest number.'),
  max_value: z.number().optional().describe('Largest number.'),
  sortable: z.boolean().optional().describe('Lists can be sorted by it.'),
  use_as_facet: z.boolean().optional().describe('Searches can count by it.'),
  auto_set: z.boolean().optional().describe('Filled in by Iconik.'),
  hide_if_not_set: z.boolean().optional().describe('Hidden while it is empty.'),
  representative: z.boolean().optional().describe('Stands for the asset in lists.'),
  is_block_field: z.boolean().optional().describe('Blocks the asset from use when set.'),
  is_warning_field: z.boolean().optional().describe('Warns of the asset when set.'),
  source_url: webAddress.optional().describe('Address that options come from.'),
  external_id: z.string().optional().describe('Id in another system.'),
};

const viewField = z.strictObject({
  name: z.string().min(1),
  label: z.string().optional(),
  required: z.boolean().optional(),
  read_only: z.boolean().optional(),
  auto_set: z.boolean().optional(),
  hide_if_not_set: z.boolean().optional(),
  options: z.array(option).optional(),
  source_url: webAddress.optional(),
});

export const metadataSchema = toolset({
  name: 'metadata_schema',
  description: 'Change the fields and views of metadata.',
  tools: {
    create_metadata_field: operation({
      title: 'Create a metadata field',
      description:
        'Create a metadata field: its name, label, type and rules. People see it once it is in a view: update_metadata_view. The name and the type cannot be changed later.',
      effect: 'create',
      listed: 'chosen',
      roles: ['can_write_metadata_fields'],
      route: 'POST /metadata/v1/fields/',
      input: { name: z.string().min(1).describe('Name in the API, e.g. weather_at_shoot.'), ...fieldRules },
      output: fieldAnswer,
    }),

    update_metadata_field: operation({
      title: 'Change a metadata field',
      description:
        'Replace the label, options and rules of a metadata field, e.g. to add an option to a drop-down: give all options and rules, those that stay too. What is left out may be reset. Values stored in assets stay.',
      prefer: ['describe_metadata', 'To see a field first'],
      effect: 'update',
      listed: 'chosen',
      roles: ['can_write_metadata_fields'],
      route: 'PUT /metadata/v1/fields/{field_name}/',
      input: {
        field_name: z
          .string()
          .min(1)
          .refine((name) => name.length <= 128, 'must have at most 128 characters')
          .describe('Name of the field, not its label.'),
        ...fieldRules,
        clear: clear('auto_set', 'hide_if_not_set', 'read_only', 'required', 'source_url'),
      },
      output: fieldAnswer,
    }),

    update_metadata_view: operation({
      title: 'Change a metadata view',
      description:
        'Change the name, the description or the fields of a metadata view. view_fields replaces the whole list: give all fields in their order, each by name, with what the view sets differently. Values stay.',
      prefer: ['describe_metadata', 'To see a view first'],
      effect: 'update',
      listed: 'chosen',
      roles: ['can_write_metadata_views'],
      route: 'PATCH /metadata/v1/views/{view_id}/',
      input: {
        view_id: uuid('Metadata view id.'),
        name: z.string().min(1).optional().describe('Name people see.'),
        description: z.string().optional().describe('What the view is for.'),
        view_fields: z.array(viewField).min(1).optional().describe('All its fields, by name.'),
        clear: clear('description'),
      },
      output: viewAnswer,
    }),
  },
});
