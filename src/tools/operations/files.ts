import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { ToolError } from '../errors.ts';
import {
  assetId,
  contentDisposition,
  dateTime,
  flag,
  includeUrls,
  integer,
  lastId,
  paged,
  perPage,
  signed,
  signedUrl,
  text,
  uuid,
  uuids,
} from '../params.ts';
import type { Context } from '../types.ts';
import { assets } from './assets.ts';

/** How far a file or proxy is. */
export const fileStatus = z.enum([
  'OPEN',
  'GROWING',
  'AWAITED',
  'CLOSED',
  'FAILED',
  'ARCHIVED',
  'MISSING',
  'REDISCOVERED',
  'DELETED',
]);

/** Where the bytes of a file or proxy go. */
export const uploadAnswer = {
  upload_method: text,
  upload_url: signedUrl,
  multipart_upload_url: signedUrl,
  upload_credentials: signed(z.looseObject({})),
};

/** A 404 of a list below an asset says "none": true unless the asset itself is missing, which then is the error. */
export async function noneOfAsset({ asset_id }: { readonly asset_id: string }, { use }: Context) {
  await use(assets.tools.get_asset, { asset_id });
  return { objects: [], total: 0 };
}

/** The same for a list of one version. */
export async function noneOfVersion(
  place: { readonly asset_id: string; readonly version_id: string },
  { use }: Context,
) {
  const { asset_id, version_id } = place;
  const { title = asset_id, versions = [] } = await use(assets.tools.get_asset, { asset_id });
  if (!versions.some(({ id }) => id === version_id.toLowerCase()))
    throw new ToolError(`The asset "${title}" has no version ${version_id}.`);
  return { objects: [], total: 0 };
}

export const versionPlace = { asset_id: assetId, version_id: uuid('Version id.') };

export const fileAnswer = {
  id: text,
  asset_id: text,
  version_id: text,
  format_id: text,
  file_set_id: text,
  parent_id: text,
  name: text,
  original_name: text,
  directory_path: text,
  type: text,
  status: text,
  size: integer,
  checksum: text,
  storage_id: text,
  storage_method: text,
  user_id: text,
  format_status: text,
  file_set_status: text,
  file_date_created: text,
  file_date_modified: text,
  date_created: text,
  date_modified: text,
  url: signedUrl,
  upload_filename: text,
  ...uploadAnswer,
};

export const fileSetAnswer = {
  id: text,
  asset_id: text,
  version_id: text,
  format_id: text,
  name: text,
  status: text,
  storage_id: text,
  base_dir: text,
  component_ids: z.array(z.string()).optional(),
  file_count: integer,
  is_archive: flag,
  archive_file_set_id: text,
  original_storage_id: text,
  date_created: text,
  date_modified: text,
  date_deleted: text,
};

export const files = toolset({
  name: 'files',
  description: 'File sets and files: where the media of a format lie.',
  tools: {
    create_asset_filesets: operation({
      title: 'Create a file set',
      description:
        'Add a file set (the files of one format on one storage) to an asset; returns it with its id. Before: create_asset_format. Next: create_asset_file.',
      effect: 'create',
      roles: ['can_write_files'],
      route: 'POST /files/v1/assets/{asset_id}/file_sets/',
      input: {
        asset_id: assetId,
        name: z.string().describe('e.g. the file name.'),
        format_id: uuid('Format it holds.'),
        base_dir: z.string().describe('Folder on the storage; "" for its root.'),
        component_ids: uuids("The format's components; may be []."),
        storage_id: uuid('See get_storages.').optional(),
        version_id: uuid('Default: latest version.').optional(),
        status: z.enum(['ACTIVE', 'ARCHIVED', 'DELETED']).optional().describe('Default ACTIVE.'),
        is_archive: z.boolean().optional().describe('An archive copy.'),
        archive_file_set_id: uuid('Its archive copy.').optional(),
        original_storage_id: uuid('Archived from.').optional(),
      },
      output: fileSetAnswer,
    }),

    get_asset_filesets: operation({
      title: 'List file sets',
      description:
        'List the file sets of an asset: which format lies on which storage, in which folder; an empty list where it has none. The files themselves: get_asset_files.',
      effect: 'read',
      roles: ['can_read_files'],
      route: 'GET /files/v1/assets/{asset_id}/file_sets/',
      input: {
        asset_id: assetId,
        file_count: z.boolean().optional().describe('Count files. Default false.'),
        per_page: perPage(10, 1000),
        last_id: lastId('file set'),
      },
      output: paged(z.looseObject(fileSetAnswer)),
      onNotFound: noneOfAsset,
    }),

    create_asset_file: operation({
      title: 'Create a file',
      description:
        'Register a file of an asset; returns it with its id and storage_method. It uploads nothing: with include_urls it returns where to send the bytes. Before: create_asset_format and create_asset_filesets.',
      effect: 'create',
      roles: ['can_write_files'],
      route: 'POST /files/v1/assets/{asset_id}/files/',
      input: {
        asset_id: assetId,
        original_name: z.string().min(1).describe('Source file name, e.g. interview.mov.'),
        directory_path: z.string().describe('Folder on the storage; "" for its root.'),
        type: z.enum(['FILE', 'DIRECTORY', 'SYMLINK']).describe('Mostly FILE.'),
        file_set_id: uuid('Normally needed.').optional(),
        format_id: uuid('Normally needed.').optional(),
        storage_id: uuid('Storage.').optional(),
        version_id: uuid('Default: latest version.').optional(),
        name: z.string().optional().describe('On the storage. Default: made by Iconik.'),
        size: z.int().min(0).optional().describe('Bytes.'),
        checksum: z.string().optional().describe('e.g. MD5, hex.'),
        status: fileStatus.describe('OPEN: to upload; CLOSED: there.').optional(),
        parent_id: uuid('Parent directory.').optional(),
        user_id: uuid('Owner. Default you.').optional(),
        file_date_created: dateTime('Own date.').optional(),
        file_date_modified: dateTime('Own date.').optional(),
        include_urls: includeUrls,
      },
      output: fileAnswer,
    }),

    get_asset_files: operation({
      title: 'List files',
      description:
        'List the files of an asset with name, folder, size, checksum, status and storage; an empty list where it has none. URLs only with generate_signed_url. To play media use get_asset_proxies.',
      prefer: ['locate_files', 'Where they are, in lines'],
      effect: 'read',
      roles: ['can_read_files'],
      route: 'GET /files/v1/assets/{asset_id}/files/',
      input: {
        asset_id: assetId,
        generate_signed_url: z.boolean().default(false).describe('Add temporary signed URLs.'),
        content_disposition: contentDisposition,
        per_page: perPage(10, 1000),
        last_id: lastId('file'),
      },
      output: paged(z.looseObject(fileAnswer)),
      onNotFound: noneOfAsset,
    }),

    list_version_filesets: operation({
      title: 'List file sets of a version',
      description: 'The file sets of one version of an asset.',
      effect: 'read',
      listed: false,
      roles: ['can_read_files'],
      route: 'GET /files/v1/assets/{asset_id}/versions/{version_id}/file_sets/',
      input: {
        ...versionPlace,
        file_count: z.boolean().optional().describe('Count files.'),
        per_page: perPage(10, 1000),
        last_id: lastId('file set'),
      },
      output: paged(z.looseObject(fileSetAnswer)),
      onNotFound: noneOfVersion,
    }),

    list_version_files: operation({
      title: 'List files of a version',
      description: 'The files of one version of an asset.',
      effect: 'read',
      listed: false,
      roles: ['can_read_files'],
      route: 'GET /files/v1/assets/{asset_id}/versions/{version_id}/files/',
      input: {
        ...versionPlace,
        generate_signed_url: z.boolean().default(false).describe('Add URLs.'),
        content_disposition: contentDisposition,
        per_page: perPage(10, 1000),
        last_id: lastId('file'),
      },
      output: paged(z.looseObject(fileAnswer)),
      onNotFound: noneOfVersion,
    }),
  },
});
