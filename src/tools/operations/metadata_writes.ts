import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { operation, toolset } from '../define.ts';
import { assetId, strings, uuid, uuids } from '../params.ts';
import { faultOfScripts } from '../script_addresses.ts';
import { startedAnswer } from './jobs.ts';
import { valuesAnswer, valuesByName, writeAnswer } from './metadata.ts';
import { writtenFields } from './metadata_answer.ts';
import { linesOfObjects } from './object_lines.ts';

const viewId = uuid('Metadata view id.');

export const metadataWrites = toolset({
  name: 'metadata_writes',
  description: 'Metadata of segments and of everything in collections.',
  tools: {
    update_segment_metadata: operation({
      title: 'Write metadata of a segment',
      description:
        'Write metadata values of one segment, such as a marker, in one view: as update_asset_metadata does for an asset. Keys are field names; other fields stay. Those not in the view come back as dropped.',
      effect: 'update',
      idempotent: false,
      listed: 'chosen',
      roles: ['can_write_metadata_values'],
      route: 'PUT /metadata/v1/assets/{asset_id}/segments/{segment_id}/views/{view_id}/{?ignore_unchanged}',
      input: {
        asset_id: assetId,
        segment_id: uuid('Segment id.'),
        view_id: viewId,
        metadata_values: valuesByName.describe('Values by field name.'),
        ignore_unchanged: z.boolean().optional().describe('Skip equal values.'),
      },
      output: { ...valuesAnswer, ...writeAnswer },
      validate: faultOfScripts,
      shape: writtenFields,
    }),

    update_contents_metadata: operation({
      title: 'Write metadata in collections',
      description:
        'Write the same values on everything in collections, at any depth, in one job without a report by asset; there is no undo. The first call only shows the change.',
      prefer: ['set_metadata', 'To choose assets and see each result'],
      effect: 'update',
      idempotent: false,
      listed: 'chosen',
      roles: ['can_write_metadata_values'],
      route: 'PUT /metadata/v1/collections/content/views/{view_id}/',
      input: {
        view_id: viewId,
        object_ids: uuids('Collection ids.').min(1),
        include_assets: z.boolean().describe('Write on the assets in them.'),
        include_collections: z.boolean().describe('Write on the collections in them.'),
        metadata_values: valuesByName.describe('Values by field name.'),
      },
      output: { ...startedAnswer, object_ids: strings },
      validate: faultOfScripts,
      preview: async ({ object_ids, include_assets, include_collections, metadata_values }, context) => {
        const kinds = [include_assets && 'all assets', include_collections && 'all collections'].filter(Boolean);
        const fields = Object.keys(metadata_values);
        const what = kinds.join(' and ') || 'nothing';
        return {
          preview: {
            summary: `Writes ${plural(fields.length, 'field')} (${fields.join(', ')}) on ${what} in ${plural(object_ids.length, 'collection')}, at any depth. Iconik has no undo for it.`,
            affected: await linesOfObjects('collections', object_ids, context),
          },
          plan: undefined,
        };
      },
      shape: (body, { object_ids }) => ({ ...(body as object | undefined), object_ids }),
    }),
  },
});
