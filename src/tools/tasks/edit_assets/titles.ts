import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { filledIn } from '../../library/plans/patterns.ts';

/** What a pattern knows of an asset. */
export interface Naming {
  readonly title: string;
  /** Place in the order of the assets, counted from the number that the first one gets. */
  readonly n: number;
  /** Day, ISO 8601. */
  readonly date: string;
}

/** Words of a pattern beside `{n}`. */
export const PLACEHOLDERS = ['title', 'date'];

/** A pattern with its placeholders filled in. */
export const filled = (pattern: string, { title, n, date }: Naming): string => filledIn(pattern, n, { title, date });

/** The text without spaces around it. Throws `ToolError` where nothing is left. */
export function notEmpty(argument: string, text: string, { title }: Naming): string {
  const made = text.trim();
  if (made === '') throw new ToolError(`${argument} would be empty for ${inQuotes(title)}. Nothing was changed.`);
  return made;
}

/** The new title of one asset. What the pattern puts around the title is not added a second time. */
export function titleFrom(pattern: string, naming: Naming): string {
  const { title } = naming;
  const [before = '', after, ...more] = pattern.split('{title}').map((part) => filled(part, naming));
  const isThere =
    after !== undefined &&
    more.length === 0 &&
    title.length > before.length + after.length &&
    title.startsWith(before) &&
    title.endsWith(after);
  return isThere && before + after !== '' ? title : notEmpty('title', filled(pattern, naming), naming);
}

/** Replaces a text wherever it is, but for places that read like the replacement already: a repeat changes nothing. */
export function replaced(title: string, find: string, replace: string): string {
  const parts = replace.includes(find) ? title.split(replace) : [title];
  return parts.map((part) => part.replaceAll(find, () => replace)).join(replace);
}
