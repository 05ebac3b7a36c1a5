import { plural } from '../../../text/english.ts';
import { reasonOf, statusOf } from '../../errors.ts';
import { integer, strings, text } from '../../params.ts';
import { batches, each } from '../../run/each.ts';
import { outOfTime } from '../../run/notes.ts';
import type { Context } from '../../types.ts';
import { keepWritten } from '../kept_selections.ts';
import { keepJobs } from './list.ts';

/** What Iconik answers to a request that starts a job. */
interface StartedJob {
  readonly id?: string | undefined;
  readonly job_id?: string | undefined;
}

export interface Started {
  /** Ids of the assets whose work was started. */
  readonly ids: readonly string[];
  readonly jobs: readonly string[];
  /** For check_jobs; absent where Iconik named no job. */
  readonly handle?: string;
  readonly failed: readonly { readonly count: number; readonly error: Error }[];
  readonly remaining: number;
}

/** Starts work on many assets, 500 a job. */
export async function startJobs(
  context: Context,
  ids: readonly string[],
  work: (some: readonly string[]) => Promise<StartedJob>,
): Promise<Started> {
  const { done, failed, rest } = await each(batches(ids), context, work);
  const jobs = done.flatMap(({ result }) => result.job_id ?? result.id ?? []);
  return {
    ids: done.flatMap(({ item }) => item),
    jobs,
    ...(jobs.length > 0 && { handle: keepJobs(context, jobs) }),
    failed: failed.map(({ item, error }) => ({ count: item.length, error })),
    remaining: rest.flat().length,
  };
}

/** Runs the operation of a newer description, and the one before it on systems that do not know it (404). */
export async function newestOf<T>(newer: () => Promise<T>, older: () => Promise<T>): Promise<T> {
  try {
    return await newer();
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    return older();
  }
}

/** What is not started where nothing is: there is no plan then that would have shown it. */
export interface Left {
  readonly reasons: readonly string[];
  /** Assets that are as they were to be. */
  readonly alreadyThere: number;
}

interface Words {
  /** The tool that started them, and the selection that the assets were found with. */
  readonly tool: string;
  readonly selection: string | undefined;
  readonly nothing: string;
  readonly left: Left;
  /** What check_jobs shows of the jobs: `says how far it is`. */
  readonly progress: string;
  /** The type of the jobs. */
  readonly type: 'ARCHIVE' | 'RESTORE' | 'EXPORT';
}

/** Keys of an answer about started jobs. */
export const startedOutput = {
  started: integer,
  already_there: integer,
  wait_for: text,
  failed: strings,
  remaining: integer,
  selection: text,
  notes: strings,
};

/** The answer once jobs are started. Keeps their assets as a selection. */
export function startedReport(
  context: Context,
  { ids, jobs, handle, failed, remaining }: Started,
  { tool, selection, nothing, left, progress, type }: Words,
) {
  const isNothing = ids.length + failed.length + remaining === 0;
  return {
    started: ids.length,
    ...(isNothing && { already_there: left.alreadyThere }),
    ...(handle && { wait_for: handle }),
    ...(failed.length > 0 && {
      failed: failed.map(({ count, error }) => `${plural(count, 'asset')}: ${reasonOf(error)}`),
    }),
    ...(remaining > 0 && { remaining }),
    ...keepWritten(context, tool, selection, ids),
    notes: [
      ...(isNothing ? [nothing, ...left.reasons] : []),
      ...(handle ? [`${plural(jobs.length, 'job')} at work: check_jobs with wait_for ["${handle}"] ${progress}.`] : []),
      ...(ids.length > 0 && !handle ? [`Iconik named no job: check_jobs with type ${type} lists it.`] : []),
      ...(remaining > 0 ? [outOfTime(remaining)] : []),
    ],
  };
}
