import { plural } from '../../../text/english.ts';
import { reasonOf, ToolError } from '../../errors.ts';
import { listJobs } from '../../library/jobs/list.ts';
import { type Field, findField } from '../../library/metadata/fields.ts';
import { byCollection, COLLECTIONS } from '../../library/plans/by_collection.ts';
import { refusalNote } from '../../library/plans/refusals.ts';
import { labelOf, namesLine } from '../../library/plans/titles.ts';
import { documentsOf } from '../../library/selection.ts';
import { ownWrites, type Place, rememberWrite } from '../../operations/own_writes.ts';
import { proposals } from '../../operations/proposals.ts';
import type { Context } from '../../types.ts';

/** Assets in one call, and lines of a plan. */
const MAX_FILLED = 500;
const MAX_LINES = 50;

interface Targets {
  readonly assets?: readonly string[] | undefined;
  readonly selection?: string | undefined;
  readonly collection?: string | undefined;
}

export interface FillingPlan {
  readonly kind: 'filling';
  readonly ids: readonly string[];
  readonly fields: readonly Pick<Field, 'view_id' | 'name' | 'label'>[];
}

/** For which assets AI would be asked. Those with a proposal that waits are left out: asking twice would cost twice. */
export async function fillingOf(context: Context, targets: Targets, labels: readonly string[]) {
  const fields = await Promise.all(labels.map((label) => findField(context, label)));
  const closed = fields.filter((one) => one.read_only).map(({ label }) => label);
  if (closed.length > 0) throw new ToolError(`fill: ${namesLine(closed)} cannot be written. Nothing was started.`);
  const found = await documentsOf(context, targets, ['permissions', COLLECTIONS]);
  if (found.docs.length > MAX_FILLED)
    throw new ToolError(`${found.docs.length} assets, at most ${MAX_FILLED} in one call: narrow. Nothing was started.`);
  const busy = await assetsBusy(context);
  const wanted = found.docs.filter(({ id = '' }) => !busy.has(id));
  const lines = wanted.slice(0, MAX_LINES).map(labelOf);
  const plan: FillingPlan = {
    kind: 'filling',
    ids: wanted.flatMap(({ id }) => id ?? []),
    fields: fields.map(({ view_id, name, label }) => ({ view_id, name, label })),
  };
  return {
    plan,
    preview: {
      summary:
        wanted.length === 0
          ? 'Nothing to ask the AI for.'
          : `Sends ${plural(wanted.length, 'asset')} to Iconik's AI, which is paid with credits, to propose ${fields.map(({ label }) => label).join(', ')}. Nothing is written before somebody accepts it.`,
      affected: lines,
      notes: [
        ...found.notes,
        ...(wanted.length < found.docs.length
          ? [`Skipped, as the AI is at work or its proposal waits: ${found.docs.length - wanted.length}.`]
          : []),
        ...(lines.length < wanted.length ? [`Showing ${lines.length} of ${wanted.length}.`] : []),
        ...(await byCollection(context, found.docs, wanted)),
        ...refusalNote(wanted, 'write'),
      ],
    },
  };
}

/** States of a job that has not come to its end. */
const OPEN = ['PENDING_USER', 'STARTED', 'READY', 'WAITING'];
const ASKED: Place<{ readonly id: string }> = { key: 'assets for which AI was asked' };

/** Assets for which AI was asked and nothing is decided: by their jobs, and by what was asked in the last minutes. */
async function assetsBusy(context: Context): Promise<ReadonlySet<string>> {
  const lists = await Promise.all(OPEN.map((state) => listJobs(context, state, { type: 'METADATA_FILLING' })));
  const known = lists.flatMap(({ jobs }) => jobs.flatMap(({ object_id }) => object_id ?? []));
  return new Set([...known, ...ownWrites(context, ASKED).keys()]);
}

/** Asks for the fields of each view in one request. */
export async function startFilling(context: Context, { ids, fields }: FillingPlan) {
  const views = [...new Set(fields.map(({ view_id }) => view_id))];
  const failed: string[] = [];
  for (const view_id of ids.length > 0 ? views : []) {
    const own = fields.filter((one) => one.view_id === view_id);
    const asked = { view_id, field_names: own.map(({ name }) => name) };
    try {
      const objects = { object_type: 'assets' as const, object_ids: [...ids] };
      await context.use(proposals.tools.fill_metadata, { ...objects, ...asked });
      for (const id of ids) rememberWrite(context, ASKED, id, { id });
    } catch (error) {
      if (context.signal.aborted) throw error;
      failed.push(`${own.map(({ label }) => label).join(', ')}: ${reasonOf(error)}`);
    }
  }
  const isAny = ids.length > 0 && failed.length < views.length;
  return {
    started: isAny ? ids.length : 0,
    ...(failed.length > 0 && { failed }),
    notes: [
      isAny
        ? 'Iconik took it and works in the background: check_jobs with type METADATA_FILLING shows it while it runs, then read_metadata with proposed: true lists the proposals.'
        : 'Nothing was started.',
    ],
  };
}
