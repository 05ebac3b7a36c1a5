import { withName } from '../../../text/compare.ts';
import { firstOf } from '../../../text/english.ts';
import { closestTo, nearestOf } from '../../../text/nearest.ts';
import { inQuotes } from '../../../text/quote.ts';
import type { CacheKind } from '../../cache.ts';
import { NotFound, statusOf, ToolError } from '../../errors.ts';
import { metadata } from '../../operations/metadata.ts';
import type { Context } from '../../types.ts';
import { onlyNear } from '../names.ts';
import { elsewhere } from './elsewhere.ts';

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** A metadata field as one view shows it. */
export interface Field {
  readonly view_id: string;
  readonly view: string;
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly multi: boolean;
  readonly required: boolean;
  readonly read_only: boolean;
  readonly description?: string;
  readonly min?: number;
  readonly max?: number;
  readonly options: readonly Option[];
}

export interface View {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly fields: readonly Field[];
}

/** Views change rarely, and every task that takes a label needs them. */
const VIEWS: CacheKind<Promise<View[]>> = {
  name: 'views',
  max: 1,
  ttl: 60_000,
  changedBy: /^\w+ \/metadata\/v1\/(fields|views)\//,
};

/** All views with their fields. */
export const viewsOf = (context: Context): Promise<View[]> =>
  context.cache.remember(VIEWS, '', async () => {
    const { objects } = await context.use(metadata.tools.list_metadata_views, {});
    const named = objects.filter(({ id, name }) => id && name);
    return Promise.all(named.map(({ id, name }) => viewOf(context, String(id), String(name))));
  });

async function viewOf(context: Context, id: string, name: string): Promise<View> {
  const { view_fields = [], description } = await context.use(metadata.tools.get_metadata_view, { view_id: id });
  const fields = view_fields.flatMap((field): Field[] => {
    if (!field.name) return [];
    return [
      {
        view_id: id,
        view: name,
        name: field.name,
        label: field.label ?? field.name,
        type: field.field_type ?? 'string',
        multi: field.multi ?? false,
        required: field.required ?? false,
        read_only: field.read_only ?? false,
        ...(field.description && { description: field.description }),
        ...(field.min_value !== undefined && { min: field.min_value }),
        ...(field.max_value !== undefined && { max: field.max_value }),
        options: (field.options ?? []).map(({ value = '', label = value }) => ({ value, label })),
      },
    ];
  });
  return { id, name, ...(description && { description }), fields };
}

/** The view of a name or an id. Throws `ToolError` with the views there are. */
export async function findView(context: Context, words: string): Promise<View> {
  const views = await viewsOf(context);
  const meant = withName(views, ({ id, name }) => [id, name], words);
  const [only] = meant;
  if (only && meant.length === 1) return only;
  const names = views.map(({ name }) => name);
  if (meant.length > 1)
    throw new ToolError(
      `${meant.length} views are called ${inQuotes(words)}: give the id: ${meant.map(({ id }) => id).join(', ')}.`,
    );
  const close = meant.length === 0 && onlyNear(context, words, views, { noun: 'the view', nameOf: ({ name }) => name });
  if (close) return close;
  throw new NotFound(`There is no view ${inQuotes(words)}.${near(words, names)} Views: ${names.join(', ')}.`);
}

/** The view of this name, if it is one: `Rights`, `view Rights`. */
export async function viewNamed(context: Context, words: string): Promise<View | undefined> {
  const name = words
    .trim()
    .replace(/^(?:the )?view /i, '')
    .replace(/ view$/i, '');
  return withName(await viewsOf(context), ({ id, name: own }) => [id, own], name)[0];
}

/**
 * The field that a label or a name means, in the view that is named or in any. Where several views show it, one in
 * which it can be written comes first. Throws `ToolError` with the fields there are; `beside`: what else may be named.
 */
export async function findField(context: Context, words: string, view?: string, beside = ''): Promise<Field> {
  const views = view === undefined ? await viewsOf(context) : [await findView(context, view)];
  const fields = views.flatMap((one) => one.fields);
  const byName = fields.filter(({ name }) => name === words);
  const meant = byName.length > 0 ? byName : withName(fields, ({ label, name }) => [label, name], words);
  const names = new Set(meant.map(({ name }) => name));
  if (names.size > 1) {
    const where = meant.map((field) => `${field.name} (view ${field.view})`).join(', ');
    throw new ToolError(
      `Several fields are called ${inQuotes(words)}: ${where}. Give the name instead of the label, or the view.`,
    );
  }
  if (meant.length === 0) requireMetadata(context, words);
  const [best] = [...meant].sort((a, b) => Number(a.read_only) - Number(b.read_only));
  if (best) return best;
  const named = withName(await viewsOf(context), ({ name }) => [name], words)[0];
  const hint = named
    ? `${inQuotes(named.name)} is a view, with the fields ${shortened(labelsOf(named))}.`
    : nearestLabels(context, words, [...new Set(fields.map(({ label }) => label))]);
  const where = view === undefined ? '' : ` in the view "${view}"`;
  throw new NotFound(
    `There is no field ${inQuotes(words)}${where}. ${hint}${beside && ` Also: ${beside}.${elsewhere(context, words)}`}`,
  );
}

/** Labels that an error names. */
const MAX_NEAREST = 5;

/** The one that is most likely meant, some that are written like it, and where all are. */
function nearestLabels({ offers }: Context, words: string, labels: readonly string[]): string {
  const likely = closestTo(words, labels);
  const others = nearestOf(words, labels, MAX_NEAREST).filter((one) => one !== likely);
  const more = labels.length - others.length - (likely ? 1 : 0);
  const all = more > 0 && offers('describe_metadata') ? '; describe_metadata lists them' : '';
  const rest = `${others.join(', ')}${more > 0 ? ` and ${more} more${all}` : ''}.`;
  return likely ? `Nearest: ${likely}.${others.length > 0 ? ` Others: ${rest}` : ''}` : `Fields: ${rest}`;
}

const labelsOf = ({ fields }: View): string[] => fields.map(({ label }) => label);

/** What media info and files say, which is no metadata. */
const TECHNICAL =
  /^(codec|resolution|frame ?rate|fps|scan( type)?|audio|start ?timecode|container|checksum|duration|length|(file )?size|file ?name|storage|bit ?rate|bit ?depth)$/i;

/** What check_masters has rules for. */
const CHECKED = /^(codec|resolution|frame ?rate|fps|scan( type)?|audio|start ?timecode|container)$/i;

/** Throws `NotFound` for a technical fact, with what reads it. */
function requireMetadata({ offers }: Context, words: string): void {
  const named = words.trim().replaceAll('_', ' ');
  if (!TECHNICAL.test(named)) return;
  const ways = [
    offers('find_assets') && !/^bit/i.test(words.trim()) && 'find_assets lists it per asset, with show',
    offers('check_masters') && CHECKED.test(named) && 'check_masters checks it, also as CSV',
    offers('locate_files') && 'locate_files shows the files',
  ].filter(Boolean);
  throw new NotFound(
    `${inQuotes(words)} is no metadata field: media info and files have it.${ways.length > 0 ? ` ${ways.join('; ')}.` : ''}`,
  );
}

/** The field, where there is one: a label comes before a property of assets that has the same name. */
export async function fieldBefore(context: Context, words: string): Promise<Field | undefined> {
  try {
    return await findField(context, words);
  } catch (error) {
    if (error instanceof NotFound || statusOf(error) === 403) return undefined;
    throw error;
  }
}

/** What was understood: `Rights expiry → field rights_expiry_date (date, view Rights)`. */
export const understoodAs = (words: string, field: Field): string =>
  `"${words}" → field ${field.name} (${field.type}, view ${field.view})`;

const near = (words: string, known: readonly string[]): string => {
  const best = closestTo(words, known);
  return best ? ` Nearest: ${best}.` : '';
};

const LISTED = 30;
const shortened = (names: readonly string[]): string => firstOf(names, LISTED);
