import { plural } from '../../../text/english.ts';
import {
  after,
  type Change,
  type Changed,
  currentItems,
  holds,
  type Item,
  ONE_BY_ONE_LIMIT,
  readValues,
} from '../../library/metadata/change.ts';
import { planLines } from '../../library/metadata/change_line.ts';
import { type ValueSet, valueSets } from '../../library/metadata/value_sets.ts';
import { quotedValue, type Value } from '../../library/metadata/values.ts';
import { refusalNote } from '../../library/plans/refusals.ts';
import { type Titled, titleOf, titlesOf } from '../../library/plans/titles.ts';
import { staysFilled, staysFilledNotes, VALUE_RUNS, type ValueRun } from '../../library/plans/value_runs.ts';
import { ACTIVE, all, MAX_IDS } from '../../library/search.ts';

import { batches, each } from '../../run/each.ts';
import { showing } from '../../run/notes.ts';
import type { Context, Planned } from '../../types.ts';

/** What takes an earlier call back. */
export interface UndoPlan {
  readonly kind: 'undo';
  readonly changed: readonly Changed[];
  readonly sets: readonly ValueSet[];
}

/** Plans to set back what an earlier call wrote and nobody has changed since. */
export async function planUndo(context: Context, handle: string): Promise<Planned<UndoPlan>> {
  const run = context.handles.get(VALUE_RUNS, handle);
  const written = run.sets.flatMap(({ changes, items }) => items.map((item) => ({ ...item, changes })));
  const now = await valuesNow(context, run, written);
  const judged = written.map((one) => judge(one, now.get(one.id)));
  const changed = judged.flatMap(({ back }) => (back && back.changes.length > 0 ? [back] : []));
  const gone = written.filter(({ id }) => !now.has(id));
  const others = judged.filter(({ kept }) => kept.length > 0);
  const filled = written.filter(
    (one) => now.has(one.id) && one.changes.some(({ field }) => staysFilled(field, one.old[field.name] ?? [])),
  );
  const isFilled = new Set(filled.map(({ id }) => id));
  const already = judged.filter(
    ({ id, back, kept }) => back?.changes.length === 0 && kept.length === 0 && !isFilled.has(id),
  ).length;
  const { affected, rows, shown } = planLines(changed);
  return {
    preview: {
      summary: changed.length === 0 ? 'Nothing to set back.' : summaryOf(run, handle, changed.length, written.length),
      affected,
      rows,
      notes: [
        ...(already > 0 ? [`${already} of ${plural(written.length, 'asset')} have the old values already.`] : []),
        ...staysFilledNotes(filled),
        ...(others.length > 0 ? [keptNote(others)] : []),
        ...(gone.length > 0 ? [`${gone.length} in the recycle bin or gone, left out: ${titlesOf(gone)}.`] : []),
        ...(changed.length > shown ? [showing(shown, changed.length)] : []),
        ...refusalNote(changed, 'write'),
      ],
    },
    plan: { kind: 'undo', changed, sets: valueSets(changed) },
    touches: changed.map(({ id }) => id),
    skipConfirm: changed.length === 0,
  };
}

function summaryOf({ tool, sets }: ValueRun, handle: string, count: number, all: number): string {
  const labels = [...new Set(sets.flatMap(({ changes }) => changes.map(({ field }) => field.label)))].join(', ');
  const where = count === all ? plural(all, 'asset') : `${count} of ${plural(all, 'asset')}`;
  return `Undoes ${handle}, a call of ${tool}: sets ${labels} back on ${where}.`;
}

/** Assets that a note names. */
const MAX_KEPT = 10;

const keptNote = (others: readonly Judged[]): string => {
  const lines = others.slice(0, MAX_KEPT).map((one) => `${titleOf(one)} (${one.kept.join(', ')})`);
  const more = others.length > MAX_KEPT ? ` and ${others.length - MAX_KEPT} more` : '';
  return `Left alone, changed since: ${lines.join('; ')}${more}.`;
};

interface Judged extends Titled {
  readonly id: string;
  readonly title: string;
  /** What sets the asset back; absent for one that is gone. */
  readonly back?: Changed;
  /** Fields that somebody has changed since, with what they hold: `Rating 4`. */
  readonly kept: readonly string[];
}

function judge(written: Changed, now: Item | undefined): Judged {
  const { id, apart } = written;
  if (!now) return { id, title: written.title, apart, kept: [] };
  const judged = written.changes.map((change) => {
    const { name } = change.field;
    return { change, values: now.old[name] ?? [], back: backTo(change, written.old[name] ?? [], now.old[name] ?? []) };
  });
  return {
    id,
    title: now.title,
    apart,
    back: { ...now, apart, changes: judged.flatMap(({ back }) => (back === 'kept' ? [] : (back ?? []))) },
    kept: judged
      .filter(({ back }) => back === 'kept')
      .map(({ change: { field }, values }) => `${field.label} ${shown(field, values)}`),
  };
}

const shown = (field: Change['field'], values: readonly Value[]): string =>
  values.map((value) => quotedValue(field, value, MAX_VALUE)).join(', ') || 'empty';
const MAX_VALUE = 40;

/** The change that takes one back; none where nothing is to be done, `kept` where the field has got another value since. */
function backTo(change: Change, before: readonly Value[], now: readonly Value[]): Change | 'kept' | undefined {
  const { field, mode } = change;
  const made = after(change, before);
  const whole: Change = { field, mode: 'overwrite', values: before };
  if (holds(whole, now) || holds(whole, made)) return undefined;
  if (staysFilled(field, before)) return undefined;
  if (holds({ ...whole, values: made }, now)) return whole;
  if (mode === 'overwrite') return 'kept';
  // Others have added or taken values: only its own go back.
  const part: Change =
    mode === 'append'
      ? { field, mode: 'delete', values: made.filter((one) => !before.includes(one)) }
      : { field, mode: 'append', values: before.filter((one) => !made.includes(one)) };
  return holds(part, now) ? undefined : part;
}

/** Assets of a large run that are read one by one where the index shows them otherwise than they were left. */
const MAX_READ_AGAIN = 100;

/** What the assets hold now, by id; without those that are gone. */
async function valuesNow(
  context: Context,
  { sets }: ValueRun,
  written: readonly Changed[],
): Promise<Map<string, Item>> {
  const fields = new Map(sets.flatMap(({ changes }) => changes.map((change) => [change.field.name, change] as const)));
  const reading = [...fields.values()];
  const names = [...fields.keys()].map((name) => `metadata.${name}`);
  const found = await Promise.all(
    batches([...new Set(written.map(({ id }) => id))], MAX_IDS).map((ids) =>
      all(context, { doc_types: ['assets'], terms: [ACTIVE, { name: 'id', value_in: ids }] }, [
        'title',
        'permissions',
        ...names,
      ]),
    ),
  );
  const docs = found.flat();
  const items = new Map((await currentItems(context, docs, reading)).map((item) => [item.id, item]));
  if (docs.length <= ONE_BY_ONE_LIMIT) return items;
  const late = written.filter((one) => {
    const { back, kept } = judge(one, items.get(one.id));
    return back !== undefined && (kept.length > 0 || back.changes.length === 0);
  });
  const { done } = await each(late.slice(0, MAX_READ_AGAIN), context, ({ id }) => readValues(context, id, reading), {
    untimed: true,
  });
  for (const { item, result } of done) items.set(item.id, { ...(items.get(item.id) ?? item), old: result });
  return items;
}
