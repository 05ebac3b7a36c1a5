import type * as z from 'zod';
import { ToolError } from '../../errors.ts';
import { readReference } from '../../library/names.ts';
import { all } from '../../library/search.ts';
import { jobs } from '../../operations/jobs.ts';
import { forgiving } from '../../run/partial.ts';
import type { Context } from '../../types.ts';

const { list_jobs } = jobs.tools;
export type Job = z.output<typeof list_jobs.output>['objects'][number];

export const RUNNING = ['STARTED', 'ABORT_PENDING'];
export const WAITING = ['WAITING', 'READY', 'PAUSED'];
export const FAILED = ['FAILED'];
export const ENDED = ['FINISHED', 'FINISHED_WITH_WARNING', 'ABORTED', 'SKIPPED'];

/** Jobs a page, Iconik's most, and pages of one state: beyond that, groups come from the newest. */
const PAGE = 100;
const PAGES = 20;

export interface Filter {
  readonly type?: string | undefined;
  readonly object_id?: string | undefined;
  /** ISO 8601: only what has changed since. */
  readonly since?: string | undefined;
}

export interface Listed {
  readonly jobs: readonly Job[];
  readonly total: number;
}

/** All jobs of a state, newest first, page by page as long as there is time (`GET /jobs/v1/jobs/`). */
export async function listJobs(
  context: Context,
  status: string,
  { type, object_id, since }: Filter,
  pages = PAGES,
): Promise<Listed> {
  const found = new Map<string, Job>();
  let total = 0;
  for (let page = 1; page <= pages && (page === 1 || context.timeLeft() > 3_000); page += 1) {
    const answer = await context.use(list_jobs, {
      status,
      ...(type && { type }),
      ...(object_id && { object_id }),
      ...(since && { date_modified: `${since};*` }),
      sort: 'date_created,desc',
      page,
      per_page: PAGE,
    });
    for (const job of answer.objects) if (job.id) found.set(job.id, job);
    total = answer.total ?? found.size;
    if (answer.objects.length < PAGE || found.size >= total) break;
  }
  return { jobs: [...found.values()], total };
}

/** The types of the latest jobs. */
export async function typesOf(context: Context): Promise<string[]> {
  const { objects } = await context.use(list_jobs, { sort: 'date_created,desc', page: 1, per_page: PAGE });
  return [...new Set(objects.flatMap(({ type }) => (type ? [type] : [])))].sort();
}

/** The jobs of these ids; what is unknown is left out. */
export async function jobsOf(context: Context, ids: readonly string[]): Promise<Job[]> {
  const pages = Array.from({ length: Math.ceil(ids.length / 50) }, (_, n) => ids.slice(n * 50, n * 50 + 50));
  const answers = await Promise.all(
    pages.map((some) => context.use(list_jobs, { ids: some, per_page: PAGE, sort: 'date_created,desc' })),
  );
  return answers.flatMap(({ objects }) => objects);
}

/** Jobs that a task has started, under a handle that check_jobs takes. */
export const keepJobs = (context: Context, ids: readonly string[]): string => context.shelf.keep('run', { jobs: ids });

/** Ids of jobs, from ids and handles. Throws `ToolError` for what is neither. */
export function jobIds(context: Context, given: readonly string[]): string[] {
  const ids = given.flatMap((word) => {
    const kept = context.shelf.get(word.trim());
    if (kept && typeof kept === 'object' && 'jobs' in kept) return kept.jobs as readonly string[];
    const reference = readReference(word);
    if (reference.by === 'id') return [reference.id];
    throw new ToolError(
      `wait_for: "${word}" is neither the id of a job nor a handle that is still known. check_jobs without wait_for lists jobs with their ids.`,
    );
  });
  return [...new Set(ids)];
}

/** The titles of the assets that jobs are about; what is hidden or gone is left out. */
export async function titlesOf(context: Context, list: readonly Job[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(list.flatMap(({ object_id }) => (object_id ? [object_id] : [])))];
  if (ids.length === 0) return new Map();
  // A job has a title of its own, which does for those who may not search.
  const search = all(context, { doc_types: ['assets'], terms: [{ name: 'id', value_in: ids }] }, ['title']);
  const docs = (await forgiving(context, [], 'titles', search)) ?? [];
  return new Map(docs.flatMap(({ id, title }) => (id && title ? [[id, title] as const] : [])));
}
