import { formatBytes, formatDuration } from '../../../media/units.ts';
import { shorten } from '../../../text/tokens.ts';
import type { Copy } from '../../library/files.ts';
import { pathOf } from '../../library/objects.ts';
import { namesOf } from '../../library/people.ts';
import { approvals } from '../../operations/approvals.ts';
import { JOB_STATES, jobs } from '../../operations/jobs.ts';
import type { proxies } from '../../operations/proxies.ts';
import type { Context, OutputOf } from '../../types.ts';

/** The path of a collection: `"Football" / "Season 2025"`. */
export async function collectionLine(context: Context, id: string): Promise<string> {
  const path = await pathOf(context, id);
  return path.map((title) => `"${title}"`).join(' / ');
}

/** Newest jobs to look at. */
const MAX_JOBS = 50;

/** Jobs of an asset that have not ended, and the newest one if it failed. */
export async function jobLines(context: Context, asset_id: string): Promise<string[]> {
  const { objects } = await context.use(jobs.tools.list_jobs, {
    object_id: asset_id,
    sort: 'date_created,desc',
    per_page: MAX_JOBS,
  });
  const shown = objects.filter(
    ({ status = '' }, index) =>
      ![...JOB_STATES.ended, ...JOB_STATES.failed].includes(status) || (index === 0 && status === 'FAILED'),
  );
  return shown.map(({ type = 'job', status = 'unknown', progress, error_message }) =>
    [
      type,
      JOB_STATES.undecided.includes(status) ? 'waits for a person to accept or discard it' : status,
      !JOB_STATES.undecided.includes(status) && progress !== undefined && `${progress} %`,
      error_message && `"${shorten(error_message, 120)}"`,
    ]
      .filter(Boolean)
      .join(' · '),
  );
}

/** `REQUESTED for v3 · asked by Ana Brito · asked: Mara Lind · answers: Mara Lind APPROVED`. */
export async function approvalLine(
  context: Context,
  asset_id: string,
  versionName: (id: string) => string | undefined,
): Promise<string> {
  const approval = await context.use(approvals.tools.get_approval_request, { asset_id });
  const { status = 'N/A', users = [], externals = [], approvals_by = [], version_id, requested_by } = approval;
  if (status === 'N/A' && users.length + externals.length === 0) return 'not requested';
  const names = await namesOf(context, [requested_by, ...users, ...approvals_by.map(({ user }) => user)]);
  const nameOf = (id: string | undefined) => (id && names.get(id)) ?? 'someone';
  const asked = [...users.map(nameOf), ...externals.map((address) => `guest ${address}`)];
  const replies = approvals_by.map(
    ({ user, external, status: own = '?' }) => `${external ? `guest ${external}` : nameOf(user)} ${own}`,
  );
  const version = version_id && (versionName(version_id) ?? 'a version that is gone');
  return [
    `${status}${version ? ` for ${version}` : ''}`,
    requested_by && `asked by ${nameOf(requested_by)}`,
    asked.length > 0 && `asked: ${asked.join(', ')}`,
    replies.length > 0 && `answers: ${replies.join(', ')}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** `ORIGINAL · Harbour originals (S3) · online · 35.9 GB`: a copy without its path. */
export const shortCopy = ({ format, storage, state, size }: Copy): string =>
  [format, storage, state, size !== undefined && formatBytes(size)].filter(Boolean).join(' · ');

type Proxy = OutputOf<typeof proxies.tools.list_version_proxies.output.shape>['objects'][number];

/** `1280x720 h264 mp4 · 780 MB`, and its state if it is not complete. */
export function proxyLine({ resolution, codec, format, frame_rate, size, status }: Proxy): string {
  const pixels = resolution?.width && resolution.height ? `${resolution.width}x${resolution.height}` : undefined;
  const what = [pixels, codec, format, frame_rate && `${frame_rate} fps`].filter(Boolean).join(' ');
  return [what || 'proxy', size !== undefined && formatBytes(size), status !== 'CLOSED' && (status ?? 'no state')]
    .filter(Boolean)
    .join(' · ');
}

/** `26:00 (1560000 ms)`. */
export const lengthLine = (milliseconds: number): string => `${formatDuration(milliseconds)} (${milliseconds} ms)`;
