import { plural } from '../../../text/english.ts';
import { type Changed, currentItems, type Item, ONE_BY_ONE_LIMIT, readValues } from '../../library/metadata/change.ts';
import { planLines } from '../../library/metadata/change_line.ts';
import { type ValueSet, valueSets } from '../../library/metadata/value_sets.ts';
import { type OwnRun, runsNamed } from '../../library/plans/own_runs.ts';
import { refusalNote } from '../../library/plans/refusals.ts';
import { titlesOf } from '../../library/plans/titles.ts';
import { staysFilled, staysFilledNotes, VALUE_RUNS, type ValueRun } from '../../library/plans/value_runs.ts';
import { ACTIVE, all, MAX_IDS } from '../../library/search.ts';
import { batches, each } from '../../run/each.ts';
import { showing } from '../../run/notes.ts';
import type { Context, Planned } from '../../types.ts';
import { judge, keptLines, ofOthers, setBack, together } from './set_back.ts';

/** What takes an earlier call back. */
export interface UndoPlan {
  readonly kind: 'undo';
  readonly changed: readonly Changed[];
  readonly sets: readonly ValueSet[];
}

/** Plans to set back what earlier calls wrote and nobody has changed since, the latest first. */
export async function planUndo(context: Context, given: string): Promise<Planned<UndoPlan>> {
  const runs = runsNamed(context, VALUE_RUNS, given);
  const sets = runs.flatMap(({ run }) => run.sets);
  const written = writtenIn(sets);
  const now = await valuesNow(context, sets, written);
  const judged = setBack(written, now);
  const changed = together(judged, now);
  const all = new Map(written.map((one) => [one.id, one]));
  const gone = [...all.values()].filter(({ id }) => !now.has(id));
  const { others, own } = ofOthers(context, runs, judged);
  const filled = written.filter(
    (one) => now.has(one.id) && one.changes.some(({ field }) => staysFilled(field, one.old[field.name] ?? [])),
  );
  const isFilled = new Set(filled.map(({ id }) => id));
  const open = new Set([...changed, ...judged.filter(({ kept }) => kept.length > 0)].map(({ id }) => id));
  const already = [...all.keys()].filter((id) => now.has(id) && !open.has(id) && !isFilled.has(id)).length;
  const { affected, rows, shown } = planLines(changed);
  return {
    preview: {
      summary: changed.length === 0 ? 'Nothing to set back.' : summaryOf(runs, changed, all.size),
      affected,
      rows,
      notes: [
        ...(already > 0 ? [`${already} of ${plural(all.size, 'asset')} have the old values already.`] : []),
        ...staysFilledNotes(filled),
        ...own,
        ...(others.length > 0 ? [`Left alone, changed since: ${keptLines(others)}.`] : []),
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

const writtenIn = (sets: readonly ValueSet[]): Changed[] =>
  sets.flatMap(({ changes, items }) => items.map((item) => ({ ...item, changes })));

function summaryOf(runs: readonly OwnRun<ValueRun>[], changed: readonly Changed[], all: number): string {
  const sets = runs.flatMap(({ run }) => run.sets);
  const labels = [...new Set(sets.flatMap(({ changes }) => changes.map(({ field }) => field.label)))];
  const where = changed.length === all ? plural(all, 'asset') : `${changed.length} of ${plural(all, 'asset')}`;
  const what = runs.map(({ handle, run }) => `${handle}, a call of ${run.tool}`).join(', and ');
  return `Undoes ${what}: sets ${labels.join(', ')} back on ${where}.`;
}

/** Assets of a large run that are read one by one where the index shows them otherwise than they were left. */
const MAX_READ_AGAIN = 100;

/** What the assets hold now, by id; without those that are gone. */
async function valuesNow(
  context: Context,
  sets: readonly ValueSet[],
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
  const unsure = [...new Map(late.map((one) => [one.id, one])).values()];
  const { done } = await each(unsure.slice(0, MAX_READ_AGAIN), context, ({ id }) => readValues(context, id, reading), {
    untimed: true,
  });
  for (const { item, result } of done) items.set(item.id, { ...(items.get(item.id) ?? item), old: result });
  return items;
}
