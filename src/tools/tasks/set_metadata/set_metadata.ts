import * as z from 'zod';
import { task } from '../../define.ts';
import { idsOf, keepWritten } from '../../library/kept_selections.ts';
import type { Changed } from '../../library/metadata/change.ts';
import { changeLine } from '../../library/metadata/change_line.ts';
import { writeValues } from '../../library/metadata/value_sets.ts';
import { type Written, write } from '../../library/metadata/write.ts';
import { labelOf } from '../../library/plans/titles.ts';
import { keepValueRun, undoOfRun } from '../../library/plans/value_runs.ts';
import { assetsToChange, oneWay } from '../../library/selection.ts';
import { byLabel, integer, strings, text } from '../../params.ts';
import { outOfTime } from '../../run/notes.ts';
import type { Context } from '../../types.ts';
import { type ChangePlan, planChange } from './plan.ts';
import { type Given, undoOfOne } from './single.ts';
import { planUndo, type UndoPlan } from './undo.ts';
import { outcome, stoppedBy } from './words.ts';

const EXAMPLES_IN_REPORT = 3;

export const set_metadata = task({
  title: 'Write metadata by label',
  description:
    'Fill in or change metadata values (rights, expiry, keywords …) by label on one asset, several, a selection or a collection tree. More than one value returns a plan (old → new).',
  effect: 'update',
  roles: ['can_write_metadata_values', 'can_read_metadata_values', 'can_search'],
  input: {
    ...assetsToChange,
    values: byLabel
      .optional()
      .describe('New values by label; [] clears. E.g. {"label": "Rights expiry", "value": ["2027-01-01"]}.'),
    how: z
      .enum(['append', 'replace', 'remove'])
      .optional()
      .describe('Default: append where a field holds several, else replace.'),
    where: byLabel.optional().describe('Only assets with these, as in find_assets.'),
    time_zone: z.string().optional().describe('Of dates. Default UTC.'),
    view: z.string().optional().describe('If several have the label.'),
    undo: z.string().optional().describe('Handle.'),
  },
  output: {
    changed: integer,
    failed: strings,
    unconfirmed: strings,
    remaining: integer,
    examples: strings,
    selection: text,
    notes: strings,
  },
  validate: ({ undo, ...args }) => {
    const other = Object.entries(args).find(([name, value]) => name !== 'confirm' && value !== undefined)?.[0];
    if (undo !== undefined) return other && `undo goes alone: leave out ${other}.`;
    return oneWay(args) ?? (Object.keys(args.values ?? {}).length === 0 ? NO_VALUES : undefined);
  },
  preview: async ({ values = {}, how, where, time_zone, view, undo, ...targets }, context) => {
    if (undo !== undefined) return planUndo(context, undo);
    return planChange(context, { values, how, where, time_zone, view }, targets);
  },
  run: async ({ selection, values, view }, context, plan: ChangePlan | UndoPlan) => {
    if (plan.kind === 'undo') {
      const { written, ...rest } = await writeValues(context, plan.sets);
      const result = { ...rest, verified: written };
      const undo = undoOfRun(context, 'set_metadata', plan.sets, result);
      return {
        ...report(plan.changed, result, undo),
        ...keepWritten(context, 'set_metadata', undefined, idsOf(written)),
      };
    }
    const { changes, items } = plan;
    const result = await write(context, changes, items);
    const changed = items.map((item) => ({ ...item, changes }));
    return {
      ...report(changed, result, undoOf(context, plan, result, { values, view })),
      ...keepWritten(context, 'set_metadata', selection, idsOf(result.verified)),
    };
  },
});

/** Of a single asset the call itself, which holds for good; of several, and where it would be too long, a handle. */
function undoOf(context: Context, { changes, items }: ChangePlan, result: Written, given: Given): string[] {
  const sets = [{ changes, items }];
  const one = items.length === 1 ? undoOfOne(result.verified, changes, given) : [];
  if (one.length === 0) return undoOfRun(context, 'set_metadata', sets, result);
  // The undo of an earlier run has to know of it.
  keepValueRun(context, 'set_metadata', sets, result);
  return one;
}

const NO_VALUES = 'values: give at least one label and its value.';

function report(
  changed: readonly Changed[],
  { verified, failed, unconfirmed, rest, stopped }: Written,
  undo: readonly string[],
) {
  const done = new Set(verified.map(({ id }) => id));
  const written = changed.filter(({ id }) => done.has(id));
  return {
    changed: verified.length,
    ...(failed.length > 0 && { failed: failed.map(({ item, error }) => `${labelOf(item)}: ${error}`) }),
    ...(unconfirmed.length > 0 && { unconfirmed: unconfirmed.map(labelOf) }),
    ...(rest.length > 0 && { remaining: rest.length }),
    examples: written.slice(0, EXAMPLES_IN_REPORT).map(changeLine),
    notes: [
      changed.length === 0 ? 'Nothing to change.' : outcome(verified.length, changed.length, failed.length),
      ...undo,
      ...(rest.length > 0 ? [stopped ? stoppedBy(stopped, rest.length) : outOfTime(rest.length)] : []),
    ],
  };
}
