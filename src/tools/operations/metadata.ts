import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { assetId, listedAsPairs, listOf, strings, text, uuid, uuids, valuesBy } from '../params.ts';
import { faultOfScripts } from '../script_addresses.ts';
import { assets } from './assets.ts';
import { startedAnswer } from './jobs.ts';
import { filledFields, isSeparator, writtenFields } from './metadata_answer.ts';
import { metadataViews } from './metadata_views.ts';
import { noneOfVersion } from './not_found.ts';

const viewPath = {
  asset_id: assetId,
  view_id: uuid('Metadata view id.'),
};

const checkIfSubclip = z.boolean().optional().describe('Include inherited subclip values.');

const reencode = z.boolean().optional().describe('Return all values as text. Default false.');

export const valuesAnswer = {
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

/** Expands the shorthands `"Porto"` and `["Porto", "Lisbon"]` to `{ field_values: [{ value }] }`. */
function expandValues(given: unknown): unknown {
  if (given === null || given === undefined) return given;
  const { field_values, ...rest } = isObject(given) && 'field_values' in given ? given : { field_values: given };
  const list = Array.isArray(field_values) ? field_values : [field_values];
  return { field_values: list.map((item) => (isObject(item) ? item : { value: item })), ...rest };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const { get_metadata_view } = metadataViews.tools;

const byFieldName = {
  key: 'name',
  item: z.object({
    name: z.string(),
    field_values: z.array(z.object({ value: z.string() })),
    mode: fieldValues.shape.mode,
  }),
};

const metadataValues = valuesBy(byFieldName, z.preprocess(expandValues, fieldValues));

/** Answers list the separators of a view among its fields; they are never sent back. */
export const valuesByName = listedAsPairs(
  metadataValues.transform((values) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !isSeparator(name))),
  ),
  byFieldName,
);

/** How a write was stored, where it was not stored as sent. */
export const writeAnswer = { dropped: strings, stored_differently: strings };

export const metadata = toolset({
  name: 'metadata',
  description: 'Metadata: the values of an asset in a metadata view.',
  tools: {
    get_asset_metadata: operation({
      title: 'Get metadata',
      description:
        'Read the metadata of an asset in one view: {field name: {field_values: [{value}]}}, the shape that update_asset_metadata accepts. metadata_values is empty if nothing is filled in.',
      prefer: ['read_metadata', 'For labels or several assets'],
      effect: 'read',
      roles: ['can_read_metadata_values'],
      route: 'GET /metadata/v1/assets/{asset_id}/views/{view_id}/',
      input: {
        ...viewPath,
        check_if_subclip: checkIfSubclip,
        reencode_values_to_string: reencode,
      },
      output: valuesAnswer,
      shape: filledFields,
      onNotFound: async ({ asset_id, view_id }, { use }) => {
        await use(assets.tools.get_asset, { asset_id });
        await use(get_metadata_view, { view_id });
        return { object_type: 'assets', object_id: asset_id, view_id, metadata_values: {} };
      },
    }),

    update_asset_metadata: operation({
      title: 'Write metadata',
      description:
        'Write metadata values of an asset in one view. Per field, mode overwrite (default) replaces all values, append adds, delete removes the given ones. Keys are field names, not labels; other fields stay. Those not in the view come back as dropped.',
      prefer: ['set_metadata', 'For labels or several assets'],
      effect: 'update',
      idempotent: false,
      roles: ['can_write_metadata_values'],
      route: 'PUT /metadata/v1/assets/{asset_id}/views/{view_id}/{?check_if_subclip,ignore_unchanged}',
      input: {
        ...viewPath,
        metadata_values: valuesByName.describe('Values by field name.'),
        check_if_subclip: checkIfSubclip,
        ignore_unchanged: z.boolean().optional().describe('Skip equal values.'),
        version_id: uuid('Version id.').optional(),
        object_type: z.string().optional().describe('Normally left out.'),
        object_id: uuid('Normally left out.').optional(),
        job_id: uuid('Job to attach it to.').optional(),
      },
      output: { ...valuesAnswer, ...writeAnswer },
      validate: faultOfScripts,
      shape: writtenFields,
    }),

    get_version_metadata: operation({
      title: 'Get metadata of a version',
      description: 'The values of a version of an asset in a view.',
      effect: 'read',
      listed: false,
      roles: ['can_read_metadata_values'],
      route: 'GET /metadata/v1/assets/{asset_id}/versions/{version_id}/views/{view_id}/',
      input: { ...viewPath, version_id: uuid('Version id.'), reencode_values_to_string: reencode },
      output: valuesAnswer,
      shape: filledFields,
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
      input: { ...viewPath, segment_id: uuid('Segment id.'), reencode_values_to_string: reencode },
      output: valuesAnswer,
      shape: filledFields,
      onNotFound: async ({ asset_id, segment_id, view_id }, { use }) => {
        await use(assets.tools.get_asset, { asset_id });
        await use(get_metadata_view, { view_id });
        return { object_type: 'segments', object_id: segment_id, view_id, metadata_values: {} };
      },
    }),

    /** Iconik answers 202 and continues in the background. */
    update_metadata_batch: operation({
      title: 'Write metadata of several assets',
      description: 'Write the same values on several assets in one view.',
      effect: 'update',
      idempotent: false,
      listed: false,
      roles: ['can_write_metadata_values'],
      route: 'PUT /metadata/v1/assets/views/{view_id}/',
      input: {
        view_id: viewPath.view_id,
        object_ids: uuids('Asset ids.').min(1),
        metadata_values: metadataValues,
        object_type: z.string().optional().describe('Normally left out.'),
      },
      output: startedAnswer,
    }),

    ...metadataViews.tools,
  },
});
