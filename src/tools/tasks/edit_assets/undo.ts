import { plural } from '../../../text/english.ts';
import { statusOf } from '../../errors.ts';
import { EDIT_RUNS as RUNS } from '../../library/plans/edit_runs.ts';
import { keepRun, runsNamed } from '../../library/plans/own_runs.ts';
import { titlesOf } from '../../library/plans/titles.ts';
import { undoCall } from '../../library/plans/undo_call.ts';
import { each } from '../../run/each.ts';
import type { Context, Planned } from '../../types.ts';
import { type Item, undoOf } from './plan.ts';
import { backPlan } from './preview.ts';
import { ofOthers, setBack, stateOf } from './set_back.ts';

/** For the answer: the call that takes it back. Of one asset it is whole; of several it is a handle. */
export function undoNotes(context: Context, items: readonly Item[], verified: readonly Item[]): string[] {
  const whole = items.length === 1 ? verified.flatMap(undoOf) : [];
  if (verified.length === 0) return [];
  // The undo of an earlier run has to know of a single one, too.
  const undo = keepRun(context, RUNS, items);
  if (whole.length > 0) return whole;
  return [...undoCall('edit_assets', { undo }), 'Good for a day; what others change meanwhile stays.'];
}

/** Plans to set back what earlier calls changed and nobody has changed since, the latest first. */
export async function planUndo(context: Context, given: string): Promise<Planned<readonly Item[]>> {
  const runs = runsNamed(context, RUNS, given);
  const written = runs.flatMap(({ run }) => run);
  const all = [...new Map(written.map((one) => [one.id, one])).values()];
  const { done, failed } = await each(all, context, (item) => stateOf(context, item), { untimed: true });
  const other = failed.find(({ error }) => statusOf(error) !== 404);
  if (other) throw other.error;
  const now = new Map(done.flatMap(({ item, result }) => (result ? [[item.id, result] as const] : [])));
  const { items, kept } = setBack(written, now);
  const gone = all.filter(({ id }) => !now.has(id));
  const { others, own } = ofOthers(context, runs, kept);
  const open = new Set([...items, ...kept.map(({ item }) => item)].map(({ id }) => id));
  const already = all.filter(({ id }) => now.has(id) && !open.has(id)).length;
  const what = runs
    .map(({ handle, run: [first] }) => `${handle}, a call of ${first?.by ?? 'edit_assets'}`)
    .join(', and ');
  const summary =
    items.length === 0
      ? 'Nothing to set back.'
      : `Undoes ${what}: sets back ${items.length} of ${plural(all.length, 'asset')}.`;
  return backPlan(items, summary, [
    ...(already > 0 ? [`${already} of ${plural(all.length, 'asset')} are as before already.`] : []),
    ...own,
    ...(others.length > 0 ? [`Left alone, changed since: ${titlesOf(others)}.`] : []),
    ...(gone.length > 0 ? [`${gone.length} in the recycle bin or gone, left out: ${titlesOf(gone)}.`] : []),
  ]);
}
