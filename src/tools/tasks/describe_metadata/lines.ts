import { searchKey } from '../../../text/compare.ts';
import { shorten } from '../../../text/tokens.ts';
import type { CacheKind } from '../../cache.ts';
import { statusOf } from '../../errors.ts';
import { type Field, type View, viewsOf } from '../../library/metadata/fields.ts';
import { metadata } from '../../operations/metadata.ts';
import type { Context } from '../../types.ts';

/** Options shown in the line of a field. */
const MAX_OPTIONS_IN_LINE = 6;
/** Characters of a description, and of an option in a line. */
export const MAX_DESCRIPTION_LENGTH = 300;
const MAX_OPTION_LENGTH = 80;

/** `"Territory" · drop_down · several values · 38 options: Worldwide, European Union …` */
export function fieldLine(field: Field): string {
  const named = field.name === field.label ? '' : ` (${field.name})`;
  return [
    `"${field.label}"${named}`,
    ...rulesOf(field),
    optionsPart(field),
    field.description && shorten(field.description, MAX_DESCRIPTION_LENGTH),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What a value must satisfy: type and range, how many values, required or read-only. */
export function rulesOf({ type, multi, required, read_only, min, max }: Field): string[] {
  const range = min === undefined && max === undefined ? '' : ` ${min ?? ''}..${max ?? ''}`;
  return [
    `${type}${range}`,
    ...(multi ? ['several values'] : []),
    ...(required ? ['required'] : []),
    ...(read_only ? ['read-only'] : []),
  ];
}

function optionsPart({ options, name }: Field): string {
  if (options.length === 0) return '';
  // Two more are shown in full rather than counted.
  const isLong = options.length > MAX_OPTIONS_IN_LINE + 2;
  const shown = isLong ? options.slice(0, MAX_OPTIONS_IN_LINE) : options;
  const more = isLong ? ` and ${options.length - shown.length} more (field: ${name})` : '';
  return `${options.length} options: ${shown.map(({ label }) => shorten(label, MAX_OPTION_LENGTH)).join(', ')}${more}`;
}

/** The options that contain `find` in label or value; `Portugal (PT)` if the stored value differs from the label. */
export const optionLines = ({ options }: Field, find = ''): string[] =>
  options
    .filter(({ label, value }) => [label, value].some((one) => searchKey(one).includes(searchKey(find))))
    .map(({ label, value }) => (label === value ? label : `${label} (${value})`));

/** A line per field that contains `find` in its label, its name or an option. */
export function matchingFieldLines(views: readonly View[], find: string): string[] {
  const meant = searchKey(find);
  return views.flatMap(({ name: view, fields }) =>
    fields.flatMap((field) => {
      const inName = [field.label, field.name].some((one) => searchKey(one).includes(meant));
      const options = optionLines(field, find);
      if (!inName && options.length === 0) return [];
      const shown = options.slice(0, MAX_OPTIONS_IN_LINE).map((option) => shorten(option, MAX_OPTION_LENGTH));
      const more = options.length > shown.length ? ` and ${options.length - shown.length} more` : '';
      const optionPart = shown.length > 0 ? ` · options: ${shown.join(', ')}${more}` : '';
      return [`"${field.label}" (${field.name}), view ${view} · ${rulesOf(field).join(' · ')}${optionPart}`];
    }),
  );
}

/** The views that show a field, and how its rules differ between them. */
export async function viewsShowing(context: Context, { name }: Field): Promise<string[]> {
  const own = (await viewsOf(context)).flatMap(({ fields }) => fields.filter((field) => field.name === name));
  const rules = own.map((field) =>
    [`"${field.label}"`, ...rulesOf(field), `${field.options.length} options`].join(' · '),
  );
  if (new Set(rules).size === 1) return [`In these views: ${own.map(({ view }) => view).join(', ')}.`];
  return own.map(({ view }, index) => `It differs by view. In ${view}: ${rules[index]}.`);
}

/**
 * Whether the user may write a view, by view id (`GET /metadata/v1/assets/categories/{name}/views/?writable_only=true`).
 * Views without a category are missing; undefined if the user lacks the role to ask.
 */
export async function writableViews(context: Context): Promise<ReadonlyMap<string, boolean> | undefined> {
  try {
    return await context.cache.remember(WRITABLE_VIEWS, '', () => readWritableViews(context));
  } catch (error) {
    if ([403, 404].includes(statusOf(error) ?? 0)) return undefined;
    throw error;
  }
}

const WRITABLE_VIEWS: CacheKind<Promise<ReadonlyMap<string, boolean>>> = {
  name: 'writable views',
  max: 1,
  ttl: 60_000,
  changedBy: /^\w+ \/(metadata\/v1\/views|acls\/v1)\//,
};

async function readWritableViews(context: Context): Promise<Map<string, boolean>> {
  const { objects } = await context.use(metadata.tools.list_asset_categories, {});
  const isWritable = new Map<string, boolean>();
  const answers = await Promise.all(
    objects.flatMap(({ name, view_ids = [] }) => {
      for (const id of view_ids) isWritable.set(id, false);
      return name ? [context.use(metadata.tools.get_category_views, { name, writable_only: true })] : [];
    }),
  );
  for (const { views = [] } of answers) for (const { id } of views) if (id) isWritable.set(id, true);
  return isWritable;
}
