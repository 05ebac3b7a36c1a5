import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import {
  archiveStatus,
  assetId,
  flag,
  free,
  lastId,
  paged,
  perPage,
  strings,
  text,
  textByName,
  uuid,
  versionPath,
} from '../params.ts';
import { noneOfAsset, noneOfVersion } from './not_found.ts';

export const formatAnswer = {
  id: text,
  asset_id: text,
  version_id: text,
  name: text,
  status: text,
  is_online: flag,
  archive_status: text,
  storage_methods: strings,
  warnings: strings,
  user_id: text,
  date_created: text,
  date_modified: text,
  date_deleted: text,
  components: z.array(z.looseObject({ id: text, name: text, type: text, metadata: free })).optional(),
  metadata: z.array(z.looseObject({})).optional(),
};

export const formatComponent = z.strictObject({
  name: z.string(),
  type: z.enum(['VIDEO', 'AUDIO', 'IMAGE', 'TEXT', 'OTHER', 'NON_MEDIA', 'EXIF', 'IPTC', 'XMP', 'GENERAL']),
  metadata: textByName.optional(),
});

export const formats = toolset({
  name: 'formats',
  description: 'Formats: the original of an asset and its other renditions.',
  tools: {
    create_asset_format: operation({
      title: 'Create a format',
      description:
        'Add a format to an asset (the original, a mezzanine …); returns it with its id. Next call create_asset_filesets for a storage, then create_asset_file.',
      effect: 'create',
      roles: ['can_write_formats'],
      route: 'POST /files/v1/assets/{asset_id}/formats/',
      input: {
        asset_id: assetId,
        name: z.string().min(1).describe('Name; ORIGINAL for the original.'),
        version_id: uuid('Default: latest version.').optional(),
        is_online: z.boolean().optional().describe('Media are online.'),
        storage_methods: z.array(z.string()).optional().describe('e.g. S3.'),
        components: z.array(formatComponent).optional().describe('Tracks.'),
        metadata: z.array(textByName).optional().describe('Technical metadata, as text.'),
        status: z.enum(['ACTIVE']).optional().describe('Default ACTIVE.'),
        archive_status: archiveStatus.optional().describe('Archive state.'),
        user_id: uuid('Owner. Default you.').optional(),
      },
      output: formatAnswer,
    }),

    get_asset_format: operation({
      title: 'Get a format',
      description:
        'Read one format of an asset: name, online and archive state, tracks and their technical metadata. To find formats use get_asset_formats.',
      effect: 'read',
      roles: ['can_read_formats'],
      route: 'GET /files/v1/assets/{asset_id}/formats/{format_id}/',
      input: { asset_id: assetId, format_id: uuid('Format id.') },
      output: formatAnswer,
    }),

    get_asset_formats: operation({
      title: 'List formats',
      description:
        'List the formats of an asset (ORIGINAL and others) with technical metadata and archive state; an empty list if it has none.',
      prefer: ['show_asset', 'For an overview'],
      effect: 'read',
      roles: ['can_read_formats'],
      route: 'GET /files/v1/assets/{asset_id}/formats/',
      input: {
        asset_id: assetId,
        include_all_versions: z.boolean().optional().describe('Include older versions.'),
        per_page: perPage(10, 1000),
        last_id: lastId('format'),
      },
      output: paged(z.looseObject(formatAnswer)),
      onNotFound: noneOfAsset,
    }),

    list_version_formats: operation({
      title: 'List formats of a version',
      description: 'The formats of one version of an asset.',
      effect: 'read',
      listed: false,
      roles: ['can_read_formats'],
      route: 'GET /files/v1/assets/{asset_id}/versions/{version_id}/formats/',
      input: { ...versionPath, per_page: perPage(10, 1000), last_id: lastId('format') },
      output: paged(z.looseObject(formatAnswer)),
      onNotFound: noneOfVersion,
    }),
  },
});
