import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { inQuotes } from '../../text/quote.ts';
import { operation, toolset } from '../define.ts';
import { statusOf } from '../errors.ts';
import { archiveStatus, assetId, clear, dateTime, text, textByName, uuid, uuids } from '../params.ts';
import type { Context, Preview } from '../types.ts';
import { assets } from './assets.ts';
import { fileId, fileLists, fileSetId } from './file_lists.ts';
import { fileAnswer, fileSetAnswer, fileStatus } from './files.ts';
import { formatAnswer, formatComponent, formats } from './formats.ts';

const { get_asset_file, get_asset_fileset, list_fileset_files } = fileLists.tools;

interface InAsset {
  readonly asset_id: string;
}

async function titleOf({ asset_id }: InAsset, { use }: Context): Promise<string> {
  const { title } = await use(assets.tools.get_asset, { asset_id });
  return title ? inQuotes(title) : asset_id;
}

/** What marking one file as deleted hides. */
async function fileDeletion({ asset_id, file_id }: InAsset & { file_id: string }, context: Context): Promise<Preview> {
  const { name = file_id, size, storage_id, status } = await context.use(get_asset_file, { asset_id, file_id });
  const title = await titleOf({ asset_id }, context);
  return {
    summary: `Marks file ${inQuotes(name)} of ${title} as deleted: Iconik no longer lists it. What is on the storage stays.`,
    affected: [{ id: file_id, name, size, storage_id, status }],
  };
}

/** What marking a format as deleted hides. */
async function formatDeletion(
  { asset_id, format_id }: InAsset & { format_id: string },
  context: Context,
): Promise<Preview> {
  const format = await context.use(formats.tools.get_asset_format, { asset_id, format_id });
  const { name = format_id, status, archive_status } = format;
  const title = await titleOf({ asset_id }, context);
  return {
    summary: `Moves format ${inQuotes(name)} of ${title} to the recycle bin: nobody can play, export or archive it from then on.`,
    affected: [{ id: format_id, name, status, archive_status }],
  };
}

interface SetDeletion extends InAsset {
  readonly file_set_id: string;
  readonly immediately?: boolean | undefined;
  readonly keep_source?: boolean | undefined;
}

/** Files that the preview of a deletion names. */
const MAX_FILES_SHOWN = 20;

/** What deleting a file set takes away. */
async function fileSetDeletion(args: SetDeletion, context: Context): Promise<Preview> {
  const { asset_id, file_set_id, immediately, keep_source } = args;
  const set = await context.use(get_asset_fileset, { asset_id, file_set_id });
  const { objects, total = objects.length } = await filesIn(args, context);
  const title = await titleOf(args, context);
  const name = set.name ? inQuotes(set.name) : file_set_id;
  const what = `file set ${name} of ${title}, ${plural(total, 'file')}`;
  const media = keep_source ? 'The media stay on the storage.' : 'The media on the storage go with it.';
  const summary = immediately
    ? `Deletes ${what}, for good: it skips the recycle bin. This cannot be undone. ${media}`
    : `Moves ${what}, to the recycle bin. ${media}`;
  const files = objects.map((file) => ({ id: file.id, name: file.name, size: file.size, status: file.status }));
  const more = total > files.length ? [`and ${total - files.length} more`] : [];
  const about = { id: file_set_id, name: set.name, storage_id: set.storage_id, base_dir: set.base_dir };
  return { summary, affected: [about, ...files, ...more] };
}

/** An empty list is a 404 at Iconik. */
async function filesIn({ asset_id, file_set_id }: SetDeletion, { use }: Context) {
  try {
    return await use(list_fileset_files, { asset_id, file_set_id, per_page: MAX_FILES_SHOWN });
  } catch (error) {
    if (statusOf(error) === 404) return { objects: [], total: 0 };
    throw error;
  }
}

/** Changes to the formats, file sets and files of an asset. */
export const fileChanges = toolset({
  name: 'file_changes',
  description: 'Change files, file sets and formats, and delete file sets.',
  tools: {
    update_asset_format: operation({
      title: 'Change a format',
      description:
        'Change single fields of a format of an asset, such as its name or its components; the other fields keep their values. Returns the format. archive_status is a label: it archives nothing.',
      effect: 'update',
      listed: 'chosen',
      roles: ['can_write_formats'],
      route: 'PATCH /files/v1/assets/{asset_id}/formats/{format_id}/',
      input: {
        asset_id: assetId,
        format_id: uuid('Format id.'),
        name: z.string().min(1).optional().describe('Name, e.g. MEZZANINE.'),
        version_id: uuid('Version it belongs to.').optional(),
        is_online: z.boolean().optional().describe('Media are online.'),
        storage_methods: z.array(z.string()).optional().describe('e.g. S3.'),
        components: z.array(formatComponent).optional().describe('All tracks, in place of those it has.'),
        metadata: z.array(textByName).optional().describe('Technical metadata, as text.'),
        status: z.enum(['ACTIVE', 'DELETED']).optional().describe('DELETED: recycle bin.'),
        archive_status: archiveStatus.optional().describe('Archive state.'),
        user_id: uuid('Owner.').optional(),
      },
      output: formatAnswer,
      deletion: formatDeletion,
    }),

    update_asset_fileset: operation({
      title: 'Change a file set',
      description:
        'Change single fields of a file set, such as its component_ids, where they differ from the components of the format; the other fields keep their values. Moves no media. Returns the file set.',
      effect: 'update',
      listed: 'chosen',
      roles: ['can_write_files'],
      route: 'PATCH /files/v1/assets/{asset_id}/file_sets/{file_set_id}/',
      input: {
        asset_id: assetId,
        file_set_id: fileSetId,
        name: z.string().optional().describe('Name, e.g. the file name.'),
        format_id: uuid('Format it holds.').optional(),
        base_dir: z.string().optional().describe('Folder on the storage; "" for its root.'),
        component_ids: uuids('All components it holds, from list_format_components.').optional(),
        storage_id: uuid('Storage that holds it.').optional(),
        version_id: uuid('Version it belongs to.').optional(),
        status: z.enum(['ACTIVE', 'ARCHIVED', 'DELETED']).optional().describe('DELETED: recycle bin.'),
        is_archive: z.boolean().optional().describe('It is an archive copy.'),
        archive_file_set_id: uuid('Its archive copy.').optional(),
        original_storage_id: uuid('Storage that it was archived from.').optional(),
      },
      output: fileSetAnswer,
      deletion: fileSetDeletion,
    }),

    delete_asset_fileset: operation({
      title: 'Delete a file set',
      description:
        'Delete a file set with its files, to free space: to the recycle bin, or for good with immediately. keep_source leaves the media on the storage. The first call only shows what will be deleted.',
      effect: 'delete',
      listed: 'chosen',
      roles: ['can_delete_files'],
      route: 'DELETE /files/v1/assets/{asset_id}/file_sets/{file_set_id}/',
      input: {
        asset_id: assetId,
        file_set_id: fileSetId,
        keep_source: z.boolean().optional().describe('true: the media stay on the storage. Default false.'),
        immediately: z.boolean().optional().describe('true: skip the recycle bin, without undo. Default false.'),
      },
      output: { asset_id: text, file_set_id: text },
      preview: async (args, context) => ({ preview: await fileSetDeletion(args, context), plan: undefined }),
      shape: (_, { asset_id, file_set_id }) => ({ asset_id, file_set_id }),
    }),

    update_asset_file: operation({
      title: 'Change a file',
      description:
        'Change single fields of a file of an asset; the other fields keep their values. Returns the file. After an upload set status CLOSED, otherwise Iconik takes it as unfinished.',
      effect: 'update',
      listed: 'chosen',
      roles: ['can_write_files'],
      route: 'PATCH /files/v1/assets/{asset_id}/files/{file_id}/',
      input: {
        asset_id: assetId,
        file_id: fileId,
        status: fileStatus.optional().describe('CLOSED when the upload is complete.'),
        size: z.int().min(0).optional().describe('Bytes.'),
        checksum: z.string().optional().describe('e.g. MD5 in hex.'),
        name: z.string().optional().describe('Name on the storage.'),
        original_name: z.string().min(1).optional().describe('Name that people see.'),
        directory_path: z.string().optional().describe('Folder on the storage.'),
        type: z.enum(['FILE', 'DIRECTORY', 'SYMLINK']).optional().describe('Kind of entry.'),
        file_set_id: uuid('File set it belongs to.').optional(),
        format_id: uuid('Format it belongs to.').optional(),
        storage_id: uuid('Storage it is on.').optional(),
        version_id: uuid('Version it belongs to.').optional(),
        parent_id: uuid('Parent directory.').optional(),
        user_id: uuid('Owner.').optional(),
        file_date_created: dateTime('Created on disk.').optional(),
        file_date_modified: dateTime('Changed on disk.').optional(),
        clear: clear('checksum', 'parent_id', 'user_id'),
      },
      output: fileAnswer,
      deletion: fileDeletion,
    }),
  },
});
