import * as z from 'zod';
import { inQuotes } from '../../text/quote.ts';
import { operation, toolset } from '../define.ts';
import { assetId, text, uuid } from '../params.ts';
import type { Context } from '../types.ts';
import { assets, versionAnswer } from './assets.ts';
import { segmentType } from './segment_fields.ts';

const include_segment_types = z.array(segmentType).optional().describe('Only segments of these types. Default all.');

/** Title of an asset for a sentence, or its id. */
async function nameOf(asset_id: string, { use }: Context): Promise<string> {
  const { title } = await use(assets.tools.get_asset, { asset_id });
  return title ? inQuotes(title) : asset_id;
}

export const newVersions = toolset({
  name: 'new_versions',
  description: 'Making versions.',
  tools: {
    create_version: operation({
      title: 'Create a version',
      description:
        'Add an empty version to an asset, with metadata, comments or persons of an older one if you ask for them; returns all versions. Add media with create_asset_format. To stack an asset use create_version_from_asset.',
      effect: 'create',
      listed: 'chosen',
      roles: ['can_write_versions'],
      route: 'POST /assets/v1/assets/{asset_id}/versions/',
      input: {
        asset_id: assetId,
        source_version_id: uuid('Version to copy from. Default the latest.').optional(),
        copy_metadata: z.boolean().optional().describe('Copy metadata of the version.'),
        copy_segments: z.boolean().optional().describe('Copy comments, markers and other segments.'),
        copy_persons: z.boolean().optional().describe('Copy people seen in it.'),
        include_segment_types,
      },
      output: { asset_id: text, versions: z.array(z.looseObject(versionAnswer)).default([]) },
    }),

    create_version_from_asset: operation({
      title: 'Stack an asset as a version',
      description:
        'Make the media of one asset the new version of another, e.g. v2 on v1; the source asset then goes to the recycle bin. Iconik works in the background. The first call only shows what would happen.',
      effect: 'create',
      listed: 'chosen',
      roles: ['can_write_versions'],
      route: 'POST /assets/v1/assets/{asset_id}/versions/from/assets/{source_asset_id}/',
      input: {
        asset_id: uuid('Asset that gets the version.'),
        source_asset_id: uuid('Asset whose media it becomes.'),
        copy_previous_version_segments: z
          .boolean()
          .optional()
          .describe('Keep comments and markers of the version before.'),
        copy_previous_version_persons: z.boolean().optional().describe('Keep people of the version before.'),
        include_segment_types,
        source_metadata_asset_id: uuid('Asset whose metadata is kept. Default asset_id.').optional(),
      },
      output: { asset_id: text, status: text },
      validate: ({ asset_id, source_asset_id }) =>
        asset_id === source_asset_id ? 'source_asset_id: an asset cannot become a version of itself.' : undefined,
      preview: async ({ asset_id, source_asset_id }, context) => {
        const [target, source] = await Promise.all([nameOf(asset_id, context), nameOf(source_asset_id, context)]);
        return {
          preview: {
            summary: `Makes ${source} the new version of ${target}; ${source} itself goes to the recycle bin.`,
            affected: [
              { id: asset_id, becomes: 'one version more' },
              { id: source_asset_id, becomes: 'that version' },
            ],
          },
          plan: undefined,
        };
      },
      shape: (_, { asset_id }) => ({ asset_id, status: 'started' }),
    }),
  },
});
