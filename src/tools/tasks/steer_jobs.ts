import * as z from 'zod';
import { formatAge } from '../../media/units.ts';
import { searchKey } from '../../text/compare.ts';
import { plural } from '../../text/english.ts';
import { inQuotes, oneLine } from '../../text/quote.ts';
import { task } from '../define.ts';
import { reasonOf } from '../errors.ts';
import { isHandle } from '../handles.ts';
import { causeOf, groupJobs, nextAction } from '../library/jobs/groups.ts';
import { assetTitles, type Job, jobIds, jobsById, keepJobs, listJobs } from '../library/jobs/list.ts';
import { type Titled, titleOf } from '../library/plans/titles.ts';
import { jobControl } from '../operations/job_control.ts';
import { jobs } from '../operations/jobs.ts';
import { integer, strings, text } from '../params.ts';
import { batches, each } from '../run/each.ts';
import { outOfTime, showing } from '../run/notes.ts';
import type { Context } from '../types.ts';

const MAX_LINES = 50;
const MAX_REASON_LENGTH = 120;
/** Causes for which a plan says what to do. */
const MAX_CAUSES = 5;
/** How far back jobs that failed or were aborted are looked for by their cause. */
const DAYS_BACK = 7;
const DAY_MS = 86_400_000;
/** The highest that there is; jobs start with 5. */
const FIRST = 10;

/** What each action does, and to jobs in which states: the others are skipped. */
const ACTIONS = {
  restart: { verb: 'Restarts', from: ['FAILED', 'ABORTED'], action: 'RESTART' },
  abort: { verb: 'Aborts', from: ['STARTED', 'WAITING', 'READY', 'PAUSED'], action: 'ABORT' },
  pause: { verb: 'Pauses', from: ['STARTED', 'WAITING', 'READY'], action: 'PAUSE' },
  resume: { verb: 'Resumes', from: ['PAUSED'], action: 'RESUME' },
  first: { verb: 'Puts first in the queue', from: ['WAITING', 'READY'], action: undefined },
} as const;
type Action = keyof typeof ACTIONS;

export const steer_jobs = task({
  title: 'Steer jobs',
  description:
    'Restart (retry) failed jobs, abort, pause or resume jobs, or put waiting ones first: a group of check_jobs by its handle, job ids, or all with a cause. Several, or an abort, return a plan first.',
  effect: 'update',
  idempotent: true,
  roles: ['can_write_jobs', 'can_read_jobs'],
  input: {
    action: z.enum(Object.keys(ACTIONS) as [Action, ...Action[]]).describe('first: before the others that wait.'),
    jobs: z.array(z.string().min(1)).min(1).optional().describe('Job ids, or handles.'),
    cause: z.string().min(1).optional().describe('In place of jobs: words of the reason or title, e.g. no space.'),
    type: z.string().min(1).optional().describe('With cause: only these, e.g. TRANSCODE.'),
    first: z.int().min(1).optional().describe('First N.'),
  },
  output: { sent: integer, wait_for: text, failed: strings, remaining: integer, notes: strings },
  validate: ({ jobs, cause, type }) => {
    if ((jobs === undefined) === (cause === undefined)) return 'jobs, cause: give exactly one of the two.';
    return jobs && type !== undefined ? 'type: only with cause. Leave it out.' : undefined;
  },
  preview: async ({ action, jobs: given, cause, type, first }, context) => {
    const ids = given ? jobIds(context, given, 'jobs') : undefined;
    const { listed, unread } = ids
      ? { listed: await jobsById(context, ids), unread: 0 }
      : await jobsWith(context, action, cause ?? '', type);
    const isNamed = given !== undefined && !given.some(isHandle);
    const ordered = isNamed ? inOrderOf(given, listed) : oldestFirst(listed);
    const found = await fresh(context, ordered, first === undefined ? undefined : { action, count: first });
    const { fitting: all, notes: skipped } = sorted(found, action);
    const fitting = all.slice(0, first);
    const unknown = (ids ?? []).filter((id) => !found.some((job) => job.id === id));
    const titles = await assetTitles(context, fitting.slice(0, MAX_LINES));
    const plan = fitting.flatMap(({ id }) => id ?? []);
    const order = isNamed ? 'in their order' : 'the oldest';
    const notes = [
      ...(fitting.length < all.length
        ? [`first: ${first} → ${order} ${fitting.length} of ${all.length}; the others stay as they are.`]
        : []),
      ...skipped,
      ...(unknown.length > 0 ? [`Not found or not visible: ${unknown.slice(0, 10).join(', ')}.`] : []),
      ...(ids ? [] : scopeNotes(action, cause ?? '', unread)),
    ];
    return {
      preview: {
        summary:
          plan.length === 0
            ? nothingToDo(found.length)
            : `${ACTIONS[action].verb} ${plural(plan.length, 'job')}.${action === 'abort' ? ' What they have done so far is lost; they can be restarted.' : ''}`,
        affected: fitting.slice(0, MAX_LINES).map((job) => lineOf(job, titles)),
        notes: [
          ...(action === 'restart' ? adviceFor(fitting) : []),
          ...notes,
          ...(plan.length > MAX_LINES ? [showing(MAX_LINES, plan.length)] : []),
        ],
      },
      plan: { ids: plan, notes: [...(plan.length === 0 ? [nothingToDo(found.length)] : []), ...notes] },
      touches: plan,
      skipConfirm: plan.length === 0 || (plan.length === 1 && action !== 'abort'),
    };
  },
  run: async (
    { action },
    context,
    { ids, notes }: { readonly ids: readonly string[]; readonly notes: readonly string[] },
  ) => {
    const { done, failed, rest } = await each(batches(ids), context, (some) => send(context, action, some));
    const sent = done.flatMap(({ item }) => item);
    const remaining = rest.flat().length;
    const handle = sent.length > 0 ? keepJobs(context, sent) : undefined;
    return {
      sent: sent.length,
      ...(handle && { wait_for: handle }),
      ...(failed.length > 0 && {
        failed: failed.map(({ item, error }) => `${plural(item.length, 'job')}: ${reasonOf(error)}`),
      }),
      ...(remaining > 0 && { remaining }),
      notes: [
        ...notes,
        ...(handle
          ? [`Iconik acts in the background: check_jobs with wait_for ["${handle}"] shows the new states.`]
          : []),
        ...(remaining > 0 ? [outOfTime(remaining)] : []),
      ],
    };
  },
});

/** Which jobs were looked at for a cause. */
const scopeNotes = (action: Action, cause: string, unread: number): string[] => [
  `Looked at jobs in the states ${ACTIONS[action].from.join(', ')} whose reason, step or title has the words ${inQuotes(cause)}; failed ones of the last ${DAYS_BACK} days. For older ones, check_jobs with days gives handles.`,
  ...(unread > 0
    ? [
        `${plural(unread, 'older job')} in these states ${unread === 1 ? 'was' : 'were'} not looked at: give their ids, or narrow by type.`,
      ]
    : []),
];

/** What to do before a restart, the causes of most jobs first. */
function adviceFor(failed: readonly Job[]): string[] {
  const now = Date.now();
  return groupJobs(failed, now)
    .filter(({ cause }) => cause.reason !== undefined)
    .slice(0, MAX_CAUSES)
    .map((group) => {
      const reason = oneLine(group.cause.reason ?? '', MAX_REASON_LENGTH);
      return `${plural(group.jobs.length, 'job')} with ${inQuotes(reason)}: ${nextAction(group, now)}.`;
    });
}

const nothingToDo = (found: number): string =>
  found === 0 ? 'Nothing to do: no such job was found.' : 'Nothing to do: no job is in a state for it.';

async function send(context: Context, action: Action, job_ids: string[]): Promise<void> {
  const { set_job_state, set_job_priority } = jobControl.tools;
  const state = ACTIONS[action].action;
  if (state === undefined) await context.use(set_job_priority, { job_ids, priority: FIRST });
  else await context.use(set_job_state, { job_ids, action: state });
}

/** Words that say nothing of a cause. */
const FILLERS = ['the', 'a', 'an', 'of'];

/** The jobs in the states of the action whose step, reason or title has all the words, and how many there was no time to read. */
async function jobsWith(context: Context, action: Action, cause: string, type: string | undefined) {
  const since = new Date(Date.now() - DAYS_BACK * DAY_MS).toISOString();
  const lists = await Promise.all(
    ACTIONS[action].from.map((status) => {
      const ended = status === 'FAILED' || status === 'ABORTED';
      return listJobs(context, status, {
        type: type?.toUpperCase().replaceAll(' ', '_'),
        ...(ended && { since }),
      });
    }),
  );
  const words = searchKey(cause).split(/\s+/);
  const wanted = words.filter((word) => !FILLERS.includes(word));
  const listed = lists
    .flatMap(({ jobs }) => jobs)
    .filter((job) => {
      const { step = '', reason = '' } = causeOf(job);
      const text = searchKey(`${step} ${reason} ${job.title ?? ''}`);
      return (wanted.length > 0 ? wanted : words).every((word) => text.includes(word));
    });
  return { listed, unread: lists.reduce((sum, { jobs, total }) => sum + Math.max(0, total - jobs.length), 0) };
}

const oldestFirst = (list: readonly Job[]): Job[] =>
  list.toSorted((a, b) => (Date.parse(a.date_created ?? '') || 0) - (Date.parse(b.date_created ?? '') || 0));

const inOrderOf = (ids: readonly string[], list: readonly Job[]): Job[] =>
  list.toSorted((a, b) => ids.indexOf(a.id ?? '') - ids.indexOf(b.id ?? ''));

/** Jobs that are read one by one; of more, the states are as the list has them. */
const MAX_FRESH = 100;

/**
 * The jobs as they are now: their list is late, and a repeat would do everything twice. Where only the first are wanted, those
 * that the list gives for them are read, as far as `MAX_FRESH` goes.
 */
async function fresh(
  context: Context,
  listed: readonly Job[],
  first: { readonly action: Action; readonly count: number } | undefined,
): Promise<readonly Job[]> {
  const wanted = first && first.count < MAX_FRESH ? sorted(listed, first.action).fitting.slice(0, MAX_FRESH) : listed;
  if (wanted.length > MAX_FRESH) return listed;
  const quiet = { ...context, progress: () => undefined };
  const { done } = await each(
    wanted.flatMap(({ id }) => id ?? []),
    quiet,
    (job_id) => context.use(jobs.tools.get_job, { job_id }),
    { untimed: true },
  );
  const now = new Map<string | undefined, Job>(done.map(({ item, result }) => [item, result]));
  return listed.map((job) => now.get(job.id) ?? job);
}

/** The jobs that the action can change, and how many of the others are in which state. */
function sorted(found: readonly Job[], action: Action): { fitting: readonly Job[]; notes: readonly string[] } {
  const { from } = ACTIONS[action];
  const fits = ({ status = '', priority }: Job): boolean =>
    from.some((one) => one === status) && !(action === 'first' && priority === FIRST);
  const others = new Map<string, number>();
  for (const job of found) {
    if (fits(job)) continue;
    const state = action === 'first' && job.priority === FIRST ? 'first already' : (job.status ?? 'in no known state');
    others.set(state, (others.get(state) ?? 0) + 1);
  }
  const notes = [...others].map(([state, count]) => `Skipped ${plural(count, 'job')}: ${state}.`);
  return { fitting: found.filter(fits), notes };
}

/** `FAILED TRANSCODE · "Matchday 12" · "No space left" · 2 d old · id`. */
function lineOf(job: Job, titles: ReadonlyMap<string, Titled>): string {
  const { status, type, custom_type, object_id, title, id, date_created } = job;
  const { reason } = causeOf(job);
  const at = Date.parse(date_created ?? '');
  return [
    `${status} ${custom_type ?? type ?? ''}`.trim(),
    titleOf(titles.get(object_id ?? '') ?? { id, title }),
    reason && `"${oneLine(reason, MAX_REASON_LENGTH)}"`,
    !Number.isNaN(at) && `${formatAge(Date.now() - at)} old`,
    id,
  ]
    .filter(Boolean)
    .join(' · ');
}
