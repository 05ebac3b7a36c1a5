import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { countFittingLines, shorten } from '../../text/tokens.ts';
import { task } from '../define.ts';
import { idsOf, keepWritten } from '../library/kept_selections.ts';
import { after, type Change, currentItems, holds, type Item, readChanges } from '../library/metadata/change.ts';
import { changeLine, changeRows } from '../library/metadata/change_line.ts';
import { readConditions } from '../library/metadata/conditions.ts';
import { understoodAs } from '../library/metadata/fields.ts';
import { quotedValue } from '../library/metadata/values.ts';
import { write } from '../library/metadata/write.ts';
import { byCollection, COLLECTIONS } from '../library/plans/by_collection.ts';
import { refusalNote } from '../library/plans/refusals.ts';
import { labelOf } from '../library/plans/titles.ts';
import { undoCall } from '../library/plans/undo_call.ts';
import { documentsOf, manyAssets, oneWay } from '../library/selection.ts';
import { byLabel, integer, strings, text } from '../params.ts';
import { outOfTime, showing } from '../run/notes.ts';

interface Plan {
  readonly changes: readonly Change[];
  readonly items: readonly Item[];
}

/** Assets listed in a plan, tokens of their lines, and assets listed in a report. */
const MAX_IN_PLAN = 50;
const MAX_PLAN_TOKENS = 2_000;
const EXAMPLES_IN_REPORT = 3;

export const set_metadata = task({
  title: 'Write metadata by label',
  description:
    'Fill in or change metadata values (rights, expiry, keywords …) by label on one asset, several, a selection or a collection tree. More than one value returns a plan (old → new) to confirm. Repeating is safe.',
  effect: 'update',
  roles: ['can_write_metadata_values', 'can_read_metadata_values', 'can_search'],
  input: {
    ...manyAssets,
    values: byLabel.describe(
      'New values by label; [] clears. E.g. {"label": "Rights expiry", "value": ["2027-01-01"]}.',
    ),
    how: z
      .enum(['append', 'replace', 'remove'])
      .optional()
      .describe('Default: append where a field holds several values, else replace.'),
    where: byLabel.optional().describe('Only assets with these values, as in find_assets.'),
    time_zone: z.string().optional().describe('Of dates in where. Default UTC.'),
    view: z.string().optional().describe('View, if several views have the label.'),
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
  validate: (args) =>
    oneWay(args) ?? (Object.keys(args.values).length === 0 ? 'values is empty: give at least one label.' : undefined),
  preview: async ({ values, how, where, time_zone = 'UTC', view, ...targets }, context) => {
    const changes = await readChanges(context, values, how, view);
    const conditions = await readConditions(context, where ?? {}, time_zone);
    const fields = changes.map(({ field }) => `metadata.${field.name}`);
    const found = await documentsOf(context, targets, [...fields, 'permissions', COLLECTIONS], conditions);
    const all = await currentItems(context, found.docs, changes);
    const items = all.filter(({ old }) => changes.some((change) => !holds(change, old[change.field.name] ?? [])));
    const plan: Plan = { changes, items };
    const lines = items.slice(0, MAX_IN_PLAN).map((item) => changeLine(item, changes));
    const shown = countFittingLines(lines, 0, MAX_PLAN_TOKENS);
    const same = all.length - items.length;
    const nothing = `Nothing to do: ${same} of ${plural(found.total, 'asset')} already have ${where ? 'the values, among those that match where' : 'the values'}.`;
    return {
      preview: {
        summary: items.length === 0 ? nothing : summaryOf(plan, found.total, shown),
        affected: lines.slice(0, shown),
        rows: items.slice(0, shown).flatMap((item) => changeRows(item, changes)),
        notes: [
          ...Object.keys(values).flatMap((label, n) =>
            changes[n] ? [`${understoodAs(label, changes[n].field)}, ${changes[n].mode}`] : [],
          ),
          ...conditions.notes,
          ...found.notes,
          ...(same > 0 && items.length > 0 ? [`${same} already have the values and are skipped.`] : []),
          ...(items.length > shown ? [showing(shown, items.length), ...oldValues(plan)] : []),
          ...(await byCollection(context, found.docs, items)),
          ...refusalNote(items, 'write'),
        ],
      },
      plan,
      touches: items.map(({ id }) => id),
      skipConfirm: items.length === 0 || isSmall(items, changes, { values, view }),
    };
  },
  run: async ({ selection, values, view }, context, { changes, items }: Plan) => {
    const { verified, failed, unconfirmed, rest, stopped } = await write(context, changes, items);
    return {
      changed: verified.length,
      ...(failed.length > 0 && { failed: failed.map(({ item, error }) => `${labelOf(item)}: ${error}`) }),
      ...(unconfirmed.length > 0 && { unconfirmed: unconfirmed.map(labelOf) }),
      ...(rest.length > 0 && { remaining: rest.length }),
      examples: verified.slice(0, EXAMPLES_IN_REPORT).map((item) => changeLine(item, changes)),
      ...keepWritten(context, 'set_metadata', selection, idsOf(verified)),
      notes: [
        items.length === 0 ? 'Nothing to change.' : outcome(verified.length, items.length, failed.length),
        ...(items.length === 1 ? undoOf(verified, changes, { values, view }) : []),
        ...(rest.length > 0 ? [stopped ? stoppedBy(stopped, rest.length) : outOfTime(rest.length)] : []),
      ],
    };
  },
});

const outcome = (verified: number, all: number, failed: number): string =>
  failed === all
    ? `Nothing was changed: failed has the reason${all === 1 ? '' : ` for each of the ${all}`}.`
    : `Confirmed ${verified} of ${all}: Iconik shows the new values.`;

interface Given {
  readonly values: Readonly<Record<string, unknown>>;
  readonly view?: string | undefined;
}

/** One value of one asset; where it is lost, the answer has the call that brings it back. */
const isSmall = (items: readonly Item[], changes: readonly Change[], given: Given): boolean =>
  items.length === 1 &&
  changes.length === 1 &&
  (lost(items, changes) === 0 || (lost(items, changes) === 1 && undoOf(items, changes, given).length > 0));

/** The call that sets an asset back. A single change takes back what it gave or took; several set all to what was. */
function undoOf([item]: readonly Item[], changes: readonly Change[], { values, view }: Given): string[] {
  if (!item) return [];
  const [{ mode } = { mode: 'overwrite' }] = changes;
  const isPart = changes.length === 1 && mode !== 'overwrite';
  const old = Object.keys(values).map((label, n) => {
    const change = changes[n] as Change;
    const had = item.old[change.field.name] ?? [];
    const took =
      mode === 'append' ? after(change, had).slice(had.length) : had.filter((one) => !after(change, had).includes(one));
    return { label, value: (isPart ? took : had).map(String) };
  });
  const how = isPart ? (mode === 'append' ? 'remove' : 'append') : 'replace';
  return undoCall('set_metadata', { assets: [item.id], values: old, how, ...(view && { view }) });
}

/** How many values the changes take away. */
const lost = (items: readonly Item[], changes: readonly Change[]): number =>
  items.flatMap(({ old }) =>
    changes.flatMap((change) => {
      const now = old[change.field.name] ?? [];
      const kept = after(change, now);
      return now.filter((value) => !kept.includes(value));
    }),
  ).length;

const VERBS: Readonly<Record<Change['mode'], string>> = {
  overwrite: 'Sets',
  append: 'Adds to',
  delete: 'Removes from',
};

/** `Sets Clearance on 2 of 11 assets. There is no undo; the old values are listed below.` */
function summaryOf({ changes, items }: Plan, total: number, shown: number): string {
  const [mode, other] = new Set(changes.map((change) => change.mode));
  const verb = mode && other === undefined ? VERBS[mode] : 'Changes';
  const labels = changes.map(({ field }) => field.label).join(', ');
  const where = total === items.length ? plural(total, 'asset') : `${items.length} of ${plural(total, 'asset')}`;
  const old = items.length > shown ? `old values of the first ${shown}` : 'old values';
  return `${verb} ${labels} on ${where}. There is no undo; the ${old} are listed below.`;
}

/** Old values that a plan counts, and characters of each. */
const MAX_OLD_VALUES = 12;
const MAX_VALUE_LENGTH = 40;

/** `Clearance now: Pending 180, Refused 12, empty 48`, a line for each field, where not every asset is listed. */
function oldValues({ changes, items }: Plan): string[] {
  return changes.map(({ field }) => {
    const counts = new Map<string, number>();
    for (const { old } of items) {
      const values = (old[field.name] ?? []).map((value) => quotedValue(field, value)).join(', ');
      const key = shorten(values || 'empty', MAX_VALUE_LENGTH);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const all = [...counts].sort((a, b) => b[1] - a[1]);
    const more = all.length > MAX_OLD_VALUES ? `, and ${all.length - MAX_OLD_VALUES} other values` : '';
    return `${field.label} now: ${all
      .slice(0, MAX_OLD_VALUES)
      .map(([value, count]) => `${value} ${count}`)
      .join(', ')}${more}`;
  });
}

const stoppedBy = (error: string, remaining: number): string =>
  `Iconik failed (${error}) with ${remaining} remaining. Call again without confirm to continue; finished items are skipped.`;
