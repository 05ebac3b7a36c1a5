import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { oneLine } from '../../text/quote.ts';
import { operation, toolset } from '../define.ts';
import { reasonOf } from '../errors.ts';
import { integer, strings, text, uuids } from '../params.ts';
import type { Context, Planned } from '../types.ts';
import { jobs } from './jobs.ts';

const jobIds = uuids('Job ids, 1 to 500.').min(1).max(500);

/** Jobs that a preview shows. */
const MAX_SHOWN = 40;
/** Characters of a title in a line. */
const MAX_TITLE_LENGTH = 150;

/** Shows a change of several jobs before it is made; a change of one job is made at once. */
async function planFor(
  change: string,
  { job_ids }: { readonly job_ids: readonly string[] },
  context: Context,
): Promise<Planned> {
  const ids = [...new Set(job_ids)];
  if (ids.length === 1) {
    return { preview: { summary: '', affected: [] }, plan: undefined, skipConfirm: true, touches: ids };
  }
  const shown = ids.slice(0, MAX_SHOWN);
  const { lines, notes } = await jobLines(shown, context);
  const more = ids.length > shown.length ? [`and ${ids.length - shown.length} more`] : [];
  const summary = `${change} ${plural(ids.length, 'job')}.`;
  return { preview: { summary, affected: [...lines, ...more], notes }, plan: undefined, touches: ids };
}

/** `Deliver Matchday 12 · TRANSFER · STARTED · id`; the id alone of a job that cannot be read. */
async function jobLines(ids: readonly string[], { use, signal }: Context) {
  try {
    const { objects } = await use(jobs.tools.list_jobs, { ids: [...ids], per_page: MAX_SHOWN });
    const known = new Map(objects.map((job) => [job.id, job]));
    const lines = ids.map((id) => {
      const { title, type, status } = known.get(id) ?? {};
      return [title && oneLine(title, MAX_TITLE_LENGTH), type, status, id].filter(Boolean).join(' · ');
    });
    return { lines, notes: [] };
  } catch (error) {
    if (signal.aborted) throw error;
    return { lines: [...ids], notes: [`The jobs could not be read: ${reasonOf(error)}`] };
  }
}

const VERBS = { ABORT: 'Aborts', PAUSE: 'Pauses', RESUME: 'Resumes', RESTART: 'Restarts' } as const;

/** What makes jobs go on, stop or come first. A job record of one's own is changed with `update_job`. */
export const jobControl = toolset({
  name: 'job_control',
  description: 'Abort, pause, resume, restart and prioritise jobs.',
  tools: {
    set_job_state: operation({
      title: 'Abort, pause or restart jobs',
      description:
        'Abort, pause, resume or restart (retry) up to 500 jobs at once. Iconik acts on it in the background: check the jobs again for their new state. Jobs that have ended can only be restarted.',
      prefer: ['check_jobs', 'To see which jobs are stuck or failed'],
      effect: 'update',
      idempotent: false,
      listed: 'chosen',
      roles: ['can_write_jobs'],
      route: 'PUT /jobs/v1/jobs/state/',
      input: {
        job_ids: jobIds,
        action: z.enum(['ABORT', 'PAUSE', 'RESUME', 'RESTART']).describe('RESTART: try failed jobs again.'),
      },
      output: { action: text, job_ids: strings },
      preview: (args, context) => planFor(VERBS[args.action], args, context),
      shape: (_, { action, job_ids }) => ({ action, job_ids }),
    }),

    set_job_priority: operation({
      title: 'Set the priority of jobs',
      description:
        'Set the priority of up to 500 waiting jobs, 1 to 10: jobs with a higher number run first. Jobs that run already are not affected.',
      prefer: ['check_jobs', 'To see what is waiting'],
      effect: 'update',
      listed: 'chosen',
      roles: ['can_write_jobs'],
      route: 'PUT /jobs/v1/jobs/priority/',
      input: { job_ids: jobIds, priority: z.int().min(1).max(10).describe('1 to 10; jobs start with 5.') },
      output: { priority: integer, job_ids: strings },
      preview: (args, context) => planFor(`Sets priority ${args.priority} of`, args, context),
    }),
  },
});
