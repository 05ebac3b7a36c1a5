import * as z from 'zod';
import { identityKey, withName } from '../../../text/compare.ts';
import { firstOf, plural } from '../../../text/english.ts';
import { countFittingLines, shorten } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { findField, findView, type View, viewsOf } from '../../library/metadata/fields.ts';
import { integer, strings, text } from '../../params.ts';
import type { Context } from '../../types.ts';
import {
  fieldLine,
  MAX_DESCRIPTION_LENGTH,
  matchingFieldLines,
  optionLines,
  rulesOf,
  viewsShowing,
  writableViews,
} from './lines.ts';

const name = (description: string) => z.string().min(1).optional().describe(description);

/** Lines of one answer, those with the fields of all views, and their tokens; views that a note names. */
const MAX_LINES = 60;
const MAX_LINES_OF_ALL = 200;
const MAX_NAMED = 10;
const MAX_TOKENS = 6_000;

export const describe_metadata = task({
  title: 'Describe metadata',
  description:
    'Show what can be filled in: the metadata views; with view its fields (type, required, read-only, allowed values); with field its options; find searches labels and options. To write use set_metadata; for the values that assets have use read_metadata.',
  effect: 'read',
  roles: ['can_read_metadata_views'],
  input: {
    view: name('View: name or id, or all.'),
    field: name('Field: label or name, e.g. Territory.'),
    find: name('Text in labels, names or options, e.g. Portu.'),
    after: z.int().min(0).optional().describe('Lines to skip.'),
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
    if (field !== undefined) return describeField(context, { label: field, view, find, after });
    if (find !== undefined) {
      const views = view === undefined ? await viewsOf(context) : [await findView(context, view)];
      const { total, shown, lines, notes } = pageOf(matchingFieldLines(views, find), after);
      const all = total === 0 ? [`No label, name or option contains "${find}".`] : notes;
      return { total, shown, fields: lines, ...(all.length > 0 && { notes: all }) };
    }
    if (view === undefined) return describeViews(context, after);
    const views = await viewsOf(context);
    const isAll = identityKey(view) === 'all' && withName(views, ({ name }) => [name], view).length === 0;
    return isAll ? describeAll(context, views, after) : describeView(context, await findView(context, view), after);
  },
});

/** As many lines as fit, and a note on how to see the rest. */
function pageOf(all: readonly string[], after: number, max = MAX_LINES) {
  const page = all.slice(after, after + max);
  const lines = page.slice(0, countFittingLines(page, 0, MAX_TOKENS));
  const end = after + lines.length;
  const remaining = all.length - end;
  const notes = remaining > 0 ? [`${remaining} more: continue with after: ${end}, or narrow with find.`] : [];
  return { total: all.length, shown: lines.length, lines, notes };
}

async function describeViews(context: Context, after: number) {
  const [views, writable] = await Promise.all([viewsOf(context), writableViews(context)]);
  const { total, shown, lines, notes } = pageOf(
    views.map((one) => viewLine(one, writable?.get(one.id))),
    after,
  );
  return {
    total,
    shown,
    views: lines,
    notes: [
      ...notes,
      writable
        ? 'Writing needs the role can_write_metadata_values. Iconik reports which views are not writable for this user.'
        : 'Whether this user may write a view is unknown: the role can_read_metadata_categories is missing. Writing needs can_write_metadata_values.',
      'Next: give view to see its fields (view: all for those of all views), or find to search for a label.',
    ],
  };
}

/** `"Rights" · 8 fields, 2 required · not writable · description`. */
function viewLine({ name, description, fields }: View, isWritable: boolean | undefined): string {
  const count = (rule: 'required' | 'read_only', word: string) => {
    const matching = fields.filter((field) => field[rule]).length;
    return matching > 0 && `${matching} ${word}`;
  };
  const counts = [plural(fields.length, 'field'), count('required', 'required'), count('read_only', 'read-only')];
  return [
    `"${name}"`,
    counts.filter(Boolean).join(', '),
    isWritable === false && 'not writable',
    description && shorten(description, MAX_DESCRIPTION_LENGTH),
  ]
    .filter(Boolean)
    .join(' · ');
}

async function describeView(context: Context, view: View, after: number) {
  const writable = await writableViews(context);
  const page = pageOf(view.fields.map(fieldLine), after);
  const { total, shown, lines } = page;
  const readOnly = writable?.get(view.id) === false ? ['Iconik reports that this user cannot write in this view.'] : [];
  const notes = [...readOnly, ...page.notes];
  return { view: view.name, total, shown, fields: lines, ...(notes.length > 0 && { notes }) };
}

/** The fields of all views: `Rights: "Territory" · drop_down …`. */
async function describeAll(context: Context, views: readonly View[], after: number) {
  const writable = await writableViews(context);
  const locked = views.filter(({ id }) => writable?.get(id) === false).map(({ name }) => name);
  const lines = views.flatMap(({ name, fields }) =>
    fields.length > 0 ? fields.map((field) => `${name}: ${fieldLine(field)}`) : [`${name}: no fields`],
  );
  const { total, shown, lines: fields, notes } = pageOf(lines, after, MAX_LINES_OF_ALL);
  const readOnly =
    locked.length > 0 ? [`Iconik reports that this user cannot write in ${firstOf(locked, MAX_NAMED)}.`] : [];
  const all = [...readOnly, ...notes];
  return { total, shown, fields, ...(all.length > 0 && { notes: all }) };
}

interface FieldArgs {
  readonly label: string;
  readonly view: string | undefined;
  readonly find: string | undefined;
  readonly after: number;
}

async function describeField(context: Context, { label, view, find, after }: FieldArgs) {
  const field = await findField(context, label, view);
  const { shown, lines, notes } = pageOf(optionLines(field, find), after);
  return {
    field: field.name,
    label: field.label,
    view: field.view,
    rules: [...rulesOf(field), ...(field.description ? [shorten(field.description, MAX_DESCRIPTION_LENGTH)] : [])],
    ...(field.options.length > 0 && { total: field.options.length, shown, options: lines }),
    notes: [...(await viewsShowing(context, field)), ...notes],
  };
}
