import * as z from 'zod';
import { inQuotes } from '../../text/quote.ts';
import { operation, toolset } from '../define.ts';
import {
  assetId,
  clear,
  contentDisposition,
  flag,
  includeUrls,
  integer,
  lastId,
  paged,
  perPage,
  signedUrl,
  text,
  uuid,
  versionPath,
} from '../params.ts';
import type { Context, Preview } from '../types.ts';
import { fileStatus, newFileStatus, uploadAnswer } from './files.ts';
import { noneOfAsset, noneOfVersion } from './not_found.ts';

export const proxyId = uuid('Proxy id.');

export const proxyAnswer = {
  id: text,
  asset_id: text,
  version_id: text,
  name: text,
  filename: text,
  status: text,
  format: text,
  codec: text,
  size: integer,
  resolution: z.looseObject({ width: integer, height: integer }).optional(),
  bit_rate: integer,
  audio_bitrate: integer,
  frame_rate: text,
  start_time_code: text,
  is_drop_frame: flag,
  rotation: integer,
  is_public: flag,
  storage_id: text,
  storage_method: text,
  date_created: text,
  date_modified: text,
  url: signedUrl,
};

const writtenProxyAnswer = { ...proxyAnswer, ...uploadAnswer };

/** Fields that create and update write. */
const writableFields = {
  name: z.string().optional().describe('Title.'),
  filename: z.string().optional().describe('File name, e.g. interview_1080p.mp4.'),
  status: fileStatus.describe('OPEN while uploading, then CLOSED.').optional(),
  storage_id: uuid('Default: chosen by Iconik.').optional(),
  version_id: uuid('Version.').optional(),
  format: z.string().optional().describe('e.g. mp4.'),
  codec: z.string().optional().describe('e.g. h264.'),
  size: z.int().min(0).optional().describe('Bytes.'),
  resolution: z.strictObject({ width: z.int().optional(), height: z.int().optional() }).optional().describe('Pixels.'),
  bit_rate: z.int().optional().describe('Bits/s, e.g. 6000000.'),
  audio_bitrate: z.int().optional().describe('Bits/s, e.g. 128000.'),
  frame_rate: z.string().optional().describe('Frames/s, e.g. 29.97.'),
  start_time_code: z.string().optional().describe('First frame, e.g. 10:00:00:00.'),
  is_drop_frame: z.boolean().optional().describe('Drop-frame timecode.'),
  rotation: z.int().optional().describe('Degrees.'),
};

const get_asset_proxy = operation({
  title: 'Get a proxy',
  description:
    'Read one proxy: codec, resolution, frame rate, start timecode, size, status. Its signed URL for playback is returned only with include_urls. To find proxies use get_asset_proxies.',
  effect: 'read',
  roles: ['can_read_proxies'],
  route: 'GET /files/v1/assets/{asset_id}/proxies/{proxy_id}/',
  input: {
    asset_id: assetId,
    proxy_id: proxyId,
    content_disposition: contentDisposition,
    include_urls: includeUrls,
  },
  output: proxyAnswer,
});

/** What deleting a proxy takes away. */
async function deletionOf(
  { asset_id, proxy_id }: { readonly asset_id: string; readonly proxy_id: string },
  { use }: Context,
): Promise<Preview> {
  const { name, filename, status, size } = await use(get_asset_proxy, { asset_id, proxy_id });
  return {
    summary: `Marks the proxy ${inQuotes(name ?? filename ?? proxy_id)} of asset ${asset_id} as deleted: people can no longer play it.`,
    affected: [{ id: proxy_id, ...(filename && { filename }), ...(status && { status }), ...(size && { size }) }],
  };
}

export const proxies = toolset({
  name: 'proxies',
  description: 'Proxies: the small copies of media that people play in the browser.',
  tools: {
    get_asset_proxy,

    get_asset_proxies: operation({
      title: 'List proxies',
      description:
        'List the proxies of an asset with codec, resolution, frame rate, start timecode and status; an empty list if it has none. URLs only with generate_signed_url.',
      prefer: ['view_frame', 'To see a frame'],
      effect: 'read',
      roles: ['can_read_proxies'],
      route: 'GET /files/v1/assets/{asset_id}/proxies/',
      input: {
        asset_id: assetId,
        include_all_versions: z.boolean().optional().describe('Include older versions.'),
        generate_signed_url: z.boolean().default(false).describe('Add temporary signed URLs.'),
        content_disposition: contentDisposition,
        bypass_url_cache: z.boolean().optional().describe('Return fresh URLs.'),
        per_page: perPage(10, 1000),
        last_id: lastId('proxy'),
      },
      output: paged(z.looseObject(proxyAnswer)),
      onNotFound: noneOfAsset,
    }),

    create_asset_proxy: operation({
      title: 'Create a proxy',
      description:
        'Register a proxy for an asset; returns it with its storage_method. Then upload (S3, GCS: get_upload_id_for_proxy; others: upload_url, with include_urls) and set status CLOSED with update_asset_proxy. Recommended: H.264 MP4, at most 1080p and 6 Mb/s.',
      effect: 'create',
      roles: ['can_write_proxies'],
      route: 'POST /files/v1/assets/{asset_id}/proxies/',
      input: {
        asset_id: assetId,
        ...writableFields,
        status: newFileStatus.describe('OPEN while uploading, then CLOSED.').optional(),
        include_urls: includeUrls,
      },
      output: writtenProxyAnswer,
    }),

    update_asset_proxy: operation({
      title: 'Change a proxy',
      description:
        'Change single fields of a proxy; the other fields keep their values. Returns the proxy. After an upload set status CLOSED, otherwise Iconik never shows the proxy.',
      effect: 'update',
      roles: ['can_write_proxies'],
      route: 'PATCH /files/v1/assets/{asset_id}/proxies/{proxy_id}/',
      input: {
        asset_id: assetId,
        proxy_id: proxyId,
        ...writableFields,
        clear: clear('size', 'frame_rate', 'start_time_code', 'is_drop_frame', 'rotation'),
        include_urls: includeUrls,
      },
      output: writtenProxyAnswer,
      deletion: deletionOf,
    }),

    get_proxy_upload: operation({
      title: 'Get the upload of a proxy',
      description: 'Where to send the bytes of a proxy.',
      effect: 'read',
      listed: false,
      roles: ['can_read_proxies'],
      route: 'GET /files/v1/assets/{asset_id}/proxies/{proxy_id}/',
      input: { asset_id: assetId, proxy_id: proxyId, content_disposition: contentDisposition },
      output: { status: text, storage_method: text, ...uploadAnswer },
    }),

    list_version_proxies: operation({
      title: 'List proxies of a version',
      description: 'The proxies of one version of an asset.',
      effect: 'read',
      listed: false,
      roles: ['can_read_proxies'],
      route: 'GET /files/v1/assets/{asset_id}/versions/{version_id}/proxies/',
      input: {
        ...versionPath,
        generate_signed_url: z.boolean().default(false).describe('Add URLs.'),
        content_disposition: contentDisposition,
        per_page: perPage(10, 1000),
        last_id: lastId('proxy'),
      },
      output: paged(z.looseObject(proxyAnswer)),
      onNotFound: noneOfVersion,
    }),
  },
});
