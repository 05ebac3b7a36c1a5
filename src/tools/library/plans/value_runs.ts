import type { HandleKind } from '../../handles.ts';
import type { Context } from '../../types.ts';
import { type Changed, ONE_BY_ONE_LIMIT } from '../metadata/change.ts';
import type { Field } from '../metadata/fields.ts';
import type { ValueSet } from '../metadata/value_sets.ts';
import type { Value } from '../metadata/values.ts';
import type { Written } from '../metadata/write.ts';
import { keepRun } from './own_runs.ts';
import { undoCall } from './undo_call.ts';

/** What one call wrote into metadata, with the values from before, kept so that exactly this can be taken back. */
export interface ValueRun {
  readonly tool: string;
  readonly sets: readonly ValueSet[];
}

export const VALUE_RUNS: HandleKind<ValueRun> = {
  prefix: 'run',
  noun: 'what a call wrote into metadata',
  argument: 'undo',
  renew:
    'set_metadata takes the handle of its own answer, for a day; annotate_asset takes that of notes. Else set the old values of the plan.',
};

/** For the plan of a write: `The answer has the undo; the old values are listed below.` */
export function undoAhead({ offers }: Context, listed: number, all: number): string {
  const old = all > listed ? `old values of the first ${listed}` : 'old values';
  return `${offers('set_metadata') ? 'The answer has the undo' : 'There is no undo'}; the ${old} are listed below.`;
}

/** Whether nothing can bring a value back: Iconik takes no empty value for a required field. */
export const staysFilled = ({ required }: Field, before: readonly Value[]): boolean => required && before.length === 0;

/** `Clearance was empty on 3 of them and is required: no undo empties it again.` A line for each field. */
export function staysFilledNotes(all: readonly Changed[]): string[] {
  const counts = new Map<string, number>();
  for (const { changes, old } of all)
    for (const { field } of changes)
      if (staysFilled(field, old[field.name] ?? [])) counts.set(field.label, (counts.get(field.label) ?? 0) + 1);
  return [...counts].map(
    ([label, count]) => `${label} was empty on ${count} of them and is required: no undo empties it again.`,
  );
}

/**
 * Keeps what a write changed, for all but the assets that were left as they are; undefined where nothing was written that can
 * be brought back.
 */
export function keepValueRun(
  context: Context,
  tool: string,
  all: readonly ValueSet[],
  { failed, rest }: Pick<Written, 'failed' | 'rest'>,
): string | undefined {
  const left = new Set(rest.map(({ id }) => id));
  const refused = new Set(failed.map(({ item }) => item.id));
  const sets = all
    .map(({ changes, items }) => {
      // Each view is written on its own: where the second failed, the first was written.
      const isWhole = new Set(changes.map(({ field }) => field.view_id)).size === 1;
      const sent = items.filter(({ id }) => !left.has(id) && !(isWhole && refused.has(id)));
      return { changes, items: sent.map(({ permissions: _, ...item }) => item) };
    })
    .filter(({ items }) => items.length > 0);
  const isAny = sets.some(({ changes, items }) =>
    items.some(({ old }) => changes.some(({ field }) => !staysFilled(field, old[field.name] ?? []))),
  );
  if (!isAny || !context.offers('set_metadata')) return undefined;
  return keepRun(context, VALUE_RUNS, { tool, sets });
}

/** For the answer of a write: the call that takes it back. */
export function undoOfRun(
  context: Context,
  tool: string,
  all: readonly ValueSet[],
  result: Pick<Written, 'failed' | 'rest'>,
): string[] {
  const run = keepValueRun(context, tool, all, result);
  if (run === undefined) return [];
  const source = all.some(({ items }) => items.length > ONE_BY_ONE_LIMIT) ? ', to what search had' : '';
  return [...undoCall('set_metadata', { undo: run }), `Good for a day${source}; what others change meanwhile stays.`];
}
