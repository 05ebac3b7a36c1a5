import { dateTime, nullable, oneOf, readOnly, required, text, uuid } from '../fields.ts';
import { type Call, type Fields, Refusal, type Reply, type Row } from '../types.ts';
import { rowsOf, textsOf } from '../values.ts';
import { BACKGROUND_MS, ok, rowOr404 } from './common.ts';

const FINAL_STATUSES = ['FINISHED', 'FINISHED_WITH_WARNING', 'FAILED', 'ABORTED', 'SKIPPED'];

/** The dates that a change of status sets. */
export function milestones(date: string, job: Row, changes: Row): Row {
  const status = String(changes.status);
  return {
    ...(status === 'STARTED' && !job.started_at && !changes.started_at && { started_at: date }),
    ...(FINAL_STATUSES.includes(status) && !changes.completed_at && { completed_at: date }),
  };
}

const OUTCOMES: Record<string, readonly [at: string, then: string]> = {
  PAUSE: ['PAUSED', 'PAUSED'],
  RESUME: ['STARTED', 'STARTED'],
  ABORT: ['ABORT_PENDING', 'ABORTED'],
  RESTART: ['READY', 'STARTED'],
};

/** Pauses, resumes, aborts or restarts jobs. */
export function setState({ store, body: { job_ids: ids, action: wanted } }: Call): Reply {
  const jobs = textsOf(ids).map((id) => rowOr404(store.jobs, id, 'Job'));
  const outcome = OUTCOMES[String(wanted)];
  if (!outcome) throw new Refusal(400, { action: `Not an action: ${wanted}` });
  const [now, then] = outcome;
  const changing = jobs.filter((job) => wanted === 'RESTART' || !FINAL_STATUSES.includes(String(job.status)));
  for (const job of changing) {
    const id = String(job.id);
    const restarted =
      wanted === 'RESTART' ? { progress: 0, progress_processed: 0, completed_at: null, error_message: null } : {};
    store.jobs.update(id, { status: now, ...restarted });
    if (now === then) continue;
    store.later(BACKGROUND_MS, () => {
      if (store.jobs.get(id)?.status !== now) return;
      store.jobs.update(id, { status: then, ...milestones(store.now(), {}, { status: then }) });
    });
  }
  return ok({});
}

export function setPriority({ store, body }: Call): Reply {
  const { job_ids: ids, priority } = body;
  const jobs = textsOf(ids).map((id) => rowOr404(store.jobs, id, 'Job'));
  for (const job of jobs) store.jobs.update(String(job.id), { priority });
  return ok(body);
}

const stepStatus = oneOf('IN_PROGRESS', 'WAITING', 'FAILED', 'DONE', 'SKIPPED');
export const step: Fields = {
  date_updated: readOnly(dateTime),
  error_message: nullable(text),
  id: uuid,
  label: required(text),
  message: nullable(text),
  status: required(stepStatus),
};

/** Edits one step of a job. */
export function editStep(call: Call): Row {
  const { store, path } = call;
  const job = rowOr404(store.jobs, path.job_id, 'Job');
  const steps = rowsOf(job.steps);
  if (!steps.some(({ id }) => id === path.job_step_id))
    throw new Refusal(400, `No step ${path.job_step_id} in this job`);
  const changed = { ...call.body, id: path.job_step_id, date_updated: store.now() };
  const next = steps.map((row) => (row.id === path.job_step_id ? { ...row, ...changed } : row));
  return store.jobs.update(String(job.id), { steps: next });
}
