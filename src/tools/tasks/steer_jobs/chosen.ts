import { searchKey } from '../../../text/compare.ts';
import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { causeOf } from '../../library/jobs/groups.ts';
import { type Job, listJobs } from '../../library/jobs/list.ts';
import { jobType } from '../../library/jobs/types.ts';
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

/** Without a word on the cause an abort is taken as meant: only jobs that failed are restarted. */
const statesOf = (action: Action, cause: string | undefined): readonly string[] =>
  ACTIONS[action].from.filter((status) => cause !== undefined || status !== 'ABORTED');

const hasEnded = (status: string): boolean => status === 'FAILED' || status === 'ABORTED';

interface Scope {
  readonly states: readonly string[];
  readonly cause: string | undefined;
  /** Jobs in these states that there was no time to read. */
  readonly unread: number;
  /** Jobs that ended before the days that are looked at, whatever their cause. */
  readonly older: number;
}

/**
 * The jobs in the states of the action, those whose step, reason or title has all words of the cause. `type`: in whatever words.
 * `notes` say which were looked at, and which were not.
 */
export async function jobsMeant(
  context: Context,
  action: Action,
  cause: string | undefined,
  words: string | undefined,
) {
  const { type, notes } = jobType(words);
  const since = new Date(Date.now() - DAYS_BACK * DAY_MS).toISOString();
  const states = statesOf(action, cause);
  const lists = await Promise.all(
    states.map(async (status) => {
      if (!hasEnded(status)) return { ...(await listJobs(context, status, { type })), older: 0 };
      const [found, ever] = await Promise.all([
        listJobs(context, status, { type, since }),
        listJobs(context, status, { type }, 1),
      ]);
      return { ...found, older: Math.max(0, ever.total - found.total) };
    }),
  );
  const sum = (count: (list: (typeof lists)[number]) => number): number =>
    lists.reduce((total, list) => total + count(list), 0);
  const unread = sum(({ jobs, total }) => Math.max(0, total - jobs.length));
  const older = sum((list) => list.older);
  const fits = fitting(cause);
  return {
    listed: lists.flatMap(({ jobs }) => jobs).filter(fits),
    notes: [...notes, ...scopeNotes({ states, cause, unread, older })],
  };
}

/** Whether a job has all words of a cause. */
function fitting(cause: string | undefined): (job: Job) => boolean {
  const words = searchKey(cause ?? '').split(/\s+/);
  const wanted = words.filter((word) => !FILLERS.includes(word));
  return (job) => {
    const { step = '', reason = '' } = causeOf(job);
    const text = searchKey(`${step} ${reason} ${job.title ?? ''}`);
    return (wanted.length > 0 ? wanted : words).every((word) => text.includes(word));
  };
}

function scopeNotes({ states, cause, unread, older }: Scope): string[] {
  const ended = states.filter(hasEnded);
  const days = ` of the last ${DAYS_BACK} days`;
  const words = cause === undefined ? '' : ` whose reason, step or title has the words ${inQuotes(cause)}`;
  const looked = `Looked at jobs in the state${states.length === 1 ? '' : 's'} ${states.join(', ')}`;
  return [
    `${looked}${ended.length > 0 && words === '' ? days : words}${ended.length > 0 && words ? `; failed ones${days}` : ''}.`,
    ...(older > 0
      ? [
          `${plural(older, 'job')} ${ended.join(' or ')} more than ${DAYS_BACK} days ago${cause === undefined ? '' : ', for whatever cause,'} ${older === 1 ? 'was' : 'were'} not looked at: check_jobs with days lists them, jobs takes their ids or handles.`,
        ]
      : []),
    ...(unread > 0
      ? [
          `${plural(unread, 'older job')} in these states ${unread === 1 ? 'was' : 'were'} not looked at: give their ids, or narrow by type.`,
        ]
      : []),
  ];
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
