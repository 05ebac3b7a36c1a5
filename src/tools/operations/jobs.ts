import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import {
  bareUuid,
  clear,
  dateTime,
  free,
  integer,
  jsonObject,
  listedAsPairs,
  page,
  paged,
  perPage,
  text,
  uuid,
  uuids,
} from '../params.ts';

export const jobAnswer = {
  id: text,
  title: text,
  type: text,
  custom_type: text,
  status: text,
  progress: integer,
  progress_processed: integer,
  progress_total: integer,
  message: text,
  error_message: text,
  object_type: text,
  object_id: text,
  related_objects: z.array(z.looseObject({ object_id: text, object_type: text })).optional(),
  parent_id: text,
  has_children: z.boolean().optional(),
  children_progress: free,
  steps: z.array(z.looseObject({ id: text, label: text, status: text, message: text, error_message: text })).optional(),
  priority: integer,
  metadata: free,
  action_context: free,
  created_by: text,
  date_created: text,
  date_modified: text,
  started_at: text,
  completed_at: text,
};

/** Answer to a request that starts background work. Iconik's description does not show it, so every field is optional. */
export const startedAnswer = { id: text, job_id: text, status: text };

const jobId = uuid('Job id.');

const title = z.string().min(1).describe('e.g. Deliver Matchday 12.');

const type = z
  .enum([
    'MEDIAINFO',
    'TRANSCODE',
    'KEYFRAMES',
    'EXPORT',
    'DELETE',
    'REINDEX',
    'MOVE',
    'TRANSFER',
    'ANALYZE',
    'METADATA',
    'CUSTOM',
    'SCAN',
    'ARCHIVE',
    'RESTORE',
    'RESTORE_FROM_GLACIER',
    'ACL',
    'COPY',
    'TRANSCRIPTION',
    'REQUEST_COLLECTION_MAP',
    'COLLECTION_CUSTOM_ORDER',
    'STORAGE_GATEWAY_FILE_INGEST',
    'MARK_MISSING',
    'FACE_RECOGNITION',
    'SET_APPROVAL',
    'REQUEST_APPROVAL',
    'CHANGE_PERSON',
    'CONFIRM_PERSON',
    'DELETE_PERSON',
    'AUTOMATION',
    'REVIEW_REQUEST',
    'CONVERT_SAVED_SEARCH_TO_COLLECTION',
  ])
  .describe('CUSTOM: work of your own.');

const jobStatus = z.enum([
  'READY',
  'STARTED',
  'FINISHED',
  'FINISHED_WITH_WARNING',
  'FAILED',
  'WAITING',
  'ABORT_PENDING',
  'ABORTED',
  'SKIPPED',
  'PAUSED',
]);
const status = jobStatus.describe('State.');

/** The states of jobs, and those that Iconik alone gives its own. */
const states = (...list: (z.infer<typeof jobStatus> | 'PENDING_USER' | 'DISCARDED')[]): readonly string[] => list;

/** The states of jobs in groups: each state is in one of them. */
export const JOB_STATES = {
  running: states('STARTED', 'ABORT_PENDING'),
  waiting: states('WAITING', 'READY', 'PAUSED'),
  /** A person has to decide before they go on. */
  undecided: states('PENDING_USER'),
  failed: states('FAILED'),
  ended: states('FINISHED', 'FINISHED_WITH_WARNING', 'ABORTED', 'SKIPPED', 'DISCARDED'),
};

const related = z.strictObject({
  object_id: bareUuid,
  object_type: z.string(),
});

const action = z.strictObject({ url: z.string().optional(), bulk: z.boolean().optional() });

const actionName = z.enum(['ABORT', 'CHANGE_PRIORITY', 'PAUSE', 'RESTART', 'RESUME']);

const actions = listedAsPairs(z.partialRecord(actionName, action), {
  key: 'action',
  item: action.extend({ action: actionName }),
});

const period = z.string().optional().describe('from;to as ISO 8601 or epoch milliseconds, * for open.');

/** Fields that both create_job and update_job write. */
const writableFields = {
  custom_type: z.string().optional().describe('Name of the CUSTOM type.'),
  object_type: z.string().optional().describe('e.g. assets.'),
  object_id: uuid('Object that the job is about.').optional(),
  related_objects: z.array(related).min(1).optional().describe('Further objects.'),
  parent_id: uuid('Parent job.').optional(),
  has_children: z.boolean().optional().describe('Has child jobs.'),
  progress_processed: z.int().optional().describe('Units done, e.g. 40.'),
  progress_total: z.int().optional().describe('Total units, e.g. 100.'),
  message: z.string().optional().describe('Status line people see.'),
  error_message: z.string().optional().describe('Why it failed.'),
  started_at: dateTime('Start.').optional(),
  completed_at: dateTime('End.').optional(),
  metadata: jsonObject.optional().describe('JSON object.'),
  job_context: jsonObject.optional().describe('JSON object.'),
  action_context: actions.optional().describe('Address that Iconik calls for each action.'),
};

export const jobs = toolset({
  name: 'jobs',
  description: 'Jobs: records of background work and its progress.',
  tools: {
    create_job: operation({
      title: 'Create a job record',
      description:
        'Register a job, which lets people follow work done outside Iconik; returns it with its id. The record only shows progress: it does not make Iconik transcode, transfer or do anything else. Report progress with update_job.',
      effect: 'create',
      roles: ['can_write_jobs'],
      route: 'POST /jobs/v1/jobs/',
      input: { title, type, status, ...writableFields },
      output: jobAnswer,
    }),

    update_job: operation({
      title: 'Update a job record',
      description:
        'Change fields of a job record; the other fields keep their values. Report progress as progress_processed of progress_total: Iconik computes the percentage (progress), which cannot be set. Updating the record does not start, stop or change the work.',
      prefer: ['check_jobs', 'To see what is running'],
      effect: 'update',
      roles: ['can_write_jobs'],
      route: 'PATCH /jobs/v1/jobs/{job_id}/{?merge_metadata}',
      input: {
        job_id: jobId,
        title: title.optional(),
        type: type.meta({ listed: z.string() }).optional().describe('As in create_job.'),
        status: status.optional(),
        ...writableFields,
        merge_metadata: z.boolean().optional().describe('Merge metadata instead of replacing it.'),
        clear: clear('custom_type', 'object_type', 'object_id', 'parent_id'),
      },
      output: jobAnswer,
    }),

    get_job: operation({
      title: 'Get a job record',
      description: 'One job with its steps and progress.',
      effect: 'read',
      listed: false,
      roles: ['can_read_jobs'],
      route: 'GET /jobs/v1/jobs/{job_id}/',
      input: { job_id: jobId },
      output: { ...jobAnswer, job_context: free },
    }),

    list_jobs: operation({
      title: 'List job records',
      description: 'Jobs by state, type, object or date.',
      effect: 'read',
      listed: false,
      roles: ['can_read_jobs'],
      route: 'GET /jobs/v1/jobs/',
      input: {
        ids: uuids('Only these.').optional(),
        status: z.string().optional().describe('One state.'),
        type: z.string().optional().describe('One type.'),
        object_type: z.string().optional().describe('e.g. assets.'),
        object_id: uuid('Object.').optional(),
        parent_id: uuid('Children of this one.').optional(),
        created_by: uuid('User.').optional(),
        date_created: period,
        date_modified: period,
        query: z.string().optional().describe('Text in any field; * is a wildcard.'),
        _missing_: z.string().optional().describe('parent_id: only jobs that have no parent.'),
        _exists_: z.string().optional().describe('e.g. error_message.'),
        sort: z.string().optional().describe('e.g. date_created,desc.'),
        facets: z.boolean().default(false).describe('Add counts.'),
        page,
        per_page: perPage(10, 100),
      },
      output: { ...paged(z.looseObject({ ...jobAnswer, storage_id: text, job_context: free })), facets: free },
    }),
  },
});
