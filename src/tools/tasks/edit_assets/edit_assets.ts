import * as z from 'zod';
import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { ToolError } from '../../errors.ts';
import { idsOf, keepWritten } from '../../library/kept_selections.ts';
import { byCollection, COLLECTIONS } from '../../library/plans/by_collection.ts';
import { refusalNote } from '../../library/plans/refusals.ts';
import { namesLine } from '../../library/plans/titles.ts';
import { documentsOf, type Found, manyAssets, oneWay } from '../../library/selection.ts';
import { integer, strings, text } from '../../params.ts';
import { outOfTime, showing } from '../../run/notes.ts';
import type { Context } from '../../types.ts';
import { changes, type Item, itemLine, itemsOf, placesOf, twinsOf, undoOf } from './plan.ts';
import { countsAssets, faultOfPattern } from './titles.ts';
import { writeItems } from './write.ts';

/** Assets in one call, lines of a plan and their tokens, lines in a report. */
const MAX_ASSETS = 500;
const MAX_LINES = 50;
const MAX_PLAN_TOKENS = 3_500;
const EXAMPLES_IN_REPORT = 5;

const several = (description: string) => z.array(z.string().min(1)).optional().describe(description);

export const edit_assets = task({
  title: 'Edit assets: rename, category',
  description:
    'Rename one or many by a title, a pattern with numbers, or find and replace in titles; change category, external id or the collections they are in. Several return a plan (old → new) first. For metadata use set_metadata.',
  effect: 'update',
  roles: ['can_write_assets', 'can_read_assets', 'can_write_collections', 'can_search'],
  input: {
    ...manyAssets,
    title: z.string().optional().describe('New title or pattern: "{title} {date}", "Cut {n:3}". {date}: created.'),
    find: z.string().min(1).optional().describe('Text in titles to replace.'),
    replace: z.string().optional().describe('Its replacement.'),
    number_from: z.int().min(0).optional().describe('First {n}. Default 1.'),
    category: z.string().min(1).optional().describe('New value.'),
    external_id: z.string().min(1).optional().describe('New value or pattern.'),
    clear: z
      .array(z.enum(['category', 'external_id']))
      .optional()
      .describe('To empty.'),
    add_to: several('Collections: name, path or id.'),
    take_out_of: several('Collections; deletes nothing.'),
  },
  output: {
    changed: integer,
    examples: strings,
    failed: strings,
    unconfirmed: strings,
    remaining: integer,
    selection: text,
    notes: strings,
  },
  validate: (args) => {
    const { title, find, replace, category, external_id, clear = [], add_to = [], take_out_of = [] } = args;
    if (title !== undefined && find !== undefined) return 'Give title or find, not both.';
    if (replace !== undefined && find === undefined) return 'replace needs find: the text that it takes the place of.';
    if (
      [title, find, category, external_id].every((one) => one === undefined) &&
      clear.length + add_to.length + take_out_of.length === 0
    )
      return 'Say what changes: title, find, category, external_id, clear, add_to or take_out_of.';
    for (const name of clear) if (args[name] !== undefined) return `${name} is both given and in clear.`;
    return faultOfPattern('title', title) ?? faultOfPattern('external_id', external_id) ?? oneWay(args);
  },
  preview: async ({ add_to, take_out_of, assets, selection, collection, first, ...wanted }, context) => {
    const isOrdered = countsAssets(wanted.title) || countsAssets(wanted.external_id);
    const targets = { assets, selection, collection, first };
    const [found, places] = await Promise.all([
      targetsOf(context, targets, isOrdered),
      placesOf(context, add_to, take_out_of),
    ]);
    const all = await itemsOf(context, found.docs, wanted, places);
    const items = all.filter((item) => changes(item) > 0);
    const twins = await twinsOf(context, items);
    const lines = items.slice(0, MAX_LINES).map(itemLine);
    const shown = countFittingLines(lines, 0, MAX_PLAN_TOKENS);
    const same = all.length - items.length;
    const changing = new Set(items.map(({ id }) => id));
    return {
      preview: {
        summary:
          items.length === 0
            ? 'Nothing to do.'
            : `Changes ${plural(items.length, 'asset')}. Iconik has no undo; old values are listed below${shown < items.length ? ` for the first ${shown}` : ''}.`,
        affected: lines.slice(0, shown),
        notes: [
          ...found.notes,
          ...(isOrdered ? [orderNote(targets)] : []),
          ...(twins.length > 0 ? [`Several assets will have the same title: ${namesLine(twins)}.`] : []),
          ...(same > 0
            ? [`Skipped, as asked already${wanted.find ? ` or without ${inQuotes(wanted.find)}` : ''}: ${same}.`]
            : []),
          ...(items.length > shown ? [showing(shown, items.length)] : []),
          ...(await byCollection(context, found.docs, items)),
          ...refusalNote(
            found.docs.filter(({ id }) => id && changing.has(id)),
            'write',
          ),
        ],
      },
      plan: items,
      into: joinedBy(items),
      brings: items.flatMap(({ id, add }) => (add.length > 0 ? [id] : [])),
      touches: [...changing, ...places.add.map(({ id }) => id), ...places.remove.map(({ id }) => id)],
      skipConfirm: items.length === 0 || (items.length === 1 && items.every((item) => changes(item) === 1)),
    };
  },
  run: async ({ selection }, context, items: readonly Item[]) => {
    const { verified, failed, unconfirmed, remaining } = await writeItems(context, items);
    return {
      changed: verified.length,
      ...(verified.length > 0 && { examples: verified.slice(0, EXAMPLES_IN_REPORT).map(itemLine) }),
      ...(failed.length > 0 && { failed: failed.slice(0, MAX_LINES) }),
      ...(unconfirmed.length > 0 && { unconfirmed: unconfirmed.slice(0, MAX_LINES) }),
      ...(remaining > 0 && { remaining }),
      ...keepWritten(context, 'edit_assets', selection, idsOf(verified)),
      notes: [
        items.length === 0
          ? 'Nothing to change.'
          : `Confirmed ${verified.length} of ${items.length}: Iconik shows the new values. Search follows in some seconds.`,
        ...(items.length === 1 ? verified.flatMap(undoOf) : []),
        ...(failed.length > MAX_LINES ? [`failed: ${showing(MAX_LINES, failed.length)}`] : []),
        ...(remaining > 0 ? [outOfTime(remaining)] : []),
      ],
    };
  },
});

/** The collections that assets come into, each once. */
const joinedBy = (items: readonly Item[]) => [
  ...new Map(items.flatMap(({ add }) => add).map((one) => [one.id, one])).values(),
];

interface Targets {
  readonly assets?: readonly string[] | undefined;
  readonly selection?: string | undefined;
  readonly collection?: string | undefined;
  readonly first?: number | undefined;
}

/** The assets, in their order where it counts. Throws `ToolError` where they are too many. */
async function targetsOf(context: Context, targets: Targets, isOrdered: boolean): Promise<Found> {
  const found = await documentsOf(context, { ...targets, ordered: isOrdered }, ['permissions', COLLECTIONS]);
  if (found.docs.length > MAX_ASSETS)
    throw new ToolError(
      `${found.total} assets: at most ${MAX_ASSETS} are edited in one call. Take the first ${MAX_ASSETS} with first, or narrow the selection. Nothing was changed.`,
    );
  return found;
}

const orderNote = ({ assets, selection }: { readonly assets?: unknown; readonly selection?: unknown }): string =>
  `{n} counts the assets ${assets ? 'as they are named' : selection ? 'in the order of the selection' : 'by title'}.`;
