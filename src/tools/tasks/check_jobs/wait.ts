import { countFittingLines } from '../../../text/tokens.ts';
import { pause } from '../../run/pause.ts';
import type { Context } from '../../types.ts';
import { ENDED, FAILED, type Job, jobsOf, keepJobs, titlesOf } from './list.ts';
import { jobLine } from './report.ts';

/** Milliseconds between two looks, at first and at most; and what is kept for the answer. */
const FIRST = 250;
const LONGEST = 4_000;
const KEPT = 1_000;
/** Lines of one list, and their tokens. */
const LINES = 20;
const TOKENS = 2_000;

const isOver = ({ status = '' }: Job): boolean => [...ENDED, ...FAILED].includes(status);

/** Waits until all of these jobs are over, or the time for the answer is, and says what became of them. */
export async function waitFor(context: Context, ids: readonly string[]) {
  const over = new Map<string, Job>();
  let open: readonly Job[] = [];
  let unknown: readonly string[] = [];
  for (let wait = FIRST; ; wait = Math.min(LONGEST, wait * 1.5)) {
    const asked = ids.filter((id) => !over.has(id));
    const found = await jobsOf(context, asked);
    for (const job of found) if (job.id && isOver(job)) over.set(job.id, job);
    open = found.filter((job) => !isOver(job));
    const known = new Set(found.map(({ id }) => id));
    unknown = asked.filter((id) => !known.has(id));
    context.progress(over.size, ids.length, 'done');
    if (open.length === 0 || context.timeLeft() < wait + KEPT) break;
    await pause(wait, context.signal);
  }
  const now = Date.now();
  const ended = [...over.values()];
  const failed = ended.filter(({ status = '' }) => FAILED.includes(status));
  const unusual = ended.filter(({ status = '' }) => ['ABORTED', 'SKIPPED', 'FINISHED_WITH_WARNING'].includes(status));
  const titles = await titlesOf(context, [...failed, ...unusual, ...open.slice(0, LINES)]);
  const lines = (list: readonly Job[]) => {
    const all = list.slice(0, LINES).map((job) => jobLine(job, titles, now));
    return all.slice(0, countFittingLines(all, 0, TOKENS));
  };
  const shown = { failed: lines(failed), open: lines(open) };
  const finished = ended.filter(({ status = '' }) => status.startsWith('FINISHED')).length;
  const again = open.length === 0 ? '' : ids.length === 1 ? ids[0] : keepJobs(context, ids);
  const notes = [
    ...(open.length > 0 ? [`${open.length} of ${ids.length} still run: call again with wait_for ["${again}"].`] : []),
    ...(open.length > shown.open.length ? [`${shown.open.length} of them are shown.`] : []),
    ...(failed.length > shown.failed.length
      ? [`${shown.failed.length} of ${failed.length} failed ones are shown.`]
      : []),
    ...(unknown.length > 0 ? [`No such job, or not to be seen: ${unknown.slice(0, 10).join(', ')}.`] : []),
    ...lines(unusual).map((line) => `Ended otherwise: ${line}`),
  ];
  return {
    total: ids.length,
    done: finished,
    ...(failed.length > 0 && { failed: shown.failed }),
    ...(open.length > 0 && { still_running: shown.open }),
    ...(notes.length > 0 && { notes }),
  };
}
