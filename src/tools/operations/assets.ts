import * as z from 'zod';
import { inQuotes } from '../../text/quote.ts';
import { operation, toolset } from '../define.ts';
import { archiveStatus, assetId, dateTime, flag, integer, startsBeforeEnd, strings, text, uuid } from '../params.ts';
import { assetFields, assetType } from './asset_fields.ts';

/** One version inside an asset; formats, file sets, files and proxies attach to its `id`. */
export const versionAnswer = {
  id: text,
  version_number: integer,
  status: text,
  is_online: flag,
  archive_status: text,
  analyze_status: text,
  transcribe_status: text,
  face_recognition_status: text,
  transcribed_languages: strings,
  has_unconfirmed_persons: flag,
  person_ids: strings,
  created_by_user: text,
  date_created: text,
};

const user = z.looseObject({ id: text, first_name: text, last_name: text }).optional();

export const assetAnswer = {
  id: text,
  title: text,
  type: text,
  status: text,
  category: text,
  external_id: text,
  external_link: text,
  site_name: text,
  warning: text,
  is_online: flag,
  is_blocked: flag,
  archive_status: text,
  analyze_status: text,
  face_recognition_status: text,
  favoured: flag,
  date_created: text,
  date_modified: text,
  date_imported: text,
  date_viewed: text,
  date_deleted: text,
  created_by_user: text,
  created_by_user_info: user,
  custom_keyframe: text,
  custom_poster: text,
  original_asset_id: text,
  original_version_id: text,
  original_segment_id: text,
  time_start_milliseconds: integer,
  time_end_milliseconds: integer,
  person_ids: strings,
  in_collections: strings,
  versions: z.array(z.looseObject(versionAnswer)).optional(),
  default_version_id: text,
};

export const assets = toolset({
  name: 'assets',
  description: 'Assets: the entries of the library, with their versions.',
  tools: {
    get_asset: operation({
      title: 'Get an asset',
      description:
        'Read one asset: title, type, status, archive and online state, dates, versions. For duration, files or metadata use get_asset_proxies, get_asset_files, get_asset_metadata; to find assets use search.',
      prefer: ['show_asset', 'To get an overview in one call'],
      effect: 'read',
      roles: ['can_read_assets'],
      route: 'GET /assets/v1/assets/{asset_id}/',
      input: {
        asset_id: assetId,
        include_collections: z.boolean().optional().describe('Add the ids of its collections.'),
        include_users: z.boolean().optional().describe('Add the names of users to their ids.'),
      },
      output: assetAnswer,
    }),

    create_asset: operation({
      title: 'Create an asset',
      description:
        'Add an asset to the library; returns it with its first version. Add metadata with update_asset_metadata, media with create_asset_format, create_asset_filesets and create_asset_file.',
      effect: 'create',
      roles: ['can_create_assets'],
      route:
        'POST /assets/v1/assets/{?apply_default_acls,apply_collection_acls,assign_to_collection,generate_subclip_keyframes}',
      input: {
        title: z.string().min(1).describe('Title people see.'),
        type: assetType
          .optional()
          .describe('ASSET for media, PLACEHOLDER for media to follow, LINK with external_link.'),
        collection_id: uuid('Collection to put it in; needs assign_to_collection: true.').optional(),
        assign_to_collection: z.boolean().optional().describe('Put it into collection_id.'),
        apply_default_acls: z.boolean().optional().describe("Apply the user's default access. Default true."),
        apply_collection_acls: z.boolean().optional().describe("Apply the collection's access. Default false."),
        generate_subclip_keyframes: z.boolean().optional().describe('SUBCLIP: create keyframes. Default true.'),
        ...assetFields,
        status: z.enum(['ACTIVE']).optional().describe('Leave out for ACTIVE.'),
        archive_status: archiveStatus.optional().describe('Archive state.'),
        date_created: dateTime('Date in another system.').optional(),
        date_modified: dateTime('Date in another system.').optional(),
        date_deleted: dateTime('Normally left out.').optional(),
      },
      output: assetAnswer,
      validate: startsBeforeEnd,
      placing: ({ title, collection_id, assign_to_collection, original_asset_id }) => ({
        summary: `Creates the asset ${inQuotes(title)} in the collection ${collection_id}.`,
        into: assign_to_collection ? [collection_id] : [],
        brings: [original_asset_id],
      }),
    }),
  },
});
