import { statusOf } from '../../errors.ts';
import { type Field, viewsOf } from '../../library/metadata/fields.ts';
import { quoted } from '../../library/names.ts';
import type { Context } from '../../types.ts';

/** Labels and names under which libraries keep who is to be seen or heard. */
const PEOPLE = /\b(people|persons?|cast|talents?|on camera|interviewees?|protagonists?|contributors?)\b/i;
const TEXTS = ['string', 'string_exact', 'text', 'tag_cloud'];

export interface SeenPeople {
  /** Query clauses that all have to hold. */
  readonly clauses: readonly string[];
  /** Where was looked. */
  readonly notes: readonly string[];
}

/**
 * People by the metadata fields that are there for them: a clip that only mentions somebody is no clip of theirs. Where
 * there is no such field, or views can't be read, by their names in any text.
 */
export async function seenPeople(context: Context, names: readonly string[] = []): Promise<SeenPeople> {
  if (names.length === 0) return { clauses: [], notes: [] };
  const views = await viewsOf(context).catch((error: unknown) => {
    if (statusOf(error) === 403) return [];
    throw error;
  });
  const all = views.flatMap(({ fields }) => fields).filter(({ type }) => TEXTS.includes(type));
  const meant = new Map(all.filter(keepsPeople).map((field) => [field.name, field]));
  if (meant.size === 0) return { clauses: names.map(quoted), notes: ['people → in all texts: no field is for them'] };
  const clauses = names.map((who) => {
    const [first = '', ...others] = [...meant.keys()].map((name) => `metadata.${name}:${quoted(who)}`);
    return others.length > 0 ? `(${[first, ...others].join(' OR ')})` : first;
  });
  const where = [...meant.values()].map(({ name, label }) => `${label} (${name})`).join(', ');
  return { clauses, notes: [`people → ${where}; where they are only mentioned: words`] };
}

const keepsPeople = ({ label, name }: Field): boolean => PEOPLE.test(label) || PEOPLE.test(name.replaceAll('_', ' '));
