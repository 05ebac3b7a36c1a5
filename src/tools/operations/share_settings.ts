import * as z from 'zod';
import { inQuotes } from '../../text/quote.ts';
import { dateTime, uuid, uuids } from '../params.ts';
import type { Context } from '../types.ts';
import { assets } from './assets.ts';
import { collections } from './collections.ts';

/** What is shared, or needs approval. */
export const sharedObject = {
  object_type: z.enum(['assets', 'collections']).describe('Kind of object.'),
  object_id: uuid('Asset or collection.'),
};

/** Iconik's description calls ids of shares texts in places, and UUIDs in others; all that were recorded are UUIDs. */
export const sharePath = { ...sharedObject, share_id: uuid('Share id.') };

/** What guests of a share see and may do. The first four are required by Iconik. */
export const shareSettings = {
  allow_comments: z.boolean().describe('Guests may comment.'),
  allow_approving_comments: z.boolean().describe('Guests may tick comments off.'),
  allow_setting_approve_status: z.boolean().describe('Guests may approve or reject.'),
  allow_download: z.boolean().describe('Guests may download originals.'),
  allow_download_proxy: z.boolean().optional().describe('Guests may download proxies.'),
  allow_upload: z.boolean().optional().describe('Guests may upload, to upload_storage_id.'),
  allow_custom_actions: z.boolean().optional().describe('Guests may run custom actions.'),
  allow_user_search_for_mentions: z.boolean().optional().describe('Guests may mention users.'),
  allow_view_transcriptions: z.boolean().optional().describe('Guests see transcripts.'),
  allow_view_versions: z.boolean().optional().describe('Guests see older versions.'),
  show_existing_comments: z.boolean().optional().describe('Guests see comments made before.'),
  show_watermark: z.boolean().optional().describe('Watermark over the picture.'),
  watermark: z.enum(['none', 'standard']).optional().describe('Watermark burnt into the proxy.'),
  drm: z.enum(['none', 'standard']).optional().describe('Copy protection.'),
  expires: dateTime('End of the share, e.g. 2026-12-24T18:00:00Z. Without it the share stays open.').optional(),
  is_approval: z.boolean().optional().describe('A share to collect approvals.'),
  metadata_views: uuids('Metadata views that guests see.').optional(),
  title: z.string().optional().describe('Title guests see.'),
  upload_storage_id: uuid('Storage for what guests upload.').optional(),
};

type Settings = { readonly [name in keyof typeof shareSettings]?: unknown };

/** `guests may comment, download originals; until 2026-12-24` */
export function permissionsOf(settings: Settings): string {
  const may = [
    settings.allow_comments && 'comment',
    settings.allow_setting_approve_status && 'approve',
    settings.allow_download && 'download originals',
    settings.allow_download_proxy && 'download proxies',
    settings.allow_upload && 'upload',
  ].filter(Boolean);
  const watermarked = settings.show_watermark || settings.watermark === 'standard';
  return [
    may.length > 0 ? `guests may ${may.join(', ')}` : 'guests may only look',
    watermarked && 'with a watermark',
    typeof settings.expires === 'string' ? `until ${settings.expires.slice(0, 10)}` : 'without an end',
  ]
    .filter(Boolean)
    .join('; ');
}

type ObjectPath = { readonly object_type: 'assets' | 'collections'; readonly object_id: string };

/** An asset or collection for a preview: its name in a sentence, and its row. Throws where it does not exist. */
export async function previewed({ object_type, object_id }: ObjectPath, { use }: Context) {
  const { title, status } =
    object_type === 'assets'
      ? await use(assets.tools.get_asset, { asset_id: object_id })
      : await use(collections.tools.get_collection, { collection_id: object_id });
  const kind = object_type === 'assets' ? 'asset' : 'collection';
  const deleted = status === 'DELETED' ? ' (in the recycle bin)' : '';
  return {
    name: title ? `the ${kind} ${inQuotes(title)}${deleted}` : `${kind} ${object_id}`,
    row: { id: object_id, ...(title && { title }), ...(status && { status }) },
  };
}
