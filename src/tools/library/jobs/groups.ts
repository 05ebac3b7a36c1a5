import { formatAge } from '../../../media/units.ts';
import { ENDED, FAILED, type Job, RUNNING, UNDECIDED } from './list.ts';

/** Why a job failed or waits: the step, and Iconik's message about it. */
export interface Cause {
  readonly step?: string;
  readonly reason?: string;
}

/** Jobs that need the same action. */
export interface Group {
  readonly kind: Kind;
  readonly type: string;
  readonly cause: Cause;
  /** Oldest first. */
  readonly jobs: readonly Job[];
}

export type Kind = 'failed' | 'stuck' | 'blocked' | 'paused' | 'undecided' | 'waiting' | 'running' | 'ended';

/** The worst first. */
const ORDER: readonly Kind[] = ['failed', 'blocked', 'stuck', 'paused', 'undecided', 'waiting', 'running', 'ended'];

/** A running job that has not changed for 6 hours is stuck. */
const STUCK_AFTER_MS = 6 * 3_600_000;

/** The step that failed, or waits and says why; without one, the message of the job itself. */
export function causeOf({ steps = [], status = '', error_message, message }: Job): Cause {
  const failed = FAILED.includes(status);
  const step =
    steps.find((one) => failed && one.status === 'FAILED') ??
    steps.find((one) => (failed ? one.error_message : one.status === 'WAITING' && one.message)) ??
    steps.find((one) => one.status === 'IN_PROGRESS');
  const reason = step?.error_message || step?.message || error_message || message;
  return { ...(step?.label && { step: step.label }), ...(reason && { reason }) };
}

function kindOf(job: Job, cause: Cause, now: number): Kind {
  const { status = '', date_modified = '' } = job;
  if (FAILED.includes(status)) return 'failed';
  if (ENDED.includes(status)) return 'ended';
  if (status === 'PAUSED') return 'paused';
  if (UNDECIDED.includes(status)) return 'undecided';
  if (!RUNNING.includes(status)) return cause.reason ? 'blocked' : 'waiting';
  return now - Date.parse(date_modified) > STUCK_AFTER_MS ? 'stuck' : 'running';
}

/** Equal for reasons that differ only in ids, numbers or dates. */
const reasonKey = (reason = ''): string => reason.replace(/[0-9a-f]{8}[0-9a-f-]{8,}|\d[\d:.,-]*/gi, '#').toLowerCase();

/** Groups jobs by state, type, step and reason; the worst first, then the largest. */
export function groupJobs(list: readonly Job[], now: number): Group[] {
  const groups = new Map<string, { readonly kind: Kind; readonly type: string; cause: Cause; jobs: Job[] }>();
  for (const job of list) {
    const cause = causeOf(job);
    const kind = kindOf(job, cause, now);
    const hasCause = ['failed', 'blocked'].includes(kind);
    const details = hasCause
      ? [cause.step, reasonKey(cause.reason)]
      : [kind === 'ended' || job.status === 'ABORT_PENDING' ? job.status : ''];
    const type = job.custom_type ? `${job.type} ${job.custom_type}` : (job.type ?? 'unknown');
    const key = JSON.stringify([kind, type, ...details]);
    const group = groups.get(key) ?? { kind, type, cause: hasCause ? cause : {}, jobs: [] };
    group.jobs.push(job);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map((group) => ({ ...group, jobs: [...group.jobs].sort((a, b) => createdAt(a) - createdAt(b)) }))
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.jobs.length - a.jobs.length);
}

const createdAt = ({ date_created = '' }: Job): number => Date.parse(date_created) || 0;

export const ageOf = (job: Job, now: number): string =>
  createdAt(job) === 0 ? 'age unknown' : formatAge(now - createdAt(job));

/** From this age on a day says more than an age, which is in whole days then. */
const DATED_AFTER_MS = 86_400_000;

/** `created 2026-11-12 08:14 to 09:02 UTC` of jobs, oldest first; empty where the newest is young. */
export function createdLine(jobs: readonly Job[], now: number): string {
  const dates = jobs.flatMap((job) => (createdAt(job) > 0 ? [new Date(createdAt(job)).toISOString()] : []));
  const [first, last] = [dates[0], dates.at(-1)];
  if (!first || !last || now - Date.parse(last) < DATED_AFTER_MS) return '';
  const [from, to] = [first, last].map((date) => date.slice(0, 16).replace('T', ' '));
  const end = to === from ? '' : ` to ${from?.slice(0, 10) === to?.slice(0, 10) ? to?.slice(11) : to}`;
  return `created ${from}${end} UTC`;
}

/** What to do, by the wording of the reason; the first match counts. */
const ACTION_BY_REASON: readonly (readonly [RegExp, string])[] = [
  [/offline|not (?:running|connected|reachable)/i, 'restart the transcoder or its host; the jobs then continue'],
  [/no space|disk full|quota|insufficient storage/i, 'free space on that storage or enlarge it, then restart the jobs'],
  [
    /\b40[13]\b|expired|refused|unauthori[sz]ed|forbidden|access denied|credential|\bkey\b/i,
    'renew the credentials of that storage in Iconik (Admin > Storage), then restart the jobs',
  ],
  [/missing|not found|no such file|\b404\b/i, 'restore the source file or rescan the storage, then restart the jobs'],
  [
    /codec|decoder|unsupported|invalid data|corrupt|format/i,
    'this transcoder cannot read the file: replace it or upload a proxy; a restart alone fails again',
  ],
  [/checksum/i, 'the copy is damaged: restart the job, and check the storage if it fails again'],
  [/speech|language/i, 'no speech or the wrong language: listen, then set the language or leave it'],
  [/time[d]? ?out|connection|unavailable|\b50\d\b/i, 'usually temporary: restart the jobs'],
];

const ACTION_BY_KIND: Readonly<Record<Kind, string>> = {
  failed: 'look at the oldest job, then restart them',
  blocked: 'clear what they wait for; they then continue on their own',
  stuck: 'abort and restart them: no progress for hours',
  paused: 'resume them unless the pause is intended',
  undecided: 'a person decides',
  waiting: 'nothing: they are queued',
  running: 'nothing: they are under way',
  ended: 'nothing',
};

/** What to do next, by the reason if it is a known one, otherwise by the kind. */
export function nextAction({ kind, cause: { reason }, jobs }: Group, now: number): string {
  if (jobs.every(({ status }) => status === 'ABORT_PENDING'))
    return 'nothing: somebody has aborted them, and their worker has not stopped yet; restart them once they are ABORTED';
  if (kind === 'waiting' && jobs.some((job) => now - createdAt(job) > STUCK_AFTER_MS))
    return 'see whether a transcoder or storage gateway for these jobs is running: they are queued without a reason';
  const known =
    ['failed', 'blocked'].includes(kind) && ACTION_BY_REASON.find(([pattern]) => pattern.test(reason ?? ''))?.[1];
  return known || ACTION_BY_KIND[kind];
}
