import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { operation, toolset } from '../define.ts';
import { assetId, bareUuid, uuid, uuids } from '../params.ts';
import { moveOfFormat, moveOfObjects } from './archive_preview.ts';
import { startedAnswer } from './jobs.ts';

const MAX_OBJECTS = 500;

/** A name of a format, as it goes into a path; `ALL` is no name. */
const format_name = z
  .string()
  .regex(/^(?!ALL$)[A-Z0-9_-]+$/, 'must be a format name as Iconik writes it, e.g. ORIGINAL')
  .describe('e.g. ORIGINAL.');
const formatPath = { asset_id: assetId, format_id: uuid('Format id.') };
const allow_host_transfer = z.boolean().optional().describe('Let a storage gateway move it.');
const delete_original = z.boolean().optional().describe('Remove it from its storage afterwards. Default false.');
const directory = z.string().optional().describe('Directory on the destination.');
const archiveStorage = uuid('Archive storage. Default that of the library.').optional();
const homeStorage = uuid('Storage. Default where it was before.').optional();
const preferred_original_storage_id = uuid('Storage to take it from, where it is on several.').optional();

/** Of both bulk operations by format name. */
const byName = {
  format_name,
  object_type: z.enum(['assets', 'collections', 'playlists', 'saved_searches']).describe('Kind of object.'),
  object_ids: z.array(bareUuid).min(1).max(MAX_OBJECTS).describe('Which ones.'),
  destination_directory_path: directory,
  preferred_original_storage_id,
  delete_original,
  keep_collection_structure: z.boolean().optional().describe('collections: directories as the collections.'),
  keep_parent_collection_structure: z.boolean().optional().describe('collections: those above as well.'),
  delete_only_from_source_folder: z.boolean().optional().describe('Remove it from this folder only.'),
  allow_duplicate_transfers: z.boolean().optional().describe('Move again what is on its way.'),
  allow_host_transfer,
};

/** Of one asset in the bulk operations of 2026. */
const ofAsset = {
  id: bareUuid,
  formats: z.array(z.string()).optional().describe('Format names. Default ORIGINAL.'),
  all_versions: z.boolean().optional().describe('Default false: the latest.'),
  version_ids: uuids('Only these versions.').optional(),
  destination_directory_path: directory,
  preferred_original_storage_id,
};

const objectsOf = ({
  object_type,
  object_ids,
}: {
  object_type: 'assets' | 'collections' | 'playlists' | 'saved_searches';
  object_ids: readonly string[];
}) => ({
  type: object_type,
  ids: object_ids,
});
const idsOf = (objects: readonly { readonly id: string }[]) => ({
  type: 'assets' as const,
  ids: objects.map(({ id }) => id),
});

const NOUNS = { assets: 'asset', collections: 'collection', playlists: 'playlist', saved_searches: 'saved search' };
const named = (type: keyof typeof NOUNS, count: number): string =>
  count > 1 && type === 'saved_searches' ? `${count} saved searches` : plural(count, NOUNS[type]);

export const archive = toolset({
  name: 'archive',
  description: 'Archive: media to cold storage and back.',
  tools: {
    archive_format: operation({
      title: 'Archive a format',
      description:
        'Copy the media of one format of an asset to the archive storage, with a job; delete_original then removes it from its storage. The first call only shows what would move. For many use archive_assets_v2.',
      effect: 'create',
      outbound: true,
      listed: 'chosen',
      roles: ['can_archive_formats'],
      route: 'POST /files/v1/assets/{asset_id}/formats/{format_id}/archive/{?allow_host_transfer}',
      input: {
        ...formatPath,
        destination_storage_id: archiveStorage,
        destination_directory_path: directory,
        delete_original,
        original_file_set_id: uuid('File set to take it from, where it is on several.').optional(),
        allow_host_transfer,
      },
      output: startedAnswer,
      preview: async (args, context) => ({ preview: await moveOfFormat('Archives', args, context), plan: undefined }),
    }),

    restore_format: operation({
      title: 'Restore a format from the archive',
      description:
        'Bring the media of one archived format back to a storage, with a job that can take hours. The first call only shows what would move. For the recycle bin use restore_asset.',
      effect: 'create',
      outbound: true,
      listed: 'chosen',
      roles: ['can_restore_archived_formats'],
      route: 'POST /files/v1/assets/{asset_id}/formats/{format_id}/restore/{?allow_host_transfer}',
      input: {
        ...formatPath,
        destination_storage_id: homeStorage,
        destination_directory_path: directory,
        storage_id: uuid('Archive storage to take it from.').optional(),
        allow_host_transfer,
      },
      output: startedAnswer,
      preview: async (args, context) => ({
        preview: await moveOfFormat('Restores', args, context),
        plan: undefined,
        returns: { of: 'originals', ids: [args.asset_id] },
      }),
    }),

    archive_formats_bulk: operation({
      title: 'Archive formats by name',
      description:
        'Archive the formats of one name, e.g. ORIGINAL, of up to 500 assets or of what collections and saved searches hold, with one job. Only the latest versions; for others use archive_assets_v2. The first call only shows it.',
      effect: 'create',
      outbound: true,
      listed: 'chosen',
      roles: ['can_archive_formats'],
      route: 'POST /files/v1/formats/{format_name}/archive/bulk/{?allow_host_transfer}',
      input: { ...byName, destination_storage_id: archiveStorage },
      output: startedAnswer,
      preview: async (args, context) => {
        const what = `the format ${args.format_name} of ${named(args.object_type, args.object_ids.length)}`;
        return { preview: await moveOfObjects('Archives', what, objectsOf(args), args, context), plan: undefined };
      },
    }),

    restore_formats_bulk: operation({
      title: 'Restore formats by name',
      description:
        'Bring the archived formats of one name, e.g. ORIGINAL, of up to 500 assets or of what collections and saved searches hold back from the archive, with one job. The first call only shows what would move.',
      effect: 'create',
      outbound: true,
      listed: 'chosen',
      roles: ['can_restore_archived_formats'],
      route: 'POST /files/v1/formats/{format_name}/restore/bulk/{?allow_host_transfer}',
      input: { ...byName, destination_storage_id: homeStorage },
      output: startedAnswer,
      preview: async (args, context) => {
        const what = `the format ${args.format_name} of ${named(args.object_type, args.object_ids.length)}`;
        const preview = await moveOfObjects('Restores', what, objectsOf(args), args, context);
        const ids = args.object_type === 'assets' ? args.object_ids : [];
        return { preview, plan: undefined, returns: { of: 'originals', ids } };
      },
    }),

    archive_format_v2: operation({
      title: 'Archive a format (2026)',
      description:
        'The newer way to archive one format of an asset, with a job: it also takes a file name and a storage to prefer. Older systems know only archive_format. The first call only shows what would move.',
      effect: 'create',
      outbound: true,
      listed: 'chosen',
      roles: ['can_archive_formats'],
      route: 'POST /files/v2/assets/{asset_id}/formats/{format_id}/archive/{?allow_host_transfer}',
      input: {
        ...formatPath,
        destination_storage_id: archiveStorage,
        destination_directory_path: directory,
        destination_filename: z.string().optional().describe('Name of the file in the archive.'),
        preferred_original_storage_id,
        delete_original,
        allow_host_transfer,
      },
      output: startedAnswer,
      preview: async (args, context) => ({ preview: await moveOfFormat('Archives', args, context), plan: undefined }),
    }),

    archive_assets_v2: operation({
      title: 'Archive assets (2026)',
      description:
        'Archive up to 500 assets with one job, each with its own formats, versions and directory. Older systems know only archive_formats_bulk. The first call only shows what would move.',
      effect: 'create',
      outbound: true,
      listed: 'chosen',
      roles: ['can_archive_formats'],
      route: 'POST /files/v2/assets/bulk/archive/{?allow_host_transfer}',
      input: {
        objects: z
          .array(
            z.strictObject({
              ...ofAsset,
              delete_original,
              delete_only_from_source: z.boolean().optional().describe('Remove it from one source only.'),
              delete_only_from_source_context: z
                .strictObject({
                  storage_id: bareUuid.optional(),
                  external_id: z.string().optional(),
                  root_collection_path: z.string().optional(),
                  root_collection_storage_id: bareUuid.optional(),
                })
                .optional(),
            }),
          )
          .min(1)
          .max(MAX_OBJECTS)
          .describe('The assets, each with its id.'),
        destination_storage_id: archiveStorage,
        parent_job_id: uuid('Job that this one is part of.').optional(),
        allow_host_transfer,
      },
      output: startedAnswer,
      preview: async ({ objects, destination_storage_id }, context) => {
        const removed = objects.filter((one) => one.delete_original).length;
        const what = `${plural(objects.length, 'asset')}, ${removed} of them with their media removed afterwards,`;
        const destination = { destination_storage_id, delete_original: removed > 0 };
        return {
          preview: await moveOfObjects('Archives', what, idsOf(objects), destination, context),
          plan: undefined,
        };
      },
    }),

    restore_assets_v2: operation({
      title: 'Restore assets from the archive (2026)',
      description:
        'Bring up to 500 archived assets back with one job, each with its own formats, versions and directory. Older systems know only restore_formats_bulk. The first call only shows what would move.',
      effect: 'create',
      outbound: true,
      listed: 'chosen',
      roles: ['can_restore_archived_formats'],
      route: 'POST /files/v2/assets/bulk/restore/{?allow_host_transfer}',
      input: {
        objects: z.array(z.strictObject(ofAsset)).min(1).max(MAX_OBJECTS).describe('The assets, each with its id.'),
        destination_storage_id: homeStorage,
        parent_job_id: uuid('Job that this one is part of.').optional(),
        allow_host_transfer,
      },
      output: startedAnswer,
      preview: async ({ objects, destination_storage_id }, context) => {
        const what = plural(objects.length, 'asset');
        const preview = await moveOfObjects('Restores', what, idsOf(objects), { destination_storage_id }, context);
        return { preview, plan: undefined, returns: { of: 'originals', ids: objects.map(({ id }) => id) } };
      },
    }),
  },
});
