import { type Titled, titlesOf } from './titles.ts';

interface Permitted extends Titled {
  readonly permissions?: readonly string[] | undefined;
}

/** What Iconik will refuse, as far as the search index says what the user may do with each asset. */
export function refusalNote(docs: readonly Permitted[], permission: 'write' | 'delete'): string[] {
  const refused = docs.filter(({ permissions = [] }) => permissions.length > 0 && !permissions.includes(permission));
  const verb = permission === 'write' ? 'change' : 'delete';
  return refused.length === 0
    ? []
    : [`Iconik will refuse ${refused.length}, which you may read but not ${verb}: ${titlesOf(refused)}.`];
}
