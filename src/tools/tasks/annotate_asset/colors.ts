import { COLOR_NAMES, colorOf } from '../../../media/markers/colors.ts';
import { plural } from '../../../text/english.ts';
import { closestTo } from '../../../text/nearest.ts';
import { inQuotes } from '../../../text/quote.ts';

/** What is said about colors. */
export interface AskedColors {
  /** One for all, or one for each of `items`; without these one for each of `recolor`. */
  readonly color?: readonly string[] | undefined;
  readonly items?: readonly string[] | undefined;
  /** `m3`, or `m3 green`. */
  readonly recolor?: readonly string[] | undefined;
}

/** `m3 green` as its number and its color. */
export function numberAndColor(item: string): { number: string; color?: string } {
  const [number = '', ...rest] = item.trim().split(/\s+/);
  return { number: number.replace(/[:,)]$/, ''), ...(rest.length > 0 && { color: rest.join(' ') }) };
}

/** One sentence about colors that are not known, too many or missing. */
export function wrongColors({ color = [], items, recolor = [] }: AskedColors): string | undefined {
  const own = recolor.map((item) => numberAndColor(item).color);
  const unknown = unknownColor('color', color) ?? unknownColor('recolor', own);
  if (unknown) return unknown;
  if (color.length === 0 && own.includes(undefined))
    return 'color is missing: give the color for recolor, e.g. "m3 green".';
  const [name, count] = items ? ['item', items.length] : ['number', recolor.length];
  if (color.length < 2 || color.length === count) return undefined;
  return `color: ${color.length} colors for ${plural(count, name)}. Give one color, or one for each ${name}.`;
}

/** Iconik takes any text for a color; other systems know these. */
function unknownColor(argument: string, colors: readonly (string | undefined)[]): string | undefined {
  const unknown = colors.find((one) => one !== undefined && colorOf(one) === undefined);
  if (unknown === undefined) return undefined;
  const near = closestTo(unknown, COLOR_NAMES);
  return `${argument}: ${inQuotes(unknown)} is not known. Allowed: ${COLOR_NAMES.join(', ')}, or #rrggbb.${near ? ` Nearest: ${near}.` : ''}`;
}

/** The color of all items; undefined where each has its own, or none is given. */
export const onlyColor = ({ color = [] }: AskedColors): string | undefined =>
  color.length === 1 ? colorOf(color[0] ?? '') : undefined;

/** The colors of the items in their order, where each has its own. */
export const itemColors = ({ color = [] }: AskedColors): readonly (string | undefined)[] =>
  color.length > 1 ? color.map(colorOf) : [];

/** Each number of `recolor` and its color. */
export const recolored = ({ color = [], items, recolor = [] }: AskedColors) =>
  recolor.map((item, n) => {
    const { number, color: own } = numberAndColor(item);
    const given = own ?? (items ? color[0] : (color[n] ?? color[0])) ?? '';
    return { number, color: colorOf(given) ?? '' };
  });
