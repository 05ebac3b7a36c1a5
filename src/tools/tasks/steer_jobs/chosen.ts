import { searchKey } from '../../../text/compare.ts';
import { plural } from '../../../text/english.ts';
import { causeOf } from '../../library/jobs/groups.ts';
import { type Job, listJobs } from '../../library/jobs/list.ts';
import { jobs } from '../../operations/jobs.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** How far back jobs that failed or were aborted are looked for by their cause. */
export const DAYS_BACK = 7;
const DAY_MS = 86_400_000;
/** The highest that there is; jobs start with 5. */
export const FIRST = 10;

/** What each action does, and to jobs in which states: the others are skipped. */
export const ACTIONS = {
  restart: { verb: 'Restarts', from: ['FAILED', 'ABORTED'], action: 'RESTART' },
  abort: { verb: 'Aborts', from: ['STARTED', 'WAITING', 'READY', 'PAUSED'], action: 'ABORT' },
  pause: { verb: 'Pauses', from: ['STARTED', 'WAITING', 'READY'], action: 'PAUSE' },
  resume: { verb: 'Resumes', from: ['PAUSED'], action: 'RESUME' },
  first: { verb: 'Puts first in the queue', from: ['WAITING', 'READY'], action: undefined },
} as const;
export type Action = keyof typeof ACTIONS;

/** Words that say nothing of a cause. */
const FILLERS = ['the', 'a', 'an', 'of'];

/** The jobs in the states of the action whose step, reason or title has all the words, and how many there was no time to read. */
export async function jobsWith(context: Context, action: Action, cause: string, type: string | undefined) {
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

export const oldestFirst = (list: readonly Job[]): Job[] =>
  list.toSorted((a, b) => (Date.parse(a.date_created ?? '') || 0) - (Date.parse(b.date_created ?? '') || 0));

export const inOrderOf = (ids: readonly string[], list: readonly Job[]): Job[] =>
  list.toSorted((a, b) => ids.indexOf(a.id ?? '') - ids.indexOf(b.id ?? ''));

/** Jobs that are read one by one; of more, the states are as the list has them. */
const MAX_FRESH = 100;

/**
 * The jobs as they are now: their list is late, and a repeat would do everything twice. Where only the first are wanted, those
 * that the list gives for them are read, as far as `MAX_FRESH` goes.
 */
export async function fresh(
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
export function sorted(found: readonly Job[], action: Action): { fitting: readonly Job[]; notes: readonly string[] } {
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
