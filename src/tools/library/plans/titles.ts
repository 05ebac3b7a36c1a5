import { identityKey } from '../../../text/compare.ts';
import { firstOf } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { groupBy } from '../../run/group_by.ts';

/** Titles that a note lists. */
export const MAX_TITLES = 5;

/** Something that a line names. */
export interface Titled {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  /** What tells it from others of its title: when it was made, or its id. */
  readonly apart?: string | undefined;
}

interface Dated extends Titled {
  readonly date_created?: string | undefined;
}

/**
 * The same things, those that read alike with what tells them apart. Give all that a plan is about: each line is read beside
 * the others.
 */
export function toldApart<T extends Dated>(list: readonly T[]): (T & Pick<Titled, 'apart'>)[] {
  const alike = groupBy(list, ({ title = '' }) => identityKey(inQuotes(title)));
  const apart = new Map([...alike.values()].filter((some) => some.length > 1).flatMap(differences));
  return list.map((one) => (apart.has(one.id) ? { ...one, apart: apart.get(one.id) } : one));
}

/** When each was made, where that differs to the minute; else their ids. What is listed twice is no twin of itself. */
function differences(some: readonly Dated[]): (readonly [id: string | undefined, apart: string | undefined])[] {
  const ids = [...new Set(some.map(({ id }) => id))];
  if (ids.length < 2) return [];
  const moments = new Map(some.map(({ id, date_created }) => [id, date_created?.slice(0, 16).replace('T', ' ')]));
  const differ = !ids.some((id) => !moments.get(id)) && new Set(moments.values()).size === ids.length;
  return ids.map((id) => [id, differ ? `created ${moments.get(id)}` : id] as const);
}

/** `"Title" (id)`, and of twins `"Title" (id), created 2025-08-02 10:00`. */
export const labelOf = ({ id = '', title = id, apart = id }: Titled): string =>
  `${inQuotes(title)} (${id})${apart === id ? '' : `, ${apart}`}`;

/** `"Title"`, and of twins `"Title" (created 2025-08-02 10:00, id)`, which stays one item of a list. */
export const titleOf = ({ id = '', title = id, apart }: Titled): string => {
  if (apart === undefined) return inQuotes(title);
  return `${inQuotes(title)} (${[...new Set([apart, id])].filter(Boolean).join(', ')})`;
};

/** `"Title"`, and of twins `"Title", created 2025-08-02 10:00`: for lines that have the id anyway. */
export const titleBesideId = ({ id = '', title = id, apart = id }: Titled): string =>
  `${inQuotes(title)}${apart === id ? '' : `, ${apart}`}`;

/** `"A", "B" and 3 more` */
export const titlesOf = (list: readonly Titled[], max = MAX_TITLES): string => firstOf(list, max, titleOf);

/** The same for names that stand for no object. */
export const namesLine = (names: readonly string[], max = MAX_TITLES): string => firstOf(names, max, inQuotes);
