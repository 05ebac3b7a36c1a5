import * as z from 'zod';
import { countFittingLines } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { findAsset } from '../../library/objects.ts';
import { free, integer, strings } from '../../params.ts';
import type { Context } from '../../types.ts';
import { groupJobs } from './groups.ts';
import {
  ENDED,
  FAILED,
  type Filter,
  type Job,
  jobIds,
  type Listed,
  listJobs,
  RUNNING,
  titlesOf,
  typesOf,
  WAITING,
} from './list.ts';
import { examplesOf, groupLine, jobLine, surroundings } from './report.ts';
import { waitFor } from './wait.ts';

/** Groups, and single jobs where there are few, in one answer. */
const GROUPS = 14;
const FEW = 8;
/** Tokens of the groups. */
const TOKENS = 4_000;

const DAY = 86_400_000;
/** How far back what failed, and what ended, is looked for. */
const DAYS = { failed: 7, all: 1 } as const;

const STATES = {
  failed: FAILED,
  running: RUNNING,
  waiting: WAITING,
  open: [...RUNNING, ...WAITING, ...FAILED],
  all: [...RUNNING, ...WAITING, ...FAILED, ...ENDED],
} as const;

export const check_jobs = task({
  title: 'Check jobs',
  description:
    'What runs, waits, is stuck or failed (transcodes, transfers, archiving …), grouped by cause: how many, how old, which assets, what to do next. With wait_for: waits for jobs that were started and says which are done. It changes nothing.',
  effect: 'read',
  roles: ['can_read_jobs'],
  input: {
    type: z.string().optional().describe('e.g. TRANSCODE, TRANSFER, ARCHIVE, RESTORE, TRANSCRIPTION.'),
    asset: z.string().min(1).optional().describe('Only of this asset: id, address or title.'),
    state: z
      .enum(['failed', 'running', 'waiting', 'open', 'all'])
      .optional()
      .describe('Default open: running, waiting, failed in 7 days. all: also ended in 24 h.'),
    days: z.int().min(1).max(365).optional().describe('How far back failed and ended ones go.'),
    wait_for: z.array(z.string().min(1)).min(1).optional().describe('Job ids, or the handle of a task.'),
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
    return wait_for && given && `wait_for: leave out ${given}, it names the jobs already.`;
  },
  run: async ({ type, asset, state = 'open', days, wait_for }, context) => {
    if (wait_for) return waitFor(context, jobIds(context, wait_for));
    const object = asset === undefined ? undefined : await findAsset(context, asset);
    const filter: Filter = { type: type?.toUpperCase().replaceAll(' ', '_'), object_id: object?.id };
    return report(context, state, filter, days, object && `Only of "${object.title}" (${object.id}).`);
  },
});

async function report(
  context: Context,
  state: keyof typeof STATES,
  filter: Filter,
  days: number | undefined,
  about: string | undefined,
) {
  const now = Date.now();
  const found = await Promise.all(STATES[state].map(async (status) => collect(context, status, filter, days, now)));
  const jobs = found.flatMap((one) => one.jobs);
  const groups = groupJobs(jobs, now);
  const few = jobs.length <= FEW;
  const [titles, around] = await Promise.all([
    titlesOf(context, few ? jobs : groups.slice(0, GROUPS).flatMap((group) => examplesOf(group))),
    jobs.some(({ type, status = '' }) => type === 'TRANSCODE' && WAITING.includes(status)) ? surroundings(context) : [],
  ]);
  const lines = groups.slice(0, GROUPS).map((group) => groupLine(group, titles, now));
  const shown = lines.slice(0, countFittingLines(lines, 0, TOKENS));
  const counts = Object.fromEntries(found.flatMap(({ status, total }) => (total > 0 ? [[status, total]] : [])));
  const total = found.reduce((sum, one) => sum + one.total, 0);
  const unread = total - jobs.length;
  const types = total === 0 && filter.type ? await typesOf(context) : [];
  const notes = [
    ...(about ? [about] : []),
    ...(types.length > 0 ? [`None of type ${filter.type}. Types of the latest jobs: ${types.join(', ')}.`] : []),
    ...found.flatMap((one) => one.notes),
    ...around,
    ...(groups.length > shown.length
      ? [`${shown.length} of ${groups.length} groups are shown: narrow by type or state.`]
      : []),
    ...(unread > 0 ? [`${unread} older ones are counted and not grouped: narrow by type, state or days.`] : []),
  ];
  return {
    total,
    counts,
    groups: shown,
    ...(few && jobs.length > groups.length && { jobs: jobs.map((job) => jobLine(job, titles, now)) }),
    ...(notes.length > 0 && { notes }),
  };
}

interface Collected extends Listed {
  readonly status: string;
  readonly notes: readonly string[];
}

async function collect(
  context: Context,
  status: string,
  filter: Filter,
  days: number | undefined,
  now: number,
): Promise<Collected> {
  const over = FAILED.includes(status) ? DAYS.failed : ENDED.includes(status) ? DAYS.all : undefined;
  if (over === undefined) return { status, notes: [], ...(await listJobs(context, status, filter)) };
  const back = days ?? over;
  const found = await listJobs(context, status, { ...filter, since: since(now, back) });
  if (!FAILED.includes(status)) return { status, notes: [], ...found };
  const ever = await listJobs(context, status, filter, 1);
  const older = ever.total - found.total;
  const notes =
    older > 0 ? [`${older} failed longer than ${back} days ago: ${olderWords(ever.jobs, found.total)}`] : [];
  return { status, notes, ...found };
}

const since = (now: number, days: number): string => new Date(now - days * DAY).toISOString();

function olderWords(newest: readonly Job[], inside: number): string {
  const last = newest[0]?.date_modified?.slice(0, 10);
  return inside === 0 && last ? `the newest on ${last}; days looks further back.` : 'days looks further back.';
}
