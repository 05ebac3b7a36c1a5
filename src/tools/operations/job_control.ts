import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { integer, strings, text, uuids } from '../params.ts';

const jobIds = uuids('Job ids, 1 to 500.').min(1).max(500);

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
    }),
  },
});
