import type * as z from 'zod';
import { ToolError } from '../../errors.ts';
import { type HandleKind, isHandle } from '../../handles.ts';
import { JOB_STATES, jobs } from '../../operations/jobs.ts';
import { batches, each } from '../../run/each.ts';
import { pagesByNumber } from '../../run/pages.ts';
import { createReport } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import { readReference } from '../names.ts';
import { type Titled, toldApart } from '../plans/titles.ts';
import { all } from '../search.ts';

const { list_jobs } = jobs.tools;
export type Job = z.output<typeof list_jobs.output>['objects'][number];

export const { running: RUNNING, waiting: WAITING, undecided: UNDECIDED, failed: FAILED, ended: ENDED } = JOB_STATES;

/** Jobs per page: Iconik's maximum. */
const PAGE_SIZE = 100;
/** Pages per state; if there are more, only the newest jobs are grouped. */
const MAX_PAGES = 20;
/** Ids per request: they are part of the URL. */
const MAX_IDS = 50;

export interface Filter {
  readonly type?: string | undefined;
  readonly object_id?: string | undefined;
  /** ISO 8601: only jobs modified since. */
  readonly since?: string | undefined;
}

export interface Listed {
  readonly jobs: readonly Job[];
  readonly total: number;
}

/** Jobs in a state, newest first, page by page while there is time (`GET /jobs/v1/jobs/`). */
export async function listJobs(
  context: Context,
  status: string,
  { type, object_id, since }: Filter,
  pages = MAX_PAGES,
): Promise<Listed> {
  const filter = {
    status,
    ...(type && { type }),
    ...(object_id && { object_id }),
    ...(since && { date_modified: `${since};*` }),
    sort: 'date_created,desc',
  };
  const found = new Map<string, Job>();
  let total = 0;
  let read = 0;
  for await (const page of pagesByNumber((paging) => context.use(list_jobs, { ...filter, ...paging }), {
    size: PAGE_SIZE,
  })) {
    for (const job of page.objects) if (job.id) found.set(job.id, job);
    total = page.total ?? found.size;
    read += 1;
    if (read >= pages || context.timeLeft() <= 3_000) break;
  }
  return { jobs: [...found.values()], total };
}

/** The types of the latest jobs. */
export async function recentTypes(context: Context): Promise<string[]> {
  const { objects } = await context.use(list_jobs, { sort: 'date_created,desc', page: 1, per_page: PAGE_SIZE });
  return [...new Set(objects.flatMap(({ type }) => (type ? [type] : [])))].sort();
}

/** Jobs that the list lacks and that are read by id; others are unknown until the list shows them. */
const MAX_READ = 25;

/** The jobs with these ids; unknown ids are left out. Iconik's list is late: a job that it lacks is read by id. */
export async function jobsById(context: Context, ids: readonly string[]): Promise<Job[]> {
  const answers = await Promise.all(
    batches(ids, MAX_IDS).map((some) =>
      context.use(list_jobs, { ids: some, per_page: PAGE_SIZE, sort: 'date_created,desc' }),
    ),
  );
  const listed = answers.flatMap(({ objects }) => objects);
  const known = new Set(listed.map(({ id }) => id));
  const lacking = ids.filter((id) => !known.has(id)).slice(0, MAX_READ);
  const quiet = { ...context, progress: () => undefined };
  const { done } = await each(lacking, quiet, (job_id) => context.use(jobs.tools.get_job, { job_id }));
  return [...listed, ...done.map(({ result }) => result)];
}

const STARTED: HandleKind<readonly string[]> = {
  prefix: 'run',
  noun: 'a handle of started jobs',
  argument: 'wait_for',
  renew: 'Call check_jobs without wait_for to list jobs with their ids.',
};

/** Stores job ids under a handle that check_jobs accepts in wait_for. */
export const keepJobs = (context: Context, ids: readonly string[]): string => context.handles.keep(STARTED, ids);

/** Job ids from ids and handles. Throws `ToolError` for anything else. */
export function jobIds(context: Context, given: readonly string[], argument = STARTED.argument): string[] {
  const ids = given.flatMap((word) => {
    if (isHandle(word)) return context.handles.get(STARTED, word, argument);
    const reference = readReference(word);
    if (reference.by === 'id') return [reference.id];
    throw new ToolError(`${argument}: "${word}" is neither a job id nor a handle. ${STARTED.renew}`);
  });
  return [...new Set(ids)];
}

/** The assets of these jobs by id, told apart; hidden and deleted ones are left out. */
export async function assetTitles(context: Context, list: readonly Job[]): Promise<ReadonlyMap<string, Titled>> {
  const ids = [...new Set(list.flatMap(({ object_id }) => (object_id ? [object_id] : [])))];
  if (ids.length === 0) return new Map();
  // Without the right to search, the title of the job has to do.
  const search = all(context, { doc_types: ['assets'], terms: [{ name: 'id', value_in: ids }] }, [
    'title',
    'date_created',
  ]);
  const docs = (await createReport(context).part('titles', search)) ?? [];
  return new Map(toldApart(docs).flatMap((doc) => (doc.id && doc.title ? [[doc.id, doc] as const] : [])));
}
