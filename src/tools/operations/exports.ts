import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { inQuotes } from '../../text/quote.ts';
import { operation, toolset } from '../define.ts';
import { ToolError } from '../errors.ts';
import { bareUuid, uuid, uuids } from '../params.ts';
import type { Context } from '../types.ts';
import { startedAnswer } from './jobs.ts';
import { linesOfObjects } from './object_lines.ts';
import { storageCare } from './storage_care.ts';

/** The export location as people know it: `"Broadcast playout" (folder playout/in)`. */
async function locationOf(id: string, { use }: Context): Promise<string> {
  const { objects } = await use(storageCare.tools.list_export_locations, { ids: [id] });
  const { name, path } = objects.find((one) => one.id === id) ?? {};
  if (!name)
    throw new ToolError(`export_location_id: there is no export location ${id}. list_export_locations has all.`);
  return path ? `${inQuotes(name)} (folder ${path})` : inQuotes(name);
}

const deliveryOf = (what: string, location: string): string =>
  `Delivers ${what} to ${location}. What has arrived there cannot be called back.`;

export const exports = toolset({
  name: 'exports',
  description: 'Deliver media.',
  tools: {
    create_export: operation({
      title: 'Deliver to an export location',
      description:
        'Deliver up to 500 assets or collections to an export location, in a job; what is taken (original, proxy, metadata …) is set up there. Media leave the library: the first call only shows what would go where.',
      effect: 'create',
      outbound: true,
      prefer: ['deliver_assets', 'By name, approved finals only'],
      listed: 'chosen',
      roles: ['can_write_exports'],
      route: 'POST /files/v1/export_locations/{export_location_id}/bulk_export/{?allow_host_transfer}',
      input: {
        export_location_id: uuid('From list_export_locations.'),
        object_type: z.enum(['assets', 'collections']).describe('Kind of the objects.'),
        object_ids: uuids('Ids of the objects, 1 to 500.').min(1).max(500),
        overwrite: z.boolean().optional().describe('Replace files of the same name there.'),
        export_to_asset_folder: z.boolean().optional().describe('A folder for each asset.'),
        keep_collection_structure: z.boolean().optional().describe('Folders as the collections are.'),
        export_metadata: z.boolean().optional().describe('With a metadata file.'),
        metadata_view: uuid('Metadata view for that file.').optional(),
        metadata_format: z.enum(['CSV', 'JSON', 'XML']).optional().describe('Of the metadata file.'),
        preferred_original_storage_id: uuid('Take originals from this storage if they are there.').optional(),
        allow_duplicate_transfers: z.boolean().optional().describe('Deliver again what is on its way. Default false.'),
        allow_host_transfer: z.boolean().optional().describe('Let a transfer host copy the files.'),
      },
      output: startedAnswer,
      preview: async ({ export_location_id, object_type, object_ids }, context) => {
        const location = await locationOf(export_location_id, context);
        const what =
          object_type === 'assets'
            ? plural(object_ids.length, 'asset')
            : `everything in ${plural(object_ids.length, 'collection')}`;
        const affected = await linesOfObjects(object_type, object_ids, context);
        return { preview: { summary: deliveryOf(what, location), affected }, plan: undefined };
      },
    }),

    create_export_v2: operation({
      title: 'Deliver assets (2026)',
      description:
        'Deliver up to 500 assets to an export location with one job, each with its own formats and file name. Older systems know only create_export. The first call only shows what would go where.',
      effect: 'create',
      outbound: true,
      prefer: ['deliver_assets', 'By name, approved finals only'],
      listed: 'chosen',
      roles: ['can_write_exports'],
      route: 'POST /files/v2/assets/export_locations/{export_location_id}/bulk/export/{?allow_host_transfer}',
      input: {
        export_location_id: uuid('From list_export_locations.'),
        objects: z
          .array(
            z.strictObject({
              id: bareUuid,
              formats: z.array(z.string()).optional().describe('Format names. Default: what the location takes.'),
              destination_filename: z.string().optional().describe('Name of the file there.'),
              overwrite: z.boolean().optional().describe('Replace files of the same name there.'),
              export_to_asset_folder: z.boolean().optional().describe('A folder for each asset.'),
              export_metadata: z.boolean().optional().describe('With a metadata file.'),
              preferred_original_storage_id: bareUuid.optional(),
            }),
          )
          .min(1)
          .max(500)
          .describe('The assets, each with its id.'),
        parent_job_id: uuid('Job that this one is part of.').optional(),
        allow_host_transfer: z.boolean().optional().describe('Let a transfer host copy the files.'),
      },
      output: startedAnswer,
      preview: async ({ export_location_id, objects }, context) => {
        const location = await locationOf(export_location_id, context);
        const ids = objects.map(({ id }) => id);
        const affected = await linesOfObjects('assets', ids, context);
        return { preview: { summary: deliveryOf(plural(ids.length, 'asset'), location), affected }, plan: undefined };
      },
    }),
  },
});
