import * as z from 'zod';
import { task } from '../../define.ts';
import { idsOf, keepWritten } from '../../library/kept_selections.ts';
import { faultOfPattern } from '../../library/plans/patterns.ts';
import { assetsToChange, oneWay } from '../../library/selection.ts';
import { integer, strings, text } from '../../params.ts';
import { outOfTime, showing } from '../../run/notes.ts';
import { type Item, itemLine } from './plan.ts';
import { planEdit } from './preview.ts';
import { PLACEHOLDERS } from './titles.ts';
import { planUndo, undoNotes } from './undo.ts';
import { writeItems } from './write.ts';

/** Lines in a report. */
const MAX_LINES = 50;
const EXAMPLES_IN_REPORT = 5;

const ALONE = ['undo', 'confirm'];
const several = (description: string) => z.array(z.string().min(1)).optional().describe(description);

export const edit_assets = task({
  title: 'Edit assets: rename, category',
  description:
    'Rename by a title, a pattern with numbers, or find and replace; change category, external id, collections. Several return a plan (old → new) first. For metadata use set_metadata.',
  effect: 'update',
  roles: ['can_write_assets', 'can_read_assets', 'can_write_collections', 'can_search'],
  input: {
    ...assetsToChange,
    title: z.string().optional().describe('New title or pattern: "{title} {date}", "Cut {n:3}". {date}: created.'),
    find: z.string().min(1).optional().describe('Text in titles.'),
    replace: z.string().optional().describe('Replacement.'),
    number_from: z.int().min(0).optional().describe('First {n}. Default 1.'),
    category: z.string().min(1).optional().describe('New value.'),
    external_id: z.string().min(1).optional().describe('Or pattern.'),
    clear: z
      .array(z.enum(['category', 'external_id']))
      .optional()
      .describe('To empty.'),
    add_to: several('Collections: name, path or id.'),
    take_out_of: several('Collections; deletes nothing.'),
    undo: z.string().optional().describe('Handle.'),
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
    const { title, find, replace, category, external_id, clear = [], add_to = [], take_out_of = [], undo } = args;
    const other = Object.entries(args).find(([name, value]) => !ALONE.includes(name) && value !== undefined)?.[0];
    if (undo !== undefined) return other && `undo goes alone: leave out ${other}.`;
    if (title !== undefined && find !== undefined) return 'Give title or find, not both.';
    if (replace !== undefined && find === undefined) return 'replace needs find: the text that it takes the place of.';
    if (
      [title, find, category, external_id].every((one) => one === undefined) &&
      clear.length + add_to.length + take_out_of.length === 0
    )
      return 'Say what changes: title, find, category, external_id, clear, add_to or take_out_of.';
    for (const name of clear) if (args[name] !== undefined) return `${name} is both given and in clear.`;
    return (
      faultOfPattern('title', title, PLACEHOLDERS) ??
      faultOfPattern('external_id', external_id, PLACEHOLDERS) ??
      oneWay(args)
    );
  },
  preview: async ({ undo, ...args }, context) =>
    undo === undefined ? planEdit(context, args) : planUndo(context, undo),
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
        ...undoNotes(context, items, verified),
        ...(failed.length > MAX_LINES ? [`failed: ${showing(MAX_LINES, failed.length)}`] : []),
        ...(remaining > 0 ? [outOfTime(remaining)] : []),
      ],
    };
  },
});
