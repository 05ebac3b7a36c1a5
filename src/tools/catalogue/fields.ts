import type { Field, Fields } from '../../catalogue/index.ts';
import { tokensInLine } from '../../text/tokens.ts';

/** Values of a closed set that are listed. */
const MAX_VALUES = 12;

/** How much is written of fields: types two deep, types and the names of what is inside, or names alone. */
export const DETAILS = ['types', 'inner names', 'names'] as const;
export type Detail = (typeof DETAILS)[number];

/** The fields that `field` holds. */
export type Inner = (field: Field) => Fields;

/** `title* string`, `status ACTIVE|DELETED`, `objects[]*: {id uuid, …}`: a line each, required ones first. */
export function fieldLines(fields: Fields, inner: Inner, detail: Detail): string[] {
  const open = Object.entries(fields).filter(([, field]) => !field.readOnly && !field.deprecated);
  const requiredFirst = [...open].sort(([, a], [, b]) => Number(Boolean(b.required)) - Number(Boolean(a.required)));
  if (detail === 'names') return requiredFirst.length > 0 ? [requiredFirst.map(nameOf).join(', ')] : [];
  return requiredFirst.map(([name, field]) => {
    const held = Object.entries(inner(field)).filter(([, one]) => !one.readOnly && !one.deprecated);
    if (held.length === 0) return `${nameOf([name, field])} ${typeOf(field)}`;
    const each = held.map((one) => (detail === 'types' ? `${nameOf(one)} ${typeOf(one[1])}` : nameOf(one)));
    return `${nameOf([name, field])} ${kindOf(field)}{${each.join(', ')}}`;
  });
}

/** The lines in the most detail that fits into `limit` tokens. */
export function fittingLines(fields: Fields, inner: Inner, limit: number): { lines: string[]; detail: Detail } {
  for (const detail of DETAILS) {
    const lines = fieldLines(fields, inner, detail);
    if (lines.reduce((sum, line) => sum + tokensInLine(line), 0) <= limit) return { detail, lines };
  }
  return { detail: 'names', lines: fieldLines(fields, inner, 'names') };
}

const nameOf = ([name, { required }]: readonly [string, Field]): string => `${name}${required ? '*' : ''}`;

const kindOf = ({ items, values, type }: Field): string =>
  items ? '[]' : values ? 'by name ' : type === undefined || type === 'object' ? '' : `${type} `;

function typeOf(field: Field): string {
  const { enum: choices, items, values, format, type, oneOf, default: fallback } = field;
  const [low, high] = [field.minimum, field.maximum];
  const limits = [
    ...(low !== undefined && low !== 0 && low !== 1 ? [`≥${low}`] : []),
    ...(high !== undefined ? [`≤${high}`] : []),
    ...(field.maxItems !== undefined ? [`≤${field.maxItems} items`] : []),
    ...(field.maxLength !== undefined ? [`≤${field.maxLength} characters`] : []),
    ...(fallback !== undefined && fallback !== null && typeof fallback !== 'object' ? [`=${fallback}`] : []),
  ];
  const base = choices
    ? choicesOf(choices)
    : items
      ? `${typeOf(items)}[]`
      : values
        ? `{name: ${typeOf(values)}}`
        : oneOf
          ? oneOf.map(typeOf).join('|')
          : (format ?? type ?? (field.ref ? 'object' : 'any'));
  return [base, ...limits].join(' ');
}

const choicesOf = (choices: readonly unknown[]): string =>
  `${choices.slice(0, MAX_VALUES).join('|')}${choices.length > MAX_VALUES ? `|… (${choices.length})` : ''}`;
