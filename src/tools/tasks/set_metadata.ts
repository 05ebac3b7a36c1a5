import * as z from 'zod';
import { task } from '../define.ts';
import { after, type Change, current, holds, type Item, readChanges, write } from '../library/metadata/change.ts';
import { readConditions } from '../library/metadata/conditions.ts';
import { understoodAs } from '../library/metadata/fields.ts';
import { toShown, type Value } from '../library/metadata/values.ts';
import { documentsOf, manyAssets, oneWay } from '../library/selection.ts';
import { anything, integer, strings } from '../params.ts';

interface Plan {
  readonly changes: readonly Change[];
  readonly items: readonly Item[];
}

/** Examples that a plan and a report name. */
const EXAMPLES = 8;

export const set_metadata = task({
  title: 'Write metadata by label',
  description:
    'Write metadata values (rights, expiry, keywords …) by label on one asset, many, a selection or a collection with all under it. More than one value is first shown as a plan (old → new) with a confirm token, then written, read back and reported. What is already so stays: a repeat is safe.',
  effect: 'update',
  roles: ['can_write_metadata_values', 'can_read_metadata_values', 'can_search'],
  input: {
    ...manyAssets,
    values: anything.describe('By label; null empties. E.g. {"Rights expiry": "2027-01-01", "Keywords": ["harbour"]}.'),
    how: z
      .enum(['append', 'replace', 'remove'])
      .optional()
      .describe('Default: append where a field holds several values, replace elsewhere.'),
    where: anything.optional().describe('Only assets that have these, as in find_assets: {"Clearance": "Pending"}.'),
    view: z.string().optional().describe('View, where a label stands in several.'),
  },
  output: {
    changed: integer,
    failed: strings,
    unconfirmed: strings,
    remaining: integer,
    examples: strings,
    notes: strings,
  },
  validate: (args) =>
    oneWay(args) ?? (Object.keys(args.values).length === 0 ? 'values is empty: give at least one label.' : undefined),
  preview: async ({ values, how, where, view, ...targets }, context) => {
    const changes = await readChanges(context, values, how, view);
    const only = await readConditions(context, where ?? {}, 'UTC');
    const fields = changes.map(({ field }) => `metadata.${field.name}`);
    const found = await documentsOf(context, targets, fields, only);
    const all = await current(context, found.docs, changes);
    const items = all.filter(({ old }) => changes.some((change) => !holds(change, old[change.field.name] ?? [])));
    const plan: Plan = { changes, items };
    const same = all.length - items.length;
    const what = changes.map(({ field }) => field.label).join(', ');
    const of = found.total === items.length ? '' : ` of ${found.total}`;
    const summary =
      items.length === 0
        ? `Nothing to do: ${same} of ${found.total} assets already have it${where ? ', among those that fit' : ''}.`
        : `${what} changes on ${items.length}${of} assets. It can be set back by hand, not undone as a whole.`;
    return {
      preview: {
        summary,
        affected: items.slice(0, EXAMPLES).map((item) => line(item, changes)),
        notes: [
          ...Object.keys(values).flatMap((label, n) =>
            changes[n] ? [`${understoodAs(label, changes[n].field)}, ${changes[n].mode}`] : [],
          ),
          ...only.notes,
          ...found.notes,
          ...(same > 0 && items.length > 0 ? [`${same} already have it and are left alone.`] : []),
          ...(items.length > EXAMPLES ? [`${EXAMPLES} of ${items.length} are shown.`] : []),
        ],
      },
      plan,
      touches: items.map(({ id }) => id),
      skipConfirm: items.length === 0 || (items.length === 1 && changes.length === 1),
    };
  },
  run: async (_, context, { changes, items }: Plan) => {
    const { verified, failed, unseen, rest, stopped } = await write(context, changes, items);
    return {
      changed: verified.length,
      ...(failed.length > 0 && { failed: failed.map(({ item, error }) => `"${item.title}" (${item.id}): ${error}`) }),
      ...(unseen.length > 0 && { unconfirmed: unseen.map(({ title, id }) => `"${title}" (${id})`) }),
      ...(rest.length > 0 && { remaining: rest.length }),
      examples: verified.slice(0, 3).map((item) => line(item, changes)),
      notes: [
        items.length === 0
          ? 'Nothing had to change.'
          : `${verified.length} of ${items.length} were read back as they should be.`,
        ...(rest.length > 0
          ? [
              `${stopped ? `Iconik failed (${stopped})` : 'The time was over'} with ${rest.length} left: call again without confirm, what is done is skipped.`,
            ]
          : []),
      ],
    };
  },
});

/** `"Title": Clearance Pending → Cleared`. */
function line({ title, old }: Item, changes: readonly Change[]): string {
  const shown = ({ field }: Change, values: readonly Value[]) =>
    values.map((value) => toShown(field, value)).join(', ') || 'empty';
  const parts = changes.map((change) => {
    const now = old[change.field.name] ?? [];
    return `${change.field.label} ${shown(change, now)} → ${shown(change, after(change, now))}`;
  });
  return `"${title}": ${parts.join('; ')}`;
}
