import { z } from 'zod';
import type { Context } from '../context.ts';
import { task } from '../define.ts';
import { integer, strings, text } from '../params.ts';
import { fieldLine, fieldsWith, MANY, optionLines, rules, standsIn, writableViews } from '../resolve/describing.ts';
import { findField, findView, type View, viewsOf } from '../resolve/fields.ts';

const words = (description: string) => z.string().min(1).optional().describe(description);

/** Lines of fields in one answer. */
const LINES = 60;

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
    said: strings,
  },
  run: async ({ view, field, find }, context) => {
    if (field !== undefined) return oneField(context, field, view, find);
    if (find !== undefined) {
      const views = view === undefined ? await viewsOf(context) : [await findView(context, view)];
      const found = fieldsWith(views, find);
      const none = found.length === 0 ? [`No label, name or option has "${find}".`] : [];
      return {
        total: found.length,
        shown: Math.min(found.length, LINES),
        fields: found.slice(0, LINES),
        ...(none[0] && { said: none }),
      };
    }
    return view === undefined ? allViews(context) : oneView(context, await findView(context, view));
  },
});

async function allViews(context: Context) {
  const [views, may] = await Promise.all([viewsOf(context), writableViews(context)]);
  return {
    total: views.length,
    shown: views.length,
    views: views.map((one) => viewLine(one, may?.get(one.id))),
    said: [
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
  return [`"${name}"`, counts.filter(Boolean).join(', '), may === false && 'not writable', description]
    .filter(Boolean)
    .join(' · ');
}

async function oneView(context: Context, view: View) {
  const may = await writableViews(context);
  const mayNot = may?.get(view.id) === false ? ['Iconik says that this user can write nothing in this view.'] : [];
  const more = view.fields.length > LINES ? [`${LINES} of ${view.fields.length} are shown: find narrows.`] : [];
  const said = [...mayNot, ...more];
  return {
    view: view.name,
    total: view.fields.length,
    shown: Math.min(view.fields.length, LINES),
    fields: view.fields.slice(0, LINES).map(fieldLine),
    ...(said.length > 0 && { said }),
  };
}

async function oneField(context: Context, label: string, view: string | undefined, find: string | undefined) {
  const field = await findField(context, label, view);
  const options = optionLines(field, find);
  const of = find === undefined ? '' : ` that have "${find}"`;
  const less =
    options.length > MANY ? [`${MANY} of ${options.length} options${of} are shown: narrow them with find.`] : [];
  return {
    field: field.name,
    label: field.label,
    view: field.view,
    rules: [...rules(field), ...(field.description ? [field.description] : [])],
    ...(field.options.length > 0 && {
      total: field.options.length,
      shown: Math.min(options.length, MANY),
      options: options.slice(0, MANY),
    }),
    said: [...(await standsIn(context, field)), ...less],
  };
}
