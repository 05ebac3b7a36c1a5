import * as z from 'zod';
import { plural } from '../../../text/english.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { type Group, groupJobs } from '../../library/jobs/groups.ts';
import {
  assetTitles,
  ENDED,
  FAILED,
  type Filter,
  type Job,
  jobIds,
  keepJobs,
  type Listed,
  listJobs,
  RUNNING,
  recentTypes,
  UNDECIDED,
  WAITING,
} from '../../library/jobs/list.ts';
import { jobType } from '../../library/jobs/types.ts';
import { findAsset } from '../../library/objects.ts';
import { free, integer, strings } from '../../params.ts';
import type { Context } from '../../types.ts';
import { examplesOf, groupLine, jobLine, transcodeQueueNotes } from './report.ts';
import { waitForJobs } from './wait.ts';

const MAX_GROUPS = 14;
const MAX_GROUP_TOKENS = 4_000;
/** Up to this many jobs are listed one by one as well. */
const MAX_SINGLE_JOBS = 8;

/** Ten years: more than any library keeps its jobs. */
const MAX_DAYS = 3_650;
const DAY_MS = 86_400_000;
/** How far back to look for jobs that failed or ended, in days. */
const DEFAULT_DAYS = { failed: 7, ended: 1 } as const;

const STATES = {
  failed: FAILED,
  running: RUNNING,
  waiting: [...WAITING, ...UNDECIDED],
  open: [...RUNNING, ...WAITING, ...UNDECIDED, ...FAILED],
  all: [...RUNNING, ...WAITING, ...UNDECIDED, ...FAILED, ...ENDED],
} as const;

export const check_jobs = task({
  title: 'Check jobs',
  description:
    'Show what is running, waiting, stuck or failed (transcodes, transfers, archiving …), grouped by cause: how many, how old, which assets, what to do next. With wait_for: wait for jobs to finish.',
  effect: 'read',
  roles: ['can_read_jobs'],
  input: {
    type: z.string().optional().describe('e.g. transcodes, exports.'),
    asset: z.string().min(1).optional().describe('Only its jobs: id, web address or title.'),
    state: z
      .enum(['failed', 'running', 'waiting', 'open', 'all'])
      .optional()
      .describe('Default open: running, waiting, failed in the last 7 days. all: also ended in the last 24 h.'),
    days: z.int().min(1).max(MAX_DAYS).optional().describe('How far back for failed and ended ones.'),
    wait_for: z.array(z.string().min(1)).min(1).optional().describe('Job ids, or the handle of a task for its jobs.'),
  },
  output: {
    total: integer,
    counts: free,
    groups: strings,
    jobs: strings,
    done: integer,
    failed: strings,
    still_running: strings,
    notes: strings,
  },
  validate: ({ wait_for, ...rest }) => {
    const given = Object.entries(rest).find(([, value]) => value !== undefined)?.[0];
    return wait_for && given && `wait_for already names the jobs: leave out ${given}.`;
  },
  run: async ({ type, asset, state = 'open', days, wait_for }, context) => {
    if (wait_for) return waitForJobs(context, jobIds(context, wait_for));
    const object = asset === undefined ? undefined : await findAsset(context, asset);
    const meant = jobType(type);
    const filter: Filter = { type: meant.type, object_id: object?.id };
    const about = [...meant.notes, ...(object ? [`Only jobs of "${object.title}" (${object.id}).`] : [])];
    const { notes, ...report } = await reportJobs(context, state, filter, days);
    const all = [...about, ...notes];
    return { ...report, ...(all.length > 0 && { notes: all }) };
  },
});

async function reportJobs(context: Context, state: keyof typeof STATES, filter: Filter, days: number | undefined) {
  const now = Date.now();
  const found = await Promise.all(STATES[state].map((status) => jobsInState(context, status, filter, days, now)));
  const jobs = found.flatMap((one) => one.jobs);
  const total = found.reduce((sum, one) => sum + one.total, 0);
  const groups = groupJobs(jobs, now);
  const largest = groups.slice(0, MAX_GROUPS);
  const listSingly = jobs.length <= MAX_SINGLE_JOBS;
  const isWaitingTranscode = ({ type, status = '' }: Job) => type === 'TRANSCODE' && WAITING.includes(status);
  const [titles, queue, types] = await Promise.all([
    assetTitles(context, listSingly ? jobs : largest.flatMap((group) => examplesOf(group))),
    jobs.some(isWaitingTranscode) ? transcodeQueueNotes(context) : [],
    total === 0 && filter.type ? recentTypes(context) : [],
  ]);
  const lines = largest.map((group) => `${groupLine(group, titles, now)}${toolFor(context, group)}`);
  const shown = lines.slice(0, countFittingLines(lines, 0, MAX_GROUP_TOKENS));
  return {
    total,
    counts: Object.fromEntries(found.flatMap((one) => (one.total > 0 ? [[one.status, one.total]] : []))),
    groups: shown,
    ...(listSingly && jobs.length > groups.length && { jobs: jobs.map((job) => jobLine(job, titles, now)) }),
    notes: [
      ...(types.length > 0 && !types.some((type) => type === filter.type)
        ? [`No jobs of type ${filter.type}. Types of the latest jobs: ${types.join(', ')}.`]
        : []),
      ...(context.offers('steer_jobs') && groups.some(isSteerable)
        ? ['steer_jobs takes a handle, or the id of a job.']
        : []),
      ...found.flatMap((one) => one.notes),
      ...queue,
      ...(groups.length > shown.length
        ? [`Showing ${shown.length} of ${groups.length} groups: narrow by type or state.`]
        : []),
      ...(total > jobs.length
        ? [`${total - jobs.length} older jobs are counted but not grouped: narrow by type, state or days.`]
        : []),
    ],
  };
}

const isSteerable = ({ kind }: Group): boolean => kind !== 'ended' && kind !== 'undecided';

/** ` · steer_jobs: handle`, the tool that acts on a group as a whole. */
function toolFor(context: Context, { kind, type, jobs }: Group): string {
  if (kind === 'undecided')
    return type === 'METADATA_FILLING' && context.offers('review_proposals') ? ' with review_proposals' : '';
  const ids = jobs.flatMap(({ id }) => id ?? []);
  const isSteered = kind !== 'ended' && ids.length > 1 && context.offers('steer_jobs');
  return isSteered ? ` · steer_jobs: ${keepJobs(context, ids)}` : '';
}

interface StateJobs extends Listed {
  readonly status: string;
  readonly notes: readonly string[];
}

async function jobsInState(
  context: Context,
  status: string,
  filter: Filter,
  days: number | undefined,
  now: number,
): Promise<StateJobs> {
  const isFailed = FAILED.includes(status);
  if (!isFailed && !ENDED.includes(status)) return { status, notes: [], ...(await listJobs(context, status, filter)) };
  const back = days ?? (isFailed ? DEFAULT_DAYS.failed : DEFAULT_DAYS.ended);
  const since = new Date(now - back * DAY_MS).toISOString();
  const found = await listJobs(context, status, { ...filter, since });
  if (!isFailed) return { status, notes: [], ...found };
  const ever = await listJobs(context, status, filter, 1);
  const older = ever.total - found.total;
  const newest = found.total === 0 ? ever.jobs[0]?.date_modified?.slice(0, 10) : undefined;
  const which = newest ? `, the newest on ${newest}` : '';
  const notes =
    older > 0 ? [`${older} failed more than ${plural(back, 'day')} ago${which}. Set days to see them.`] : [];
  return { status, notes, ...found };
}
