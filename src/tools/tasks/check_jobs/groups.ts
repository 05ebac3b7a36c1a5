import { formatAge } from '../../../media/units.ts';
import { ENDED, FAILED, type Job, RUNNING } from './list.ts';

/** Why a job stands where it stands: the step, and what Iconik says of it. */
export interface Cause {
  readonly step?: string;
  readonly reason?: string;
}

/** Jobs that have one thing in common to be done about. */
export interface Group {
  readonly kind: Kind;
  readonly type: string;
  readonly cause: Cause;
  /** Oldest first. */
  readonly jobs: readonly Job[];
}

export type Kind = 'failed' | 'stuck' | 'blocked' | 'paused' | 'waiting' | 'running' | 'ended';

/** What is worst comes first. */
const ORDER: readonly Kind[] = ['failed', 'blocked', 'stuck', 'paused', 'waiting', 'running', 'ended'];

/** Work that has not moved for so long is stuck: 6 hours. */
const STUCK = 6 * 3_600_000;

/** The step that failed or waits with a reason; else what the job itself says. */
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
  if (!RUNNING.includes(status)) return cause.reason ? 'blocked' : 'waiting';
  return now - Date.parse(date_modified) > STUCK ? 'stuck' : 'running';
}

/** Reasons that differ in ids, numbers and dates alone are one. */
const alike = (reason = ''): string => reason.replace(/[0-9a-f]{8}[0-9a-f-]{8,}|\d[\d:.,-]*/gi, '#').toLowerCase();

/** Jobs by state, kind of work, step and reason; the worst and largest first. */
export function groupJobs(list: readonly Job[], now: number): Group[] {
  const groups = new Map<string, { readonly kind: Kind; readonly type: string; cause: Cause; jobs: Job[] }>();
  for (const job of list) {
    const cause = causeOf(job);
    const kind = kindOf(job, cause, now);
    const ended = kind === 'ended' ? job.status : '';
    const apart = ['failed', 'blocked'].includes(kind) ? [cause.step, alike(cause.reason)] : [ended];
    const type = job.custom_type ? `${job.type} ${job.custom_type}` : (job.type ?? 'unknown');
    const key = JSON.stringify([kind, type, ...apart]);
    const group = groups.get(key) ?? { kind, type, cause: apart.length > 1 ? cause : {}, jobs: [] };
    group.jobs.push(job);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map((group) => ({ ...group, jobs: [...group.jobs].sort((a, b) => born(a) - born(b)) }))
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.jobs.length - a.jobs.length);
}

const born = ({ date_created = '' }: Job): number => Date.parse(date_created) || 0;

export const ageOf = (job: Job, now: number): string => (born(job) === 0 ? 'age unknown' : formatAge(now - born(job)));

/** What to do about reasons that are known by their words. First fit counts. */
const NEXT: readonly (readonly [RegExp, string])[] = [
  [/offline|not (?:running|connected|reachable)/i, 'start the transcoder or its host again; the jobs then go on'],
  [/no space|disk full|quota|insufficient storage/i, 'free space on that storage or give it more, then restart them'],
  [
    /\b40[13]\b|expired|refused|unauthori[sz]ed|forbidden|access denied|credential|\bkey\b/i,
    'renew the credentials of that storage in Iconik (Admin > Storage), then restart them',
  ],
  [/missing|not found|no such file|\b404\b/i, 'put the source file back or rescan the storage, then restart them'],
  [
    /codec|decoder|unsupported|invalid data|corrupt|format/i,
    'this transcoder can not read the file: replace it or upload a proxy; a restart alone fails again',
  ],
  [/checksum/i, 'the copy is damaged: restart it, and check the storage if it fails again'],
  [/speech|language/i, 'nothing to transcribe or the wrong language: listen, then choose a language or leave it'],
  [/time[d]? ?out|connection|unavailable|\b50\d\b/i, 'passes by itself more often than not: restart them'],
];

const BY_KIND: Readonly<Record<Kind, string>> = {
  failed: 'look at the oldest job in Iconik, then restart them there',
  blocked: 'remove what they wait for; they then go on by themselves',
  stuck: 'abort and restart them in Iconik: nothing has moved for hours',
  paused: 'resume them in Iconik if nobody needs the pause',
  waiting: 'nothing: they wait for their turn',
  running: 'nothing: they move',
  ended: 'nothing',
};

/** The next thing to do, in words: by what the reason says, else by the state. */
export function nextFor({ kind, cause: { reason } }: Group): string {
  const known = ['failed', 'blocked'].includes(kind) && NEXT.find(([words]) => words.test(reason ?? ''))?.[1];
  return known || BY_KIND[kind];
}
