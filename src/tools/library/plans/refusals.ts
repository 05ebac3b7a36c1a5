import { firstOf } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';

/** Titles that a note lists. */
const MAX_TITLES = 5;

/** `"A", "B" and 3 more` */
export const titlesOf = (titles: readonly string[], max = MAX_TITLES): string => firstOf(titles, max, inQuotes);

/** `"Title" (id)` */
export const labelOf = ({ title, id }: { readonly title: string; readonly id: string }): string =>
  `${inQuotes(title)} (${id})`;

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
