import { plural } from '../../../text/english.ts';
import { type Change, currentItems, holds, type Item, readChanges } from '../../library/metadata/change.ts';
import { planLines } from '../../library/metadata/change_line.ts';
import { readConditions } from '../../library/metadata/conditions.ts';
import { understoodAs } from '../../library/metadata/fields.ts';
import { byCollection, COLLECTIONS } from '../../library/plans/by_collection.ts';
import { refusalNote } from '../../library/plans/refusals.ts';
import { staysFilledNotes, undoAhead } from '../../library/plans/value_runs.ts';
import { documentsOf } from '../../library/selection.ts';
import { showing } from '../../run/notes.ts';
import type { Context, Planned } from '../../types.ts';
import { isSmall } from './single.ts';
import { oldValues, summaryOf } from './words.ts';

export interface ChangePlan {
  readonly kind: 'change';
  readonly changes: readonly Change[];
  readonly items: readonly Item[];
}

interface Wanted {
  readonly values: Readonly<Record<string, unknown>>;
  readonly how?: 'append' | 'replace' | 'remove' | undefined;
  readonly where?: Readonly<Record<string, unknown>> | undefined;
  readonly time_zone?: string | undefined;
  readonly view?: string | undefined;
}

/** Plans to write values on the assets that do not have them. */
export async function planChange(
  context: Context,
  { values, how, where, time_zone = 'UTC', view }: Wanted,
  targets: Parameters<typeof documentsOf>[1],
): Promise<Planned<ChangePlan>> {
  const changes = await readChanges(context, values, how, view);
  const conditions = await readConditions(context, where ?? {}, time_zone);
  const fields = changes.map(({ field }) => `metadata.${field.name}`);
  const found = await documentsOf(context, targets, [...fields, 'permissions', COLLECTIONS], conditions);
  const all = await currentItems(context, found.docs, changes);
  const items = all.filter(({ old }) => changes.some((change) => !holds(change, old[change.field.name] ?? [])));
  const changed = items.map((item) => ({ ...item, changes }));
  const { affected, rows, shown } = planLines(changed);
  const same = all.length - items.length;
  const nothing = `Nothing to do: ${same} of ${plural(found.total, 'asset')} already have ${where ? 'the values, among those that match where' : 'the values'}.`;
  const meant = Object.keys(values).flatMap((label, n) =>
    changes[n] ? [`${understoodAs(label, changes[n].field)}, ${changes[n].mode}`] : [],
  );
  const summary = `${summaryOf(changes, items.length, found.total)} ${undoAhead(context, shown, items.length)}`;
  return {
    preview: {
      summary: items.length === 0 ? nothing : summary,
      affected,
      rows,
      notes: [
        ...meant,
        ...conditions.notes.filter((note) => !meant.some((one) => one.startsWith(note))),
        ...found.notes,
        ...(same > 0 && items.length > 0 ? [`${same} already have the values and are skipped.`] : []),
        ...(items.length > shown ? [showing(shown, items.length), ...oldValues(changes, items)] : []),
        ...staysFilledNotes(changed),
        ...(await byCollection(context, found.docs, items)),
        ...refusalNote(items, 'write'),
      ],
    },
    plan: { kind: 'change', changes, items },
    touches: items.map(({ id }) => id),
    skipConfirm: items.length === 0 || isSmall(items, changes, { values, view }),
  };
}
