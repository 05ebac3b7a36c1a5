import { plural } from '../../../text/english.ts';
import { statusOf } from '../../errors.ts';
import type { HandleKind } from '../../handles.ts';
import { titlesOf } from '../../library/plans/titles.ts';
import { undoCall } from '../../library/plans/undo_call.ts';
import { assets } from '../../operations/assets.ts';
import { each } from '../../run/each.ts';
import type { Context, Planned } from '../../types.ts';
import { changes, FIELDS, type Item, undoOf } from './plan.ts';
import { backPlan } from './preview.ts';

/** What one call changed, with what was before. */
const RUNS: HandleKind<readonly Item[]> = {
  prefix: 'run',
  noun: 'what a call changed of titles, categories and places',
  argument: 'undo',
  renew: 'edit_assets takes the handle of its own answer, for a day. Else set the old values of the plan.',
};

/** For the answer: the call that takes it back. Of one asset it is whole; of several it is a handle. */
export function undoNotes(context: Context, items: readonly Item[], verified: readonly Item[]): string[] {
  const whole = items.length === 1 ? verified.flatMap(undoOf) : [];
  if (whole.length > 0 || verified.length === 0) return whole;
  return [
    ...undoCall('edit_assets', { undo: context.handles.keep(RUNS, items) }),
    'Good for a day; what others change meanwhile stays.',
  ];
}

/** Plans to set back what an earlier call changed and nobody has changed since. */
export async function planUndo(context: Context, handle: string): Promise<Planned<readonly Item[]>> {
  const written = context.handles.get(RUNS, handle);
  const { done, failed } = await each(written, context, (item) => backTo(context, item), { untimed: true });
  const other = failed.find(({ error }) => statusOf(error) !== 404);
  if (other) throw other.error;
  const read = done.map(({ result }) => result);
  const items = read.flatMap(({ item }) => (item && changes(item) > 0 ? [item] : []));
  const gone = [...failed.map(({ item }) => item), ...read.flatMap(({ gone }) => gone ?? [])];
  const kept = read.flatMap(({ item, kept = [] }) => (item && kept.length > 0 ? [item] : []));
  const already = read.filter(({ item, kept = [] }) => item && changes(item) + kept.length === 0).length;
  const summary =
    items.length === 0
      ? 'Nothing to set back.'
      : `Undoes ${handle}, a call of edit_assets: sets back ${items.length} of ${plural(written.length, 'asset')}.`;
  return backPlan(items, summary, [
    ...(already > 0 ? [`${already} of ${plural(written.length, 'asset')} are as before already.`] : []),
    ...(kept.length > 0 ? [`Left alone, changed since: ${titlesOf(kept)}.`] : []),
    ...(gone.length > 0 ? [`${gone.length} in the recycle bin or gone, left out: ${titlesOf(gone)}.`] : []),
  ]);
}

interface Judged {
  /** What sets the asset back. */
  readonly item?: Item;
  /** Fields that hold neither what was written nor what was before. */
  readonly kept?: readonly string[];
  readonly gone?: Item;
}

async function backTo({ use }: Context, written: Item): Promise<Judged> {
  const now = await use(assets.tools.get_asset, { asset_id: written.id, include_collections: true });
  if (now.status === 'DELETED') return { gone: written };
  const { title = written.title, in_collections: places = [] } = now;
  const old: Item['old'] = {
    title,
    ...(now.category && { category: now.category }),
    ...(now.external_id && { external_id: now.external_id }),
  };
  const changed = FIELDS.filter((name) => written.fields[name] !== undefined);
  const before = (name: (typeof FIELDS)[number]): string => written.old[name] ?? '';
  const open = changed.filter((name) => (old[name] ?? '') !== before(name));
  const back = open.filter((name) => (old[name] ?? '') === written.fields[name]);
  return {
    item: {
      id: written.id,
      title,
      apart: written.apart,
      old,
      fields: Object.fromEntries(back.map((name) => [name, before(name)])),
      add: written.remove.filter(({ id }) => !places.includes(id)),
      remove: written.add.filter(({ id }) => places.includes(id)),
    },
    kept: open.filter((name) => !back.includes(name)),
  };
}
