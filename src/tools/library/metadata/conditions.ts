import { type DateRange, datesMeant, parseDateRange } from '../../../media/dates.ts';
import { MediaError } from '../../../media/errors.ts';
import { identityKey } from '../../../text/compare.ts';
import { ToolError } from '../../errors.ts';
import type { Context } from '../../types.ts';
import { quoted } from '../names.ts';
import type { Term } from '../search.ts';
import { type Field, fieldBefore, findField, understoodAs } from './fields.ts';
import { PROPERTIES, presence, propertyCondition, propertyLabel } from './properties.ts';
import { optionsMeant, textOf, toStored, valuesGiven } from './values.ts';

/** What a search asks for, and how it was understood. */
export interface Conditions {
  readonly terms: readonly Term[];
  readonly not: readonly string[];
  readonly notes: readonly string[];
}

/** What one of several conditions asks for, by its label as it was given. */
export interface Condition extends Conditions {
  readonly label: string;
}

/** Dates that every asset has, beside those in its metadata. */
export const DATES: ReadonlyMap<string, string> = new Map([
  ['created', 'date_created'],
  ['modified', 'date_modified'],
  ['imported', 'date_imported'],
  ['viewed', 'date_viewed'],
]);

/**
 * Conditions by label: a value, several (any of them), a range (`2025`, `2025-03..2025-06`, `3..5`), `empty`,
 * `not empty`, or `not X`. Throws `ToolError` for labels and values that there are not. `beside`: other words that the
 * caller takes in place of a label.
 */
export async function readConditions(
  context: Context,
  where: Readonly<Record<string, unknown>>,
  zone: string,
  beside = '',
): Promise<Conditions & { readonly each: readonly Condition[] }> {
  const all = await Promise.all(
    Object.entries(where).map(async ([label, wanted]) => ({
      label,
      ...(await condition(context, label, wanted, { zone, beside })),
    })),
  );
  return {
    each: all,
    terms: all.flatMap(({ terms }) => terms),
    not: all.flatMap(({ not }) => not),
    notes: all.flatMap((one) => one.notes),
  };
}

const BIN = /\b(deleted|trash(ed)?|(recycle )?bin|binned)\b/i;

/** `status: DELETED`, `deleted: true`, `in bin: yes`. */
const isAboutBin = (label: string, wanted: unknown): boolean =>
  BIN.test(label.replaceAll('_', ' ')) || (/^(\w+_)?(status|state)$/i.test(label.trim()) && BIN.test(String(wanted)));

interface How {
  readonly zone: string;
  readonly beside: string;
}

async function condition(context: Context, label: string, given: unknown, { zone, beside }: How): Promise<Conditions> {
  // A list of one is how a single value is listed for hosts that take no value of several types.
  const wanted = Array.isArray(given) && given.length === 1 && !Array.isArray(given[0]) ? given[0] : given;
  const date = DATES.get(label.trim().toLowerCase());
  if (date) return dateCondition(label, date, wanted, zone);
  if (isAboutBin(label, wanted) && !(await fieldBefore(context, label)))
    throw new ToolError(
      `${label}: searches find what is in use, not what was deleted.${context.offers('list_bin') ? ' list_bin shows the recycle bin.' : ''}`,
    );
  const property = PROPERTIES.get(propertyLabel(label));
  const field = property ? await fieldBefore(context, label) : await findField(context, label, undefined, beside);
  if (!field) return propertyCondition(context, label, property ?? '', wanted);
  const name = `metadata.${field.name}`;
  const known = field.label === label && field.name === label ? [] : [understoodAs(label, field)];
  const asked = [wanted].flat().map((one) => (typeof one === 'string' ? one.replace(/^not /i, '') : one));
  const understood = [...known, ...optionsMeant(field, asked)];
  const answer = (...terms: Term[]): Conditions => ({ terms, not: [], notes: understood });
  const values = valuesGiven(wanted);
  if (values.length === 0)
    throw new ToolError(`${label}: no value was given. Leave it out, or give "empty" for assets without a value.`);
  if (Array.isArray(wanted) || typeof wanted === 'object') {
    return answer({ name, value_in: values.map((one) => String(toStored(field, one))) });
  }
  const text = textOf(label, wanted);
  // An option may be called "empty" or "Not cleared": exact values come before operators.
  const exact = field.options.find((option) =>
    [option.label, option.value].map(identityKey).includes(identityKey(text)),
  );
  if (exact) return answer({ name, value_in: [exact.value] });
  if (/^(not )?empty$/i.test(text)) return answer(presence(name, text));
  const negated = /^not (.+)$/i.exec(text)?.[1];
  const range = rangeOf(field, negated ?? text, zone);
  const notes =
    range && field.type.startsWith('date')
      ? [...understood, ...spelled(label, text, field.type === 'date' ? 'UTC' : zone)]
      : understood;
  if (negated) {
    const clause = range ? rangeClause(name, range) : `${name}:${quoted(String(toStored(field, negated)))}`;
    return { terms: [], not: [clause], notes };
  }
  return { terms: [range ? { name, range } : { name, value_in: [String(toStored(field, wanted))] }], not: [], notes };
}

/** The date that assets have only once somebody has looked at them. */
const VIEWED = 'date_viewed';

/** A condition on a date that every asset has: a range, `empty`, or `not` and one of them. */
function dateCondition(label: string, name: string, wanted: unknown, zone: string): Conditions {
  if (Array.isArray(wanted) && wanted.length > 1)
    throw new ToolError(
      `${label}: give one range. "not 2024.." is before 2024 or never; "2023..2024" is one range of both years.`,
    );
  const given = textOf(label, wanted);
  const text = /^never$/i.test(given.trim()) ? 'empty' : given;
  if (/^(not )?empty$/i.test(text)) return { terms: [presence(name, text)], not: [], notes: [`${label} → ${name}`] };
  // What was not viewed in six months was not viewed in the last six.
  const negated = /^not (.+)$/i
    .exec(text)?.[1]
    ?.replace(/^in (?=(?:an?|\w+) (?:day|week|month|quarter|year)s?$)/i, 'for ');
  const range = moments(negated ?? text, zone);
  const isOpen = name === VIEWED && !negated && range.min === undefined;
  const never = negated ? ', or never' : isOpen ? '; those never viewed are left out, "not since …" has them, too' : '';
  const notes = [`${label} → ${name} (${zone})${never}`, ...spelled(label, negated ? `not ${negated}` : text, zone)];
  return negated ? { terms: [], not: [rangeClause(name, range)], notes } : { terms: [{ name, range }], not: [], notes };
}

/** A range as a clause of a query, both ends included. */
const rangeClause = (name: string, { min, max }: NonNullable<Term['range']>): string =>
  `${name}:[${min ? quoted(min) : '*'} TO ${max ? quoted(max) : '*'}]`;

function rangeOf(field: Field, text: string, zone: string): Term['range'] | undefined {
  if (field.type === 'date') return days(text);
  if (field.type === 'datetime') return moments(text, zone);
  if (!['integer', 'float'].includes(field.type) || !text.includes('..')) return undefined;
  const [low = '', high = ''] = text.split('..').map((part) => part.trim());
  if (low + high === '') throw new ToolError(`${field.label}: "${text}" is not a range. Allowed: 3..5, 3.., ..5.`);
  const [min, max] = [low, high].map((part) => (part === '' ? undefined : Number(toStored(field, part))));
  if (min !== undefined && max !== undefined && min > max)
    throw new ToolError(
      `${field.label}: "${text}" ends before it begins. Write the lower value first: ${max}..${min}.`,
    );
  return { ...(min !== undefined && { min: String(min) }), ...(max !== undefined && { max: String(max) }) };
}

/** The days that words such as `last week` stand for. */
function spelled(label: string, text: string, zone: string): string[] {
  const negated = /^not (.*)/is.exec(text)?.[1];
  const meant = datesMeant(negated ?? text, zone);
  if (!meant) return [];
  return [`${label}: ${negated === undefined ? meant : `not ${meant.replace('→ ', '→ not ')}`}`];
}

/** Instants from the first to before the last, for Iconik's closed ranges. */
function moments(text: string, zone: string): { min?: string; max?: string } {
  const { from, to } = datesIn(text, zone);
  return { ...(from && { min: from }), ...(to && { max: new Date(Date.parse(to) - 1).toISOString() }) };
}

/** The error names what a condition takes beside dates. */
function datesIn(text: string, zone: string): DateRange {
  try {
    return parseDateRange(text, zone);
  } catch (error) {
    if (!(error instanceof MediaError) || !error.message.includes('Accepted: ')) throw error;
    throw new MediaError(`${error.message} Also with "not" in front: "not since summer", and "empty", "not empty".`);
  }
}

/** Whole days, both included: a date has no zone. */
function days(text: string): { min?: string; max?: string } {
  const { min, max } = moments(text, 'UTC');
  return { ...(min && { min: min.slice(0, 10) }), ...(max && { max: max.slice(0, 10) }) };
}
