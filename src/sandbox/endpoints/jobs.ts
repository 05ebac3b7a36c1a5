import {
  between,
  dateTime,
  defaulting,
  flag,
  freeObject,
  listOf,
  nullable,
  objectOf,
  oneOf,
  pageQuery,
  readOnly,
  required,
  scrollQuery,
  text,
  uuid,
  whole,
} from '../fields.ts';
import { pageOf, valueAt } from '../paging.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../types.ts';
import { isRow, partsOf } from '../values.ts';
import { blankJob, created, noContent, ok, rowOr404 } from './common.ts';
import { editStep, milestones, setPriority, setState, step } from './job_control.ts';

const LIST = '/API/jobs/v1/jobs/';
const ONE = `${LIST}{job_id}/`;

const types =
  'MEDIAINFO TRANSCODE KEYFRAMES EXPORT DELETE REINDEX MOVE TRANSFER ANALYZE METADATA CUSTOM SCAN ARCHIVE RESTORE ' +
  'RESTORE_FROM_GLACIER ACL COPY TRANSCRIPTION REQUEST_COLLECTION_MAP COLLECTION_CUSTOM_ORDER ' +
  'STORAGE_GATEWAY_FILE_INGEST MARK_MISSING FACE_RECOGNITION SET_APPROVAL REQUEST_APPROVAL CHANGE_PERSON ' +
  'CONFIRM_PERSON DELETE_PERSON AUTOMATION REVIEW_REQUEST CONVERT_SAVED_SEARCH_TO_COLLECTION DELETE_JOBS EDIT_JOBS ' +
  'METADATA_FILLING PUBLISH';
const statuses =
  'READY STARTED FINISHED FINISHED_WITH_WARNING FAILED WAITING ABORT_PENDING ABORTED SKIPPED PAUSED ' +
  'DISCARDED PENDING_USER';
const action = objectOf({ url: text, bulk: flag });

const body: Fields = {
  action_context: objectOf({ ABORT: action, CHANGE_PRIORITY: action, PAUSE: action, RESTART: action, RESUME: action }),
  children_progress: readOnly(freeObject),
  completed_at: dateTime,
  created_by: readOnly(uuid),
  custom_type: nullable(text),
  date_created: readOnly(dateTime),
  date_modified: readOnly(dateTime),
  error_message: text,
  has_children: flag,
  id: readOnly(uuid),
  job_context: freeObject,
  message: text,
  metadata: freeObject,
  object_id: nullable(uuid),
  object_type: nullable(text),
  parent_id: nullable(uuid),
  priority: readOnly(between(1, 10)),
  progress: readOnly(whole),
  progress_processed: whole,
  progress_total: whole,
  related_objects: listOf(objectOf({ object_id: required(uuid), object_type: required(text) }), { minItems: 1 }),
  started_at: dateTime,
  status: required(oneOf(...statuses.split(' '))),
  steps: readOnly(listOf(freeObject)),
  title: required(text),
  type: required(oneOf(...types.split(' '))),
};
const jobIds = required(listOf(uuid, { minItems: 1, maxItems: 500 }));

/** A job with its progress, computed from the processed units; a finished job is at 100. */
function show(job: Row): Row {
  const { progress_processed: processed, progress_total: total, status } = job;
  const counted = typeof processed === 'number' && typeof total === 'number' && total > 0;
  const done = status === 'FINISHED' || status === 'FINISHED_WITH_WARNING';
  const progress = done ? 100 : counted ? Math.min(100, Math.floor((100 * processed) / total)) : (job.progress ?? 0);
  return { ...job, progress };
}

const jobOf = ({ store, path }: Call): Row => rowOr404(store.jobs, path.job_id, 'Job');

function list(call: Call): Reply {
  const { query, index } = call;
  const ids = partsOf(query.ids);
  const words = typeof query.query === 'string' ? query.query.toLowerCase() : '';
  const hasFields = withTheFields(query);
  const equal = ['type', 'object_type', 'parent_id', 'object_id', 'status', 'created_by', 'metadata.automation_id'];
  const rows = index.jobs.list(
    (job) =>
      (ids.length === 0 || ids.includes(String(job.id))) &&
      equal.every((name) => query[name] === undefined || partsOf(query[name]).includes(String(valueAt(job, name)))) &&
      within(job.date_created, query.date_created) &&
      within(job.date_modified, query.date_modified) &&
      hasFields(job) &&
      `${job.title} ${job.message ?? ''}`.toLowerCase().includes(words.replaceAll('*', '')),
  );
  const newestFirst = { ...call, query: { ...query, sort: query.sort ?? 'date_created,desc' } };
  return ok({ ...pageOf(rows.map(show), newestFirst), facets: query.facets === false ? {} : facetsOf(rows) });
}

/** Tests for the field names in `_exists_` and `_missing_`, separated by commas; any other form is a Refusal (400). */
export function withTheFields(query: Row): (row: Row) => boolean {
  const namesIn = (parameter: string): string[] => {
    const names = partsOf(query[parameter]);
    const wrong = names.find((name) => !/^\w+(\.\w+)*$/.test(name));
    if (wrong !== undefined) throw new Refusal(400, { [parameter]: `Not a field name: ${wrong}` });
    return names;
  };
  const [present, absent] = [namesIn('_exists_'), namesIn('_missing_')];
  const has = (row: Row, name: string): boolean => valueAt(row, name) != null;
  return (row) => present.every((name) => has(row, name)) && !absent.some((name) => has(row, name));
}

/** Whether a date is in the range `from;to`; each is a date, milliseconds since 1970, or `*` for open. */
export function within(value: unknown, range: unknown): boolean {
  if (typeof range !== 'string') return true;
  const [from = '*', to = '*'] = range.split(';');
  const at = Date.parse(String(value));
  const moment = (word: string, open: number): number =>
    word === '*' || word === '' ? open : /^\d{9,}$/.test(word) ? Number(word) : Date.parse(word);
  return at >= moment(from, -Infinity) && at <= moment(to, Infinity);
}

function facetsOf(rows: readonly Row[]): Row {
  const count = (name: string): Row => {
    const counts: Record<string, number> = {};
    for (const row of rows) counts[String(row[name])] = (counts[String(row[name])] ?? 0) + 1;
    return { buckets: Object.entries(counts).map(([key, doc_count]) => ({ key, doc_count })) };
  };
  return { type: count('type'), status: count('status') };
}

function create({ store, user, body: given }: Call): Reply {
  const date = store.now();
  const job = store.jobs.insert({
    id: store.newId(),
    ...blankJob,
    priority: 5,
    progress: 0,
    has_children: false,
    related_objects: [],
    steps: [],
    created_by: user.id,
    date_created: date,
    date_modified: date,
    ...given,
    ...milestones(date, {}, given),
  });
  return created(show(job));
}

function edit(call: Call): Reply {
  const { store, query } = call;
  const job = jobOf(call);
  const changes = { ...call.body, ...milestones(store.now(), job, call.body) };
  if (String(query.merge_metadata).toLowerCase() === 'true' && isRow(job.metadata) && isRow(changes.metadata)) {
    changes.metadata = { ...job.metadata, ...changes.metadata };
  }
  return ok(show(store.jobs.update(String(job.id), changes)));
}

const merge = { merge_metadata: text };
const roles = ['can_write_jobs'];
const filters =
  'aggregations type object_type parent_id object_id status created_by date_created date_modified query ids';

export const jobEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${LIST}`,
    roles: ['can_read_jobs'],
    query: {
      ...pageQuery,
      per_page: defaulting(between(1, 100), 10),
      ...scrollQuery,
      facets: defaulting(flag, true),
      ...Object.fromEntries(
        [...filters.split(' '), 'metadata.automation_id', '_missing_', '_exists_'].map((name) => [name, text]),
      ),
    },
    handle: list,
  },
  { route: `POST ${LIST}`, roles, body, handle: create },
  { route: `GET ${ONE}`, roles: ['can_read_jobs'], handle: (call) => ok(show(jobOf(call))) },
  { route: `PUT ${ONE}`, roles, query: merge, body, handle: edit },
  { route: `PATCH ${ONE}`, roles, query: merge, body, partial: true, handle: edit },
  {
    route: `DELETE ${ONE}`,
    roles: ['can_delete_jobs'],
    handle(call) {
      call.store.jobs.remove(String(jobOf(call).id));
      return noContent;
    },
  },
  {
    route: `PUT ${LIST}state/`,
    roles,
    body: { action: required(oneOf('PAUSE', 'RESUME', 'ABORT', 'RESTART')), job_ids: jobIds },
    handle: setState,
  },
  {
    route: `PUT ${LIST}priority/`,
    roles,
    body: { job_ids: jobIds, priority: required(between(1, 10)) },
    handle: setPriority,
  },
  {
    route: `PATCH ${ONE}steps/{job_step_id}/`,
    roles,
    body: step,
    partial: true,
    handle: (call) => ok(show(editStep(call))),
  },
];
