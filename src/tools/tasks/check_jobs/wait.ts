import { setTimeout as sleep } from 'node:timers/promises';
import { countFittingLines } from '../../../text/tokens.ts';
import { assetTitles, ENDED, FAILED, type Job, jobsById, keepJobs, UNDECIDED } from '../../library/jobs/list.ts';
import { showing } from '../../run/notes.ts';
import type { Context } from '../../types.ts';
import { jobLine } from './report.ts';

/** Milliseconds between two polls, at first and at most. */
const FIRST_WAIT_MS = 250;
const MAX_WAIT_MS = 4_000;
/** Milliseconds kept for the answer. */
const RESERVED_MS = 1_000;
const MAX_LINES_PER_LIST = 20;
const MAX_TOKENS_PER_LIST = 2_000;
const MAX_UNKNOWN_IDS = 10;

interface Polled {
  readonly ended: readonly Job[];
  readonly open: readonly Job[];
  /** Ids that Iconik does not list. */
  readonly unknown: readonly string[];
}

/** Waits until all of these jobs have ended or time is up, and reports their states. */
export async function waitForJobs(context: Context, ids: readonly string[]) {
  const { ended, open, unknown } = await pollUntilEnded(context, ids);
  const now = Date.now();
  const failed = ended.filter(({ status = '' }) => FAILED.includes(status));
  const aborted = ended.filter(({ status }) => status === 'ABORTED');
  const unclean = ended.filter(({ status = '' }) => ['SKIPPED', 'DISCARDED', 'FINISHED_WITH_WARNING'].includes(status));
  const titles = await assetTitles(context, [...failed, ...aborted, ...unclean, ...open.slice(0, MAX_LINES_PER_LIST)]);
  const linesOf = (jobs: readonly Job[]): string[] => {
    const lines = jobs.slice(0, MAX_LINES_PER_LIST).map((job) => jobLine(job, titles, now));
    return lines.slice(0, countFittingLines(lines, 0, MAX_TOKENS_PER_LIST));
  };
  const lines = { failed: linesOf(failed), open: linesOf(open) };
  const undecided = open.filter(isUndecided).length;
  const handle = open.length === 0 ? '' : ids.length === 1 ? ids[0] : keepJobs(context, ids);
  const notes = [
    ...(undecided > 0 ? [`${undecided} wait for a person to accept or discard what they propose.`] : []),
    ...(open.length > undecided
      ? [`${open.length} of ${ids.length} are not finished: call again with wait_for ["${handle}"].`]
      : []),
    ...(open.length > lines.open.length ? [`still_running: ${showing(lines.open.length, open.length)}`] : []),
    ...(failed.length > lines.failed.length ? [`failed: ${showing(lines.failed.length, failed.length)}`] : []),
    ...(unknown.length > 0
      ? [`These jobs do not exist or are not visible: ${unknown.slice(0, MAX_UNKNOWN_IDS).join(', ')}.`]
      : []),
    // What a step waited for is no reason any more.
    ...linesOf(aborted.map(({ steps: _, ...job }) => job)).map((line) => `Aborted, not failed: ${line}`),
    ...linesOf(unclean).map((line) => `Did not finish cleanly: ${line}`),
  ];
  return {
    total: ids.length,
    done: ended.filter(({ status = '' }) => status.startsWith('FINISHED')).length,
    ...(failed.length > 0 && { failed: lines.failed }),
    ...(open.length > 0 && { still_running: lines.open }),
    ...(notes.length > 0 && { notes }),
  };
}

/** Waiting does not help: a person has to decide. */
const isUndecided = ({ status = '' }: Job): boolean => UNDECIDED.includes(status);

const hasEnded = ({ status = '' }: Job): boolean => [...ENDED, ...FAILED].includes(status);

async function pollUntilEnded(context: Context, ids: readonly string[]): Promise<Polled> {
  const ended = new Map<string, Job>();
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(MAX_WAIT_MS, wait * 1.5)) {
    const pending = ids.filter((id) => !ended.has(id));
    const found = await jobsById(context, pending);
    for (const job of found) if (job.id && hasEnded(job)) ended.set(job.id, job);
    const open = found.filter((job) => !hasEnded(job));
    context.progress(ended.size, ids.length, 'done');
    if (open.every(isUndecided) || context.timeLeft() < wait + RESERVED_MS) {
      const known = new Set(found.map(({ id }) => id));
      return { ended: [...ended.values()], open, unknown: pending.filter((id) => !known.has(id)) };
    }
    await sleep(wait, undefined, { signal: context.signal });
  }
}
