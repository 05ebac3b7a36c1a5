import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import {
  assetId,
  contentDisposition,
  flag,
  integer,
  lastId,
  number,
  paged,
  perPage,
  signedUrl,
  text,
  uuid,
  versionPath,
} from '../params.ts';
import { noneOfAsset, noneOfVersion } from './not_found.ts';

/** `type` is KEYFRAME, POSTER or KEYFRAME_MAP (many pictures in one). `time_code` counts frames. */
const picture = {
  id: text,
  type: text,
  status: text,
  name: text,
  filename: text,
  format: text,
  size: integer,
  resolution: z.looseObject({ width: integer, height: integer }).optional(),
  rotation: integer,
  time_code: z
    .looseObject({
      frames_number: integer,
      is_drop_frame: flag,
      time_base: z.looseObject({ numerator: number, denominator: number }).optional(),
    })
    .optional(),
  is_custom_keyframe: flag,
  storage_id: text,
  date_created: text,
  url: signedUrl,
};

/** A keyframe of an asset; those of collections have no version and no storage method. */
export const keyframeAnswer = { ...picture, asset_id: text, version_id: text, storage_method: text };

const paging = {
  generate_signed_url: z.boolean().default(false).describe('Add URLs.'),
  content_disposition: contentDisposition,
  per_page: perPage(10, 1000),
  last_id: lastId('keyframe'),
};

export const keyframes = toolset({
  name: 'keyframes',
  description: 'Keyframes: still images of assets and collections.',
  tools: {
    list_keyframes: operation({
      title: 'List keyframes',
      description: 'The keyframes, posters and keyframe maps of an asset.',
      effect: 'read',
      listed: false,
      roles: ['can_read_assets'],
      route: 'GET /files/v1/assets/{asset_id}/keyframes/',
      input: {
        asset_id: assetId,
        include_all_versions: z.boolean().optional().describe('Include older versions.'),
        ...paging,
      },
      output: paged(z.looseObject(keyframeAnswer)),
      onNotFound: noneOfAsset,
    }),

    list_version_keyframes: operation({
      title: 'List keyframes of a version',
      description: 'The keyframes of one version of an asset.',
      effect: 'read',
      listed: false,
      roles: ['can_read_assets'],
      route: 'GET /files/v1/assets/{asset_id}/versions/{version_id}/keyframes/',
      input: { ...versionPath, ...paging },
      output: paged(z.looseObject(keyframeAnswer)),
      onNotFound: noneOfVersion,
    }),

    /** A 404 means no keyframes or no such collection; callers have looked up the collection before. */
    list_collection_keyframes: operation({
      title: 'List keyframes of a collection',
      description: 'The images that represent a collection.',
      effect: 'read',
      listed: false,
      roles: ['can_read_collections'],
      route: 'GET /files/v1/collections/{collection_id}/keyframes/',
      input: {
        collection_id: uuid('Collection id.'),
        generate_signed_url: paging.generate_signed_url,
        per_page: paging.per_page,
        last_id: paging.last_id,
      },
      output: paged(z.looseObject(picture)),
      onNotFound: async () => ({ objects: [], total: 0 }),
    }),
  },
});
