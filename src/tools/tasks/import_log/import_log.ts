import * as z from 'zod';
import { task } from '../../define.ts';
import { current, holds, type Item, write } from '../../library/metadata/change.ts';
import { anything, integer, strings } from '../../params.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { type Plan, planLog, type SetPlan } from './plan.ts';
import { rememberWritten } from './recent_writes.ts';
import { addSegments } from './segments.ts';

export const import_log = task({
  title: 'Import a log sheet',
  description:
    'Write the rows of a log sheet (CSV with file name or title, in, out, more columns) as markers and metadata. First a plan: what matches, what is ambiguous, unknown or invalid, by line; with its confirm token the clean rows are written and read back. A repeat makes nothing twice.',
  effect: 'update',
  roles: ['can_create_segments', 'can_read_segments', 'can_write_metadata_values', 'can_search'],
  input: {
    csv: z.string().min(1).describe('The table with its line of headers; commas, semicolons or tabs.'),
    columns: anything
      .optional()
      .describe(
        'Which column is what: file, in, out, text, skip, else a label. E.g. {"file": "Clip", "in": "In", "text": ["Player", "Note"], "Rating": "Stars"}. Default: by headers; columns called like a label fill it.',
      ),
    kind: z.enum(['MARKER', 'COMMENT', 'TAG', 'GENERIC']).optional().describe('Of the segments. Default MARKER.'),
    collection: z.string().min(1).optional().describe('Look only in this one and below: id, address or name.'),
    view: z.string().min(1).optional().describe('View, where a label stands in several.'),
  },
  output: {
    rows: integer,
    in_place: integer,
    segments: integer,
    values: integer,
    already_there: integer,
    failed: strings,
    unconfirmed: strings,
    remaining: integer,
    not_written: strings,
    notes: strings,
  },
  preview: async (args, context) => {
    const plan = await planLog(context, args);
    const empty = plan.marked.length + plan.sets.length === 0;
    const summary = empty ? nothing(plan) : willWrite(plan);
    return {
      preview: {
        summary,
        affected: plan.examples,
        notes: [
          ...plan.notes,
          ...(plan.same > 0 ? [`${plan.same} segments and values are there already and are left alone.`] : []),
          ...plan.problems.map((words) => `Not written: ${words}`),
        ],
      },
      plan,
      touches: [...plan.marked, ...plan.sets.flatMap(({ items }) => items)].map(({ id }) => id),
      skipConfirm: empty,
    };
  },
  run: async (_, context, plan: Plan) => {
    const assets = [...plan.marked, ...plan.sets.flatMap(({ items }) => items)];
    rememberWritten(
      context,
      assets.map(({ id }) => id),
    );
    const marks = await addSegments(context, plan.kind, plan.marked);
    const sets = await fill(context, plan.sets);
    const failed = [...marks.failed, ...sets.failed].map(
      ({ item, error }) => `${linesOf(plan, item.id)}, "${item.title}" (${item.id}): ${error}`,
    );
    const unseen = [...marks.unseen, ...sets.unseen].map(({ title, id }) => `"${title}" (${id})`);
    const touched = [
      ...[...marks.failed, ...sets.failed].map(({ item }) => item.id),
      ...[...marks.unseen, ...sets.unseen].map(({ id }) => id),
    ];
    const rest = [...marks.rest, ...sets.rest].map(({ id }) => id);
    const missed = new Set([...touched, ...rest]);
    const remaining = new Set(rest).size;
    return {
      rows: plan.rows,
      in_place: plan.lines.length - plan.lines.filter(({ id }) => missed.has(id)).length,
      segments: marks.created,
      values: sets.changed,
      already_there: plan.same + marks.there + sets.same,
      ...(failed.length > 0 && { failed }),
      ...(unseen.length > 0 && { unconfirmed: unseen }),
      ...(remaining > 0 && { remaining }),
      ...(plan.problems.length > 0 && { not_written: [...plan.problems] }),
      notes: [
        marks.created + sets.changed > 0 ? 'What is counted was read back.' : 'Nothing had to be written.',
        ...(remaining > 0
          ? [`The time was over with ${remaining} assets left: call again without confirm, what is done is skipped.`]
          : []),
      ],
    };
  },
});

function nothing({ rows, same, problems }: Plan): string {
  const why = same > 0 ? `${same} segments and values are there already` : 'no row can be written';
  return `Nothing to do with ${rows} rows: ${why}${problems.length > 0 ? ', see what is not written' : ''}.`;
}

function willWrite({ rows, lines, marked, sets, kind, counts }: Plan): string {
  const made = marked.reduce((sum, { notes }) => sum + notes.length, 0);
  const assets = new Set([...marked, ...sets.flatMap(({ items }) => items)].map(({ id }) => id)).size;
  const labels = [...new Set(sets.flatMap(({ changes }) => changes.map(({ field }) => field.label)))];
  const filled = sets.reduce((sum, { changes, items }) => sum + changes.length * items.length, 0);
  const parts = [
    ...(made > 0 ? [`${made} segments (${kind}) are created`] : []),
    ...(filled > 0 ? [`${filled} values are set (${labels.join(', ')})`] : []),
  ];
  const { ambiguous, unknown, invalid } = counts;
  const out = `${ambiguous} ambiguous, ${unknown} unknown and ${invalid} invalid rows are left out`;
  return `${lines.length} of ${rows} rows are clean: ${parts.join(' and ')} on ${assets} assets; ${out}. It can be set back by hand, not undone as a whole.`;
}

/** `lines 3, 7`: the rows that are about an asset. */
function linesOf({ lines }: Plan, id: string): string {
  const own = lines.filter((one) => one.id === id).map(({ line }) => line);
  return `line${own.length > 1 ? 's' : ''} ${own.join(', ')}`;
}

/** Sets the values, set by set beside each other, on those assets that do not have them yet by now. */
async function fill(context: Context, sets: readonly SetPlan[]) {
  const { done, failed, rest } = await each(sets, context, async ({ changes, items }) => {
    const now = await nowOf(context, changes, items);
    const open = now.filter(({ old }) => changes.some((one) => !holds(one, old[one.field.name] ?? [])));
    return { open, same: now.length - open.length, ...(await write(context, changes, open)) };
  });
  const all = <T>(pick: (one: (typeof done)[number]['result']) => readonly T[]) =>
    done.flatMap(({ result }) => pick(result));
  return {
    changed: done.reduce((sum, { item, result }) => sum + result.verified.length * item.changes.length, 0),
    same: done.reduce((sum, { item, result }) => sum + result.same * item.changes.length, 0),
    unseen: all(({ unseen }) => unseen),
    failed: [
      ...all(({ failed: some }) => some),
      ...failed.flatMap(({ item, error }) => item.items.map((one: Item) => ({ item: one, error: error.message }))),
    ],
    rest: [...all(({ rest: some }) => some), ...rest.flatMap(({ items }) => items)],
  };
}

/** The values by now; where one can't be read, as the index has them: writing says what is wrong with which. */
async function nowOf(context: Context, changes: SetPlan['changes'], items: readonly Item[]): Promise<readonly Item[]> {
  try {
    const docs = items.map(({ id, title, old }) => ({ id, title, metadata: { ...old } }));
    return await current(context, docs, changes);
  } catch (error) {
    if (context.signal.aborted) throw error;
    return items;
  }
}
