import * as z from 'zod';
import { operation, toolset } from '../define.ts';
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
  versionPath,
} from '../params.ts';
import { noneOfAsset, noneOfVersion } from './not_found.ts';

/** Life cycle of a file or proxy. */
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
/** That of a new one: only an update deletes. */
export const newFileStatus = fileStatus.exclude(['DELETED']);

/** Where to send the bytes of a file or proxy: for answers of tools that write, since a reading tool hands out no way to. */
export const uploadAnswer = {
  upload_method: text,
  upload_url: signedUrl,
  multipart_upload_url: signedUrl,
  upload_credentials: signed(z.looseObject({})),
};

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
  description: 'File sets and files: where the media of a format are stored.',
  tools: {
    create_asset_filesets: operation({
      title: 'Create a file set',
      description:
        'Add a file set (the files of one format on one storage) to an asset; returns it with its id. First call create_asset_format, then this, then create_asset_file.',
      effect: 'create',
      roles: ['can_write_files'],
      route: 'POST /files/v1/assets/{asset_id}/file_sets/',
      input: {
        asset_id: assetId,
        name: z.string().describe('Name, e.g. the file name.'),
        format_id: uuid('Format it holds.'),
        base_dir: z.string().describe('Folder on the storage; "" for its root.'),
        component_ids: uuids("The format's components; may be []."),
        storage_id: uuid('Storage, from get_storages.').optional(),
        version_id: uuid('Default: latest version.').optional(),
        status: z.enum(['ACTIVE', 'ARCHIVED']).optional().describe('Default ACTIVE.'),
        is_archive: z.boolean().optional().describe('It is an archive copy.'),
        archive_file_set_id: uuid('Its archive copy.').optional(),
        original_storage_id: uuid('Storage that it was archived from.').optional(),
      },
      output: fileSetAnswer,
    }),

    get_asset_filesets: operation({
      title: 'List file sets',
      description:
        'List the file sets of an asset: which format is on which storage, in which folder; an empty list if it has none. For the files themselves use get_asset_files.',
      effect: 'read',
      roles: ['can_read_files'],
      route: 'GET /files/v1/assets/{asset_id}/file_sets/',
      input: {
        asset_id: assetId,
        file_count: z.boolean().optional().describe('Add the number of files.'),
        per_page: perPage(10, 1000),
        last_id: lastId('file set'),
      },
      output: paged(z.looseObject(fileSetAnswer)),
      onNotFound: noneOfAsset,
    }),

    create_asset_file: operation({
      title: 'Create a file',
      description:
        'Register a file of an asset; returns it with its id and storage_method. Uploads nothing: with include_urls it returns the URL to send the bytes to. First call create_asset_format and create_asset_filesets.',
      effect: 'create',
      roles: ['can_write_files'],
      route: 'POST /files/v1/assets/{asset_id}/files/',
      input: {
        asset_id: assetId,
        original_name: z.string().min(1).describe('Source file name, e.g. interview.mov.'),
        directory_path: z.string().default('').describe('Folder on the storage. Default its root.'),
        type: z.enum(['FILE', 'DIRECTORY', 'SYMLINK']).default('FILE').describe('Default FILE.'),
        file_set_id: uuid('Usually needed.').optional(),
        format_id: uuid('Usually needed.').optional(),
        storage_id: uuid('Storage.').optional(),
        version_id: uuid('Default: latest version.').optional(),
        name: z.string().optional().describe('Name on the storage. Default: chosen by Iconik.'),
        size: z.int().min(0).optional().describe('Bytes.'),
        checksum: z.string().optional().describe('e.g. MD5 in hex.'),
        status: newFileStatus.describe('OPEN while uploading, CLOSED when complete.').optional(),
        parent_id: uuid('Parent directory.').optional(),
        user_id: uuid('Owner. Default you.').optional(),
        file_date_created: dateTime('Created on disk.').optional(),
        file_date_modified: dateTime('Changed on disk.').optional(),
        include_urls: includeUrls,
      },
      output: { ...fileAnswer, ...uploadAnswer },
    }),

    get_asset_files: operation({
      title: 'List files',
      description:
        'List the files of an asset with name, folder, size, checksum, status and storage; an empty list if it has none. URLs only with generate_signed_url. To play media use get_asset_proxies.',
      prefer: ['locate_files', 'To see where they are stored'],
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
        ...versionPath,
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
        ...versionPath,
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
