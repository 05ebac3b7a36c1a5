import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { assetId, listOf, text, uuid, uuids } from '../params.ts';
import { assets } from './assets.ts';
import { noneOfVersion } from './files.ts';
import { startedAnswer } from './jobs.ts';
import { metadataViews } from './metadata_views.ts';

const place = {
  asset_id: assetId,
  view_id: uuid('Metadata view.'),
};

const checkIfSubclip = z.boolean().optional().describe('Consider subclip inheritance.');

const reencode = z.boolean().optional().describe('All values as text. Default false.');

const valuesAnswer = {
  object_type: text,
  object_id: text,
  view_id: text,
  version_id: text,
  job_id: text,
  date_created: text,
  date_modified: text,
  metadata_values: z
    .record(z.string(), z.looseObject({ field_values: listOf(z.looseObject({})), date_created: text }))
    .optional(),
};

const fieldValues = z.strictObject({
  field_values: z.array(z.looseObject({ value: z.any() })),
  mode: z.enum(['append', 'delete', 'overwrite']).optional(),
  date_created: z.string().optional(),
});

/** `"Porto"` and `["Porto", "Lisbon"]` stand for `{ field_values: [{ value }] }`. */
function spelledOut(given: unknown): unknown {
  if (given === null || given === undefined) return given;
  const { field_values, ...rest } = isObject(given) && 'field_values' in given ? given : { field_values: given };
  const list = Array.isArray(field_values) ? field_values : [field_values];
  return { field_values: list.map((item) => (isObject(item) ? item : { value: item })), ...rest };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const { get_metadata_view } = metadataViews.tools;

const metadataValues = z.record(z.string(), z.preprocess(spelledOut, fieldValues));

export const metadata = toolset({
  name: 'metadata',
  description: 'Metadata: the values of an asset in a view of fields.',
  tools: {
    get_asset_metadata: operation({
      title: 'Get metadata',
      description:
        'Read the metadata of an asset in one view: {field name: {field_values: [{value}]}}, in the shape that update_asset_metadata takes back. No values yet gives an empty metadata_values.',
      prefer: ['read_metadata', 'By label, or of many'],
      effect: 'read',
      roles: ['can_read_metadata_values'],
      route: 'GET /metadata/v1/assets/{asset_id}/views/{view_id}/',
      input: {
        ...place,
        check_if_subclip: checkIfSubclip,
        reencode_values_to_string: reencode,
      },
      output: valuesAnswer,
      onNotFound: async ({ asset_id, view_id }, { use }) => {
        await use(assets.tools.get_asset, { asset_id });
        await use(get_metadata_view, { view_id });
        return { object_type: 'assets', object_id: asset_id, view_id, metadata_values: {} };
      },
    }),

    update_asset_metadata: operation({
      title: 'Write metadata',
      description:
        'Write metadata values of an asset in one view. Per field, mode overwrite (default) replaces all its values, append adds, delete removes those given. Keys are field names, not labels. Only the fields you give are sent: read back with get_asset_metadata.',
      prefer: ['set_metadata', 'By label, or on many'],
      effect: 'update',
      idempotent: false,
      roles: ['can_write_metadata_values'],
      route: 'PUT /metadata/v1/assets/{asset_id}/views/{view_id}/{?check_if_subclip}',
      input: {
        ...place,
        metadata_values: metadataValues
          .describe('By field name; a bare value or list works too.')
          .meta({ examples: [{ keywords: { field_values: [{ value: 'harbour' }], mode: 'append' } }] }),
        check_if_subclip: checkIfSubclip,
        version_id: uuid('Version.').optional(),
        object_type: z.string().optional().describe('Normally left out.'),
        object_id: uuid('Normally left out.').optional(),
        job_id: uuid('Its job.').optional(),
      },
      output: valuesAnswer,
    }),

    get_version_metadata: operation({
      title: 'Get metadata of a version',
      description: 'The values that a version of an asset had in a view.',
      effect: 'read',
      listed: false,
      roles: ['can_read_metadata_values'],
      route: 'GET /metadata/v1/assets/{asset_id}/versions/{version_id}/views/{view_id}/',
      input: { ...place, version_id: uuid('Version id.'), reencode_values_to_string: reencode },
      output: valuesAnswer,
      onNotFound: async ({ asset_id, version_id, view_id }, context) => {
        await noneOfVersion({ asset_id, version_id }, context);
        await context.use(get_metadata_view, { view_id });
        return { object_type: 'assets', object_id: asset_id, version_id, view_id, metadata_values: {} };
      },
    }),

    get_segment_metadata: operation({
      title: 'Get metadata of a segment',
      description: 'The values of a segment in a view.',
      effect: 'read',
      listed: false,
      roles: ['can_read_metadata_values'],
      route: 'GET /metadata/v1/assets/{asset_id}/segments/{segment_id}/views/{view_id}/',
      input: { ...place, segment_id: uuid('Segment id.'), reencode_values_to_string: reencode },
      output: valuesAnswer,
      onNotFound: async ({ asset_id, segment_id, view_id }, { use }) => {
        await use(assets.tools.get_asset, { asset_id });
        await use(get_metadata_view, { view_id });
        return { object_type: 'segments', object_id: segment_id, view_id, metadata_values: {} };
      },
    }),

    /** Iconik answers 202 and goes on in the background. */
    update_metadata_batch: operation({
      title: 'Write metadata of many assets',
      description: 'Write the same values on many assets in one view.',
      effect: 'update',
      idempotent: false,
      listed: false,
      roles: ['can_write_metadata_values'],
      route: 'PUT /metadata/v1/assets/views/{view_id}/',
      input: {
        view_id: place.view_id,
        object_ids: uuids('Assets.').min(1),
        metadata_values: metadataValues,
        object_type: z.string().optional().describe('Normally left out.'),
      },
      output: startedAnswer,
    }),

    ...metadataViews.tools,
  },
});
