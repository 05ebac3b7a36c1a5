import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { assetId, contentDisposition, free, includeUrls, lastId, page, paged, perPage, text, uuid } from '../params.ts';
import { fileAnswer, fileSetAnswer } from './files.ts';

export const fileId = uuid('File id.');
export const fileSetId = uuid('File set id.');

/** A file as the list of a storage has it: from the index, without addresses. */
const { url: _url, storage_method: _method, upload_filename: _name, ...storageFile } = fileAnswer;

/** Hexadecimal or Base64, whatever the hash. */
const CHECKSUM = /^(?=.*\d)[\w+=-]{8,128}$/;

/** More ways to look at files than the lists of one asset. */
export const fileLists = toolset({
  name: 'file_lists',
  description: 'Files by checksum, by storage and by file set.',
  tools: {
    list_files_by_checksum: operation({
      title: 'Find files with a checksum',
      description:
        'List all files of the library with one checksum: the same media under other names, on other storages or in other assets. An empty list if there is none.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_files'],
      route: 'GET /files/v1/files/checksum/{checksum}/',
      input: {
        checksum: z
          .string()
          .regex(CHECKSUM, 'must be a checksum, such as an MD5 in hex')
          .describe('As get_asset_files shows it, e.g. MD5 in hex.'),
        per_page: perPage(10, 1000),
        last_id: lastId('file'),
      },
      output: paged(z.looseObject(fileAnswer)),
      onNotFound: async () => ({ objects: [] }),
    }),

    list_storage_files: operation({
      title: 'List files of a storage',
      description:
        'List the files on a storage, those without an asset too (orphans: no asset_id), by folder, name, state or checksum. For the files of one asset use get_asset_files.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_list_storage_files'],
      route: 'GET /files/v1/storages/{storage_id}/files/',
      input: {
        storage_id: uuid('Storage id, from get_storages.'),
        path: z.string().optional().describe('Folder, e.g. incoming/a002.'),
        path_separator: z.string().optional().describe('Default /.'),
        name: z.string().optional().describe('Exact file name.'),
        directory_path: z.string().optional().describe('Exact folder as files have it.'),
        status: z.string().optional().describe('e.g. CLOSED, MISSING or ARCHIVED.'),
        type: z.string().optional().describe('FILE, DIRECTORY or SYMLINK.'),
        checksum: z.string().optional().describe('Exact checksum.'),
        id: fileId.optional(),
        date_created: z.string().optional().describe('from;to as ISO 8601.'),
        date_modified: z.string().optional().describe('from;to as ISO 8601.'),
        sort: z.string().optional().describe('e.g. date_created,desc.'),
        page,
        per_page: perPage(10, 100),
      },
      output: paged(z.looseObject(storageFile)),
    }),

    get_asset_fileset: operation({
      title: 'Get a file set',
      description:
        'Read one file set of an asset: format, storage, folder and number of files. To find file sets use get_asset_filesets.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_files'],
      route: 'GET /files/v1/assets/{asset_id}/file_sets/{file_set_id}/',
      input: { asset_id: assetId, file_set_id: fileSetId },
      output: fileSetAnswer,
    }),

    list_fileset_files: operation({
      title: 'List files of a file set',
      description:
        'List the files of one file set of an asset; an image sequence or a card structure has many. For all files of the asset use get_asset_files.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_files'],
      route: 'GET /files/v1/assets/{asset_id}/file_sets/{file_set_id}/files/',
      input: {
        asset_id: assetId,
        file_set_id: fileSetId,
        file_count: z.boolean().optional().describe('Count the files. Default false.'),
        generate_signed_url: z.boolean().default(false).describe('Add temporary signed URLs.'),
        per_page: perPage(10, 1000),
        last_id: lastId('file'),
      },
      output: paged(z.looseObject(fileAnswer)),
    }),

    get_asset_file: operation({
      title: 'Get a file',
      description:
        'Read one file of an asset: name, folder, size, checksum, status and storage. With include_urls it has a temporary URL. To find files use get_asset_files.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_files'],
      route: 'GET /files/v1/assets/{asset_id}/files/{file_id}/',
      input: {
        asset_id: assetId,
        file_id: fileId,
        content_disposition: contentDisposition,
        bypass_url_cache: z.boolean().optional().describe('Return a fresh URL. Default false.'),
        include_urls: includeUrls,
      },
      output: fileAnswer,
    }),

    get_file_download_url: operation({
      title: 'Get the download URL of a file',
      description:
        'Get a temporary URL to download one file of an asset, e.g. the original; anyone who has it can download. Iconik notes the download in the history of the asset.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_files'],
      route: 'GET /files/v1/assets/{asset_id}/files/{file_id}/download_url/',
      input: { asset_id: assetId, file_id: fileId },
      output: { url: text },
    }),

    list_format_components: operation({
      title: 'List components of a format',
      description:
        'List the components (tracks and technical data) of one format. Archiving fails where the component_ids of its file sets are not among them: compare with get_asset_filesets.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_formats'],
      route: 'GET /files/v1/assets/{asset_id}/formats/{format_id}/components/',
      input: { asset_id: assetId, format_id: uuid('Format id, from get_asset_formats.') },
      output: paged(z.looseObject({ id: text, name: text, type: text, metadata: free })),
    }),
  },
});
