import * as z from 'zod';
import { milliseconds, progressStatus, uuid, webAddress } from '../params.ts';

export const assetType = z.enum(['ASSET', 'SEQUENCE', 'NLE_PROJECT', 'PLACEHOLDER', 'CUSTOM', 'LINK', 'SUBCLIP']);

/** What both a new asset and a changed one take. */
export const assetFields = {
  category: z.string().optional().describe('Category, free text.'),
  external_id: z.string().optional().describe('Id in another system.'),
  external_link: webAddress.optional().describe('URL of a LINK asset.'),
  site_name: z.string().optional().describe('Site of origin.'),
  warning: z.string().optional().describe('Warning shown with the asset.'),
  is_online: z.boolean().optional().describe('Media are online.'),
  is_blocked: z.boolean().optional().describe('Blocked from use.'),
  has_unconfirmed_persons: z.boolean().optional().describe('Faces await confirmation.'),
  analyze_status: progressStatus.optional().describe('Analysis state.'),
  face_recognition_status: progressStatus.optional().describe('Face recognition state.'),
  custom_keyframe: uuid('Keyframe shown for the asset.').optional(),
  custom_poster: uuid('Poster shown for the asset.').optional(),
  original_asset_id: uuid('SUBCLIP: asset it is cut from.').optional(),
  original_version_id: uuid('SUBCLIP: version it is cut from.').optional(),
  original_segment_id: uuid('SUBCLIP: segment with the same times.').optional(),
  time_start_milliseconds: milliseconds('SUBCLIP: start in the original, ms.').optional(),
  time_end_milliseconds: milliseconds('SUBCLIP: end in the original, ms.').optional(),
  person_ids: z.array(uuid('Person id.')).optional().describe('People seen in it.'),
};
