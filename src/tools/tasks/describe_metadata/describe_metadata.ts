import * as z from 'zod';
import { countFittingLines, shorten } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { findField, findView, type View, viewsOf } from '../../library/metadata/fields.ts';
import { integer, strings, text } from '../../params.ts';
import type { Context } from '../../types.ts';
import { fieldLine, fieldsWith, LONG, MANY, optionLines, rules, standsIn, writableViews } from './lines.ts';

const words = (description: string) => z.string().min(1).optional().describe(description);

/** Tokens of the lines of one answer. */
const TOKENS = 6_000;

export const describe_metadata = task({
  title: 'Describe metadata',
  description:
    'What can be filled in: views with field counts; with view its fields (type, required, several values, read-only, allowed values); with field one in full. find looks through labels and options. Write with set_metadata; for the values that assets have use read_metadata.',
  effect: 'read',
  roles: ['can_read_metadata_views'],
  input: {
    view: words('View by name or id, e.g. Rights.'),
    field: words('Field by label or name, e.g. Territory.'),
    find: words('Words in labels, names or options, e.g. Portu.'),
    after: z.int().min(0).optional().describe('Skip so many lines, to see the rest. Default 0.'),
  },
  output: {
    total: integer,
    shown: integer,
    views: strings,
    view: text,
    fields: strings,
    field: text,
    label: text,
    rules: strings,
    options: strings,
    notes: strings,
  },
  run: async ({ view, field, find, after = 0 }, context) => {
    if (field !== undefined) return oneField(context, { label: field, view, find, after });
    if (find !== undefined) {
      const views = view === undefined ? await viewsOf(context) : [await findView(context, view)];
      const { total, shown, lines, notes } = pageOf(fieldsWith(views, find), after);
      const none = total === 0 ? [`No label, name or option has "${find}".`] : notes;
      return { total, shown, fields: lines, ...(none.length > 0 && { notes: none }) };
    }
    return view === undefined ? allViews(context, after) : oneView(context, await findView(context, view), after);
  },
});

/** As many lines as fit, and how to see the rest. */
function pageOf(all: readonly string[], after: number) {
  const some = all.slice(after, after + MANY);
  const lines = some.slice(0, countFittingLines(some, 0, TOKENS));
  const end = after + lines.length;
  const remaining = all.length - end;
  const notes = remaining > 0 ? [`${remaining} more: find narrows them, after: ${end} goes on.`] : [];
  return { total: all.length, shown: lines.length, lines, notes };
}

async function allViews(context: Context, after: number) {
  const [views, may] = await Promise.all([viewsOf(context), writableViews(context)]);
  const { total, shown, lines, notes } = pageOf(
    views.map((one) => viewLine(one, may?.get(one.id))),
    after,
  );
  return {
    total,
    shown,
    views: lines,
    notes: [
      ...notes,
      may
        ? 'Writing takes the role can_write_metadata_values; "not writable" is what Iconik says for this user.'
        : 'Whether this user may write a view is not known: the role can_read_metadata_categories is missing. Writing takes can_write_metadata_values.',
      'Next: view for its fields, or find for a label.',
    ],
  };
}

function viewLine({ name, description, fields }: View, may: boolean | undefined): string {
  const count = (which: 'required' | 'read_only', word: string) => {
    const some = fields.filter((field) => field[which]).length;
    return some > 0 && `${some} ${word}`;
  };
  const counts = [`${fields.length} fields`, count('required', 'required'), count('read_only', 'read-only')];
  return [
    `"${name}"`,
    counts.filter(Boolean).join(', '),
    may === false && 'not writable',
    description && shorten(description, LONG),
  ]
    .filter(Boolean)
    .join(' · ');
}

async function oneView(context: Context, view: View, after: number) {
  const may = await writableViews(context);
  const mayNot = may?.get(view.id) === false ? ['Iconik says that this user can write nothing in this view.'] : [];
  const { total, shown, lines, notes: more } = pageOf(view.fields.map(fieldLine), after);
  const notes = [...mayNot, ...more];
  return { view: view.name, total, shown, fields: lines, ...(notes.length > 0 && { notes }) };
}

interface Asked {
  readonly label: string;
  readonly view: string | undefined;
  readonly find: string | undefined;
  readonly after: number;
}

async function oneField(context: Context, { label, view, find, after }: Asked) {
  const field = await findField(context, label, view);
  const { shown, lines, notes } = pageOf(optionLines(field, find), after);
  return {
    field: field.name,
    label: field.label,
    view: field.view,
    rules: [...rules(field), ...(field.description ? [shorten(field.description, LONG)] : [])],
    ...(field.options.length > 0 && { total: field.options.length, shown, options: lines }),
    notes: [...(await standsIn(context, field)), ...notes],
  };
}
