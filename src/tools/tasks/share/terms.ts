import * as z from 'zod';
import { MediaError } from '../../../media/errors.ts';
import { parseEnd } from '../../../media/moments.ts';
import { ToolError } from '../../errors.ts';
import { PERMISSIONS, type Permission, type Share } from '../../library/shares/shares.ts';

export const permissions = z.enum(Object.keys(PERMISSIONS) as [Permission, ...Permission[]]);
export const protections = z.enum(['watermark', 'watermark_burnt_in', 'drm']);

/** What guests may do, how the pictures are protected and when it ends, as Iconik takes it. Nothing is left to its defaults. */
export interface Terms {
  readonly allow_comments: boolean;
  readonly allow_approving_comments: boolean;
  readonly allow_setting_approve_status: boolean;
  readonly allow_download_proxy: boolean;
  readonly allow_download: boolean;
  readonly allow_upload: boolean;
  readonly allow_view_versions: boolean;
  readonly allow_view_transcriptions: boolean;
  readonly show_existing_comments: boolean;
  readonly allow_custom_actions: false;
  readonly allow_user_search_for_mentions: false;
  readonly show_watermark: boolean;
  readonly watermark: 'none' | 'standard';
  readonly drm: 'none' | 'standard';
  readonly expires?: string;
}

interface Wanted {
  readonly may?: readonly Permission[] | undefined;
  readonly protect?: readonly z.output<typeof protections>[] | undefined;
  readonly until?: string | undefined;
  readonly time_zone?: string | undefined;
}

/** Reads the arguments. Throws `ToolError` for an end that has passed or cannot be read. */
export function termsOf({ may = [], protect = [], until, time_zone = 'UTC' }: Wanted): Terms {
  const has = (permission: Permission): boolean => may.includes(permission);
  return {
    allow_comments: has('comment'),
    allow_approving_comments: has('tick_comments'),
    allow_setting_approve_status: has('approve'),
    allow_download_proxy: has('download_proxy'),
    allow_download: has('download_original'),
    allow_upload: has('upload'),
    allow_view_versions: has('see_versions'),
    allow_view_transcriptions: has('see_transcripts'),
    show_existing_comments: has('see_comments'),
    allow_custom_actions: false,
    allow_user_search_for_mentions: false,
    show_watermark: protect.includes('watermark') || protect.includes('watermark_burnt_in'),
    watermark: protect.includes('watermark_burnt_in') ? 'standard' : 'none',
    drm: protect.includes('drm') ? 'standard' : 'none',
    ...(until !== undefined && { expires: new Date(endOf(until, time_zone)).toISOString() }),
  };
}

function endOf(until: string, zone: string): number {
  const now = Date.now();
  try {
    const at = parseEnd(until, zone, now);
    if (at > now) return at;
  } catch (error) {
    if (error instanceof MediaError) throw new ToolError(`until: ${error.message}`);
    throw error;
  }
  throw new ToolError(`until: "${until}" has passed. Give a later day or time.`);
}

const FLAGS = [...Object.values(PERMISSIONS).map(([flag]) => flag), 'show_watermark' as const];

/** Whether a share has these terms. A password cannot be compared, so a share that has one never has. */
export function hasTerms(share: Share, terms: Terms): boolean {
  const at = share.expires === undefined ? undefined : Math.floor(Date.parse(share.expires) / 60_000);
  const wanted = terms.expires === undefined ? undefined : Math.floor(Date.parse(terms.expires) / 60_000);
  return (
    !share.has_password &&
    at === wanted &&
    FLAGS.every((flag) => (share[flag] ?? false) === terms[flag]) &&
    (share.watermark ?? 'none') === terms.watermark &&
    (share.drm ?? 'none') === terms.drm
  );
}
