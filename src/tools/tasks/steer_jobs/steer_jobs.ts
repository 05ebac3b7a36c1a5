import * as z from 'zod';
import { formatAge } from '../../../media/units.ts';
import { plural } from '../../../text/english.ts';
import { inQuotes, oneLine } from '../../../text/quote.ts';
import { task } from '../../define.ts';
import { reasonOf } from '../../errors.ts';
import { isHandle } from '../../handles.ts';
import { causeOf, createdLine, groupJobs, nextAction } from '../../library/jobs/groups.ts';
import { assetTitles, type Job, jobIds, jobsById, keepJobs } from '../../library/jobs/list.ts';
import { type Titled, titleOf } from '../../library/plans/titles.ts';
import { jobControl } from '../../operations/job_control.ts';
import { integer, strings, text } from '../../params.ts';
import { batches, each } from '../../run/each.ts';
import { outOfTime, showing } from '../../run/notes.ts';
import type { Context } from '../../types.ts';
import { ACTIONS, type Action, FIRST, fresh, inOrderOf, jobsMeant, oldestFirst, sorted } from './chosen.ts';

const MAX_LINES = 50;
const MAX_REASON_LENGTH = 120;
/** Causes for which a plan says what to do. */
const MAX_CAUSES = 5;
export const steer_jobs = task({
  title: 'Steer jobs',
  description:
    'Restart (retry) failed jobs, abort, pause or resume jobs, or put waiting ones first: a group of check_jobs by its handle, job ids, all of a cause or type, or the first N. Several, or an abort, return a plan first.',
  effect: 'update',
  idempotent: true,
  roles: ['can_write_jobs', 'can_read_jobs'],
  input: {
    action: z.enum(Object.keys(ACTIONS) as [Action, ...Action[]]).describe('first: before the others that wait.'),
    jobs: z.array(z.string().min(1)).min(1).optional().describe('Job ids, or handles.'),
    cause: z.string().min(1).optional().describe('Words of the reason or title, e.g. no space.'),
    type: z.string().min(1).optional().describe('e.g. transcodes.'),
    first: z.int().min(1).optional().describe('Oldest N.'),
  },
  output: {
    sent: integer,
    already_there: integer,
    wait_for: text,
    failed: strings,
    remaining: integer,
    notes: strings,
  },
  validate: ({ jobs, cause, type, first }) => {
    if (jobs && cause !== undefined) return 'jobs, cause: give exactly one of the two.';
    if (jobs && type !== undefined) return 'type: only without jobs. Leave it out.';
    const isMeant = [jobs, cause, type, first].some((one) => one !== undefined);
    return isMeant ? undefined : 'jobs, cause: give exactly one of the two, or type or first alone.';
  },
  preview: async ({ action, jobs: given, cause, type, first }, context) => {
    const ids = given ? jobIds(context, given, 'jobs') : undefined;
    const { listed, notes: scope } = ids
      ? { listed: await jobsById(context, ids), notes: [] }
      : await jobsMeant(context, action, cause, type);
    const isNamed = given !== undefined && !given.some(isHandle);
    const ordered = isNamed ? inOrderOf(given, listed) : oldestFirst(listed);
    const found = await fresh(context, ordered, first === undefined ? undefined : { action, count: first });
    const { fitting: all, notes: skipped } = sorted(found, action);
    const fitting = all.slice(0, first);
    const unknown = (ids ?? []).filter((id) => !found.some((job) => job.id === id));
    const titles = await assetTitles(context, fitting.slice(0, MAX_LINES));
    const plan = fitting.flatMap(({ id }) => id ?? []);
    const order = isNamed ? 'in their order' : 'the oldest';
    const notes = [
      ...(fitting.length < all.length
        ? [`first: ${first} → ${order} ${fitting.length} of ${all.length}; the others stay as they are.`]
        : []),
      ...skipped,
      ...(unknown.length > 0 ? [`Not found or not visible: ${unknown.slice(0, 10).join(', ')}.`] : []),
      ...scope,
    ];
    return {
      preview: {
        summary:
          plan.length === 0
            ? nothingToDo(found.length)
            : `${ACTIONS[action].verb} ${plural(plan.length, 'job')}.${action === 'abort' ? ' What they have done so far is lost; they can be restarted.' : ''}`,
        affected: fitting.slice(0, MAX_LINES).map((job) => lineOf(job, titles)),
        notes: [
          ...(action === 'restart' ? adviceFor(fitting) : []),
          ...notes,
          ...(plan.length > MAX_LINES ? [showing(MAX_LINES, plan.length)] : []),
        ],
      },
      plan: {
        ids: plan,
        known: found.length,
        notes: [...(plan.length === 0 ? [nothingToDo(found.length)] : []), ...notes],
      },
      touches: plan,
      // Without ids or a cause the choice is ours: a person sees it first.
      skipConfirm: plan.length === 0 || (plan.length === 1 && action !== 'abort' && (ids ?? cause) !== undefined),
    };
  },
  run: async (
    { action },
    context,
    {
      ids,
      known,
      notes,
    }: { readonly ids: readonly string[]; readonly known: number; readonly notes: readonly string[] },
  ) => {
    const { done, failed, rest } = await each(batches(ids), context, (some) => send(context, action, some));
    const sent = done.flatMap(({ item }) => item);
    const remaining = rest.flat().length;
    const handle = sent.length > 0 ? keepJobs(context, sent) : undefined;
    return {
      sent: sent.length,
      ...(ids.length === 0 && { already_there: known }),
      ...(handle && { wait_for: handle }),
      ...(failed.length > 0 && {
        failed: failed.map(({ item, error }) => `${plural(item.length, 'job')}: ${reasonOf(error)}`),
      }),
      ...(remaining > 0 && { remaining }),
      notes: [
        ...notes,
        ...(handle
          ? [`Iconik acts in the background: check_jobs with wait_for ["${handle}"] shows the new states.`]
          : []),
        ...(remaining > 0 ? [outOfTime(remaining)] : []),
      ],
    };
  },
});

/** What to do before a restart, the causes of most jobs first. */
function adviceFor(failed: readonly Job[]): string[] {
  const now = Date.now();
  return groupJobs(failed, now)
    .filter(({ cause }) => cause.reason !== undefined)
    .slice(0, MAX_CAUSES)
    .map((group) => {
      const reason = oneLine(group.cause.reason ?? '', MAX_REASON_LENGTH);
      return `${plural(group.jobs.length, 'job')} with ${inQuotes(reason)}: ${nextAction(group, now)}.`;
    });
}

const nothingToDo = (found: number): string =>
  found === 0 ? 'Nothing to do: no such job was found.' : 'Nothing to do: no job is in a state for it.';

async function send(context: Context, action: Action, job_ids: string[]): Promise<void> {
  const { set_job_state, set_job_priority } = jobControl.tools;
  const state = ACTIONS[action].action;
  if (state === undefined) await context.use(set_job_priority, { job_ids, priority: FIRST });
  else await context.use(set_job_state, { job_ids, action: state });
}

/** `FAILED TRANSCODE · "Matchday 12" · "No space left" · 2 d old · id`. */
function lineOf(job: Job, titles: ReadonlyMap<string, Titled>): string {
  const { status, type, custom_type, object_id, title, id, date_created } = job;
  const { reason } = causeOf(job);
  const at = Date.parse(date_created ?? '');
  return [
    `${status} ${custom_type ?? type ?? ''}`.trim(),
    titleOf(titles.get(object_id ?? '') ?? { id, title }),
    reason && `"${oneLine(reason, MAX_REASON_LENGTH)}"`,
    !Number.isNaN(at) && `${formatAge(Date.now() - at)} old`,
    createdLine([job], Date.now()),
    id,
  ]
    .filter(Boolean)
    .join(' · ');
}
