import { firstOf } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';

/** Titles that a note lists. */
export const MAX_TITLES = 5;

/** `"A", "B" and 3 more` */
export const titlesOf = (titles: readonly string[], max = MAX_TITLES): string => firstOf(titles, max, inQuotes);

/** `"Title" (id)` */
export const labelOf = ({ title, id }: { readonly title: string; readonly id: string }): string =>
  `${inQuotes(title)} (${id})`;

interface Dated {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly date_created?: string | undefined;
}

/** What tells assets of one title apart, by id; nothing for a title that is there once. */
export function twinsAmong(list: readonly Dated[]): (id: string) => string {
  const titles = new Map<string, number>();
  for (const { title = '' } of list) titles.set(title, (titles.get(title) ?? 0) + 1);
  const known = new Map(list.map((one) => [one.id, one]));
  return (id) => {
    const { title = '', date_created } = known.get(id) ?? {};
    if ((titles.get(title) ?? 0) < 2) return '';
    return date_created ? `, created ${date_created.slice(0, 16).replace('T', ' ')}` : ` (${id})`;
  };
}

interface Permitted {
  readonly title?: string | undefined;
  readonly permissions?: readonly string[] | undefined;
}

/** What Iconik will refuse, as far as the search index says what the user may do with each asset. */
export function refusalNote(docs: readonly Permitted[], permission: 'write' | 'delete'): string[] {
  const refused = docs.filter(({ permissions = [] }) => permissions.length > 0 && !permissions.includes(permission));
  const verb = permission === 'write' ? 'change' : 'delete';
  return refused.length === 0
    ? []
    : [
        `Iconik will refuse ${refused.length}, which you may read but not ${verb}: ${titlesOf(refused.map(({ title = '' }) => title))}.`,
      ];
}
