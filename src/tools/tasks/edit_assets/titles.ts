import { ToolError } from '../../errors.ts';

/** What a pattern knows of an asset. */
export interface Naming {
  readonly title: string;
  /** Place in the order of the assets, counted from the number that the first one gets. */
  readonly n: number;
  /** Day, ISO 8601. */
  readonly date: string;
}

const PLACEHOLDER = /\{(title|date|n(?::\d{1,2})?)\}/g;
const LIKE_A_PLACEHOLDER = /\{[^{}]{0,40}\}/g;

/** Whether the order of the assets counts. */
export const countsAssets = (pattern: string | undefined): boolean => /\{n(?::\d{1,2})?\}/.test(pattern ?? '');

/** For `validate`: a placeholder that there is not, in one sentence. */
export function faultOfPattern(argument: string, pattern: string | undefined): string | undefined {
  const unknown = (pattern ?? '').match(LIKE_A_PLACEHOLDER)?.find((one) => one.replace(PLACEHOLDER, '') !== '');
  return unknown && `${argument}: ${unknown} is not known. Placeholders: {title}, {n}, {n:3} (001), {date}.`;
}

const filled = (pattern: string, { title, n, date }: Naming): string =>
  pattern.replace(PLACEHOLDER, (_, name: string) => {
    if (name === 'title') return title;
    return name === 'date' ? date : String(n).padStart(Number(name.slice(2)), '0');
  });

/** A pattern for one asset. What was put around the title before is not put around it again. Throws `ToolError` where nothing is left. */
export function fromPattern(argument: string, pattern: string, naming: Naming, now: string | undefined): string {
  const [before = '', after, ...more] = pattern.split('{title}').map((part) => filled(part, naming));
  const isThere =
    now !== undefined &&
    after !== undefined &&
    more.length === 0 &&
    now.length > before.length + after.length &&
    now.startsWith(before) &&
    now.endsWith(after);
  const made = isThere && before + after !== '' ? now : filled(pattern, naming).trim();
  if (made === '') throw new ToolError(`${argument} would be empty for "${naming.title}". Nothing was changed.`);
  return made;
}

/** Replaces a text wherever it is, but for places that read like the replacement already: a repeat changes nothing. */
export function replaced(title: string, find: string, replace: string): string {
  const parts = replace.includes(find) ? title.split(replace) : [title];
  return parts.map((part) => part.replaceAll(find, () => replace)).join(replace);
}
