import * as z from 'zod';
import { inQuotes } from '../../../text/quote.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { isBlank } from '../../../text/trim.ts';
import { task } from '../../define.ts';
import { reasonOf } from '../../errors.ts';
import { findCollection } from '../../library/objects.ts';
import { labelOf } from '../../library/plans/titles.ts';
import { collectionChanges } from '../../operations/collection_changes.ts';
import { strings, text } from '../../params.ts';
import { instead } from '../../run/each.ts';
import { showing } from '../../run/notes.ts';
import type { Context } from '../../types.ts';
import { moveContents } from './contents.ts';
import { areFieldsShown, type Plan, planOf } from './plan.ts';

const MAX_COVERS = 10;
const MAX_ORDERED = 200;
const MAX_LINES = 50;
const MAX_PLAN_TOKENS = 3_000;

const names = z.array(z.string().min(1)).min(1).optional();

export const move_in_collections = task({
  title: 'Move, rename, order collections',
  description:
    'Rename a collection (folder), nest it under another, set its cover, or order what is in it. A plan shows who gains or loses sight of it by shares. Put assets in with collect_assets, take them out with edit_assets.',
  effect: 'update',
  roles: ['can_write_collections', 'can_read_collections', 'can_search'],
  input: {
    collection: z.string().min(1).describe('Name, path or id.'),
    rename: z.string().min(1).optional().describe('New name.'),
    under: z.string().min(1).optional().describe('Parent, or top.'),
    cover: names.describe('Its picture: assets, or none.'),
    order: names.describe('Titles in it, as wanted.'),
    place: z.string().min(1).optional().describe('start, end or the one they follow.'),
  },
  output: { collection: text, changed: strings, failed: strings, unconfirmed: strings, notes: strings },
  validate: ({ rename, under, cover, order, place }) => {
    if ([rename, under, cover, order].every((one) => one === undefined))
      return 'Say what changes: rename, under, cover or order.';
    if (rename !== undefined && isBlank(rename)) return 'rename: a name that can be seen.';
    if ((cover?.length ?? 0) > MAX_COVERS) return `cover: at most ${MAX_COVERS} assets.`;
    if ((order?.length ?? 0) > MAX_ORDERED) return `order: at most ${MAX_ORDERED} at once.`;
    return place !== undefined && order === undefined ? 'place needs order: what goes there.' : undefined;
  },
  preview: async ({ collection, ...wanted }, context) => {
    const plan = await planOf(context, await findCollection(context, collection), {
      ...wanted,
      rename: wanted.rename?.replace(/\s+/g, ' ').trim(),
    });
    const { fieldLines, order, orderLines, parent, showsOthers } = plan;
    const lines = [...fieldLines, ...orderLines];
    const shown = countFittingLines(lines.slice(0, MAX_LINES), 0, MAX_PLAN_TOKENS);
    return {
      preview: {
        summary:
          lines.length === 0
            ? `Nothing to do: ${inQuotes(plan.title)} is as asked.`
            : `Changes the collection ${labelOf(plan)}. Iconik has no undo: the lines show what it was, and the same tool sets it back.`,
        affected: lines.slice(0, shown),
        notes: [...plan.notes, ...(shown < lines.length ? [showing(shown, lines.length)] : [])],
      },
      plan,
      into: showsOthers ? [{ id: plan.id, title: plan.title }] : [],
      brings: plan.body.keyframe_asset_ids ?? [],
      touches: [plan.id, ...(parent?.id ? [parent.id] : [])],
      skipConfirm: lines.length === 0 || (fieldLines.length === 1 && !parent && !order && !showsOthers),
    };
  },
  run: async (_, context, plan: Plan) => {
    const fields = plan.fieldLines.length > 0 ? await writeFields(context, plan) : {};
    const order = plan.order && (await moveContents(context, plan.id, plan.order.moved, plan.order.place));
    const moved = order && [`order: ${order.done} of ${plan.orderLines.length} moved`];
    const changed = [...(fields.changed ?? []), ...(order?.isShown ? (moved ?? []) : [])];
    const unconfirmed = [...(fields.unconfirmed ?? []), ...(order?.isShown ? [] : (moved ?? []))];
    return {
      collection: labelOf({ id: plan.id, title: plan.body.title ?? plan.title }),
      ...(changed.length > 0 && { changed }),
      ...(fields.failed && { failed: [...fields.failed] }),
      ...(unconfirmed.length > 0 && { unconfirmed }),
      notes: [
        ...(plan.fieldLines.length + plan.orderLines.length === 0 ? ['Nothing to change.'] : []),
        ...(fields.changed ? plan.undo : []),
        ...(order ? [order.note] : []),
      ],
    };
  },
});

type Outcome = 'changed' | 'failed' | 'unconfirmed';

/** All fields go in one request, so they fail or hold together. */
async function writeFields(context: Context, plan: Plan): Promise<Partial<Record<Outcome, readonly string[]>>> {
  try {
    await context.use(collectionChanges.tools.partial_update_collection, { collection_id: plan.id, ...plan.body });
  } catch (error) {
    if (context.signal.aborted) throw error;
    return { failed: plan.fieldLines.map((line) => `${line}: ${reasonOf(error)}`) };
  }
  const isShown = await areFieldsShown(context, plan).catch(instead(context, false));
  return isShown ? { changed: plan.fieldLines } : { unconfirmed: plan.fieldLines };
}
