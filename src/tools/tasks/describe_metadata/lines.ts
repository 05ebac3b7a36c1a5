import { folded } from '../../../text/compare.ts';
import { shorten } from '../../../text/tokens.ts';
import { type Field, type View, viewsOf } from '../../library/metadata/fields.ts';
import { metadata } from '../../operations/metadata.ts';
import type { Context } from '../../types.ts';

/** Options that a line of a view shows, and lines that an answer shows at most. */
const FEW = 6;
export const MANY = 60;
/** Characters of a description, and of an option in a line. */
export const LONG = 300;
const OPTION = 80;

/** `"Territory" · drop_down · several values · 38 options: Worldwide, European Union …`: all that one needs to fill it in. */
export function fieldLine(field: Field): string {
  const named = field.name === field.label ? '' : ` (${field.name})`;
  return [
    `"${field.label}"${named}`,
    ...rules(field),
    optionsOf(field),
    field.description && shorten(field.description, LONG),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What a value has to be: type, how many, range, whether it may be left out or written. */
export function rules({ type, multi, required, read_only, min, max }: Field): string[] {
  const range = min === undefined && max === undefined ? '' : ` ${min ?? ''}..${max ?? ''}`;
  return [
    `${type}${range}`,
    ...(multi ? ['several values'] : []),
    ...(required ? ['required'] : []),
    ...(read_only ? ['read-only'] : []),
  ];
}

function optionsOf({ options, name }: Field): string {
  if (options.length === 0) return '';
  const shown = options.slice(0, options.length > FEW + 2 ? FEW : FEW + 2).map(({ label }) => shorten(label, OPTION));
  const more = options.length - shown.length;
  const rest = more > 0 ? ` and ${more} more (field: ${name})` : '';
  return `${options.length} options: ${shown.join(', ')}${rest}`;
}

/** Options whose label or value has the words; `Portugal (PT)` where the stored value is another. */
export const optionLines = ({ options }: Field, find = ''): string[] =>
  options
    .filter(({ label, value }) => [label, value].some((one) => folded(one).includes(folded(find))))
    .map(({ label, value }) => (label === value ? label : `${label} (${value})`));

/** The fields in which the words are: in label, name or an option. */
export function fieldsWith(views: readonly View[], find: string): string[] {
  const meant = folded(find);
  return views.flatMap(({ name: view, fields }) =>
    fields.flatMap((field) => {
      const inName = [field.label, field.name].some((one) => folded(one).includes(meant));
      const options = optionLines(field, find);
      if (!inName && options.length === 0) return [];
      const found =
        options.length > 0
          ? ` · options: ${options
              .slice(0, FEW)
              .map((option) => shorten(option, OPTION))
              .join(', ')}`
          : '';
      const more = options.length > FEW ? ` and ${options.length - FEW} more` : '';
      return [`"${field.label}" (${field.name}), view ${view} · ${rules(field).join(' · ')}${found}${more}`];
    }),
  );
}

/** The views in which a field stands, and in what it differs from one to another. */
export async function standsIn(context: Context, { name }: Field): Promise<string[]> {
  const own = (await viewsOf(context)).flatMap(({ fields }) => fields.filter((field) => field.name === name));
  const notes = own.map((field) =>
    [`"${field.label}"`, ...rules(field), `${field.options.length} options`].join(' · '),
  );
  const alike = new Set(notes).size === 1;
  if (alike) return [`The same in ${own.map(({ view }) => view).join(', ')}.`];
  return own.map(({ view }, index) => `It differs by view. In ${view}: ${notes[index]}.`);
}

/**
 * Ids of the views that the caller may write (`GET /metadata/v1/assets/categories/{name}/views/?writable_only=true`).
 * Views without a category are not judged; `undefined` where the role to ask is missing.
 */
export async function writableViews(context: Context): Promise<ReadonlyMap<string, boolean> | undefined> {
  try {
    return await context.shelf.recent('writable views', 60_000, () => judged(context));
  } catch (error) {
    if ([403, 404].includes(Number((error as { status?: unknown }).status))) return undefined;
    throw error;
  }
}

async function judged(context: Context): Promise<Map<string, boolean>> {
  const { objects } = await context.use(metadata.tools.list_asset_categories, {});
  const may = new Map<string, boolean>();
  const answers = await Promise.all(
    objects.flatMap(({ name, view_ids = [] }) => {
      for (const id of view_ids) may.set(id, false);
      return name ? [context.use(metadata.tools.get_category_views, { name, writable_only: true })] : [];
    }),
  );
  for (const { views = [] } of answers) for (const { id } of views) if (id) may.set(id, true);
  return may;
}
