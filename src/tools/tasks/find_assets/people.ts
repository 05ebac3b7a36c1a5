import { statusOf } from '../../errors.ts';
import { type Field, viewsOf } from '../../library/metadata/fields.ts';
import { quoted } from '../../library/names.ts';
import type { Context } from '../../types.ts';

/** Labels and names of fields in which libraries keep who is seen or heard. */
const PEOPLE_FIELD =
  /\b(people|persons?|cast|talents?|on camera|interviewees?|protagonists?|contributors?|players?|athletes?|presenters?|actors?|actress(?:es)?|artists?|performers?|guests?|speakers?)\b/i;
const TEXT_TYPES = ['string', 'string_exact', 'text', 'tag_cloud'];

export interface PeopleClauses {
  /** Query clauses that must all match. */
  readonly clauses: readonly string[];
  /** Which fields are searched. */
  readonly notes: readonly string[];
  /** What else may have been meant. */
  readonly hints: readonly string[];
  /** The fields, in the names of the search index. */
  readonly fields: readonly string[];
}

/**
 * Clauses that search people in the metadata fields for people, since a clip that only mentions somebody does not show
 * them. Without such a field, or if views cannot be read, the names are searched in all texts.
 */
export async function peopleClauses(context: Context, names: readonly string[] = []): Promise<PeopleClauses> {
  const people = names.map((name) => name.trim()).filter(Boolean);
  if (people.length === 0) return { clauses: [], notes: [], hints: [], fields: [] };
  const views = await viewsOf(context).catch((error: unknown) => {
    if (statusOf(error) === 403) return [];
    throw error;
  });
  const textFields = views.flatMap(({ fields }) => fields).filter(({ type }) => TEXT_TYPES.includes(type));
  const fields = new Map(textFields.filter(holdsPeople).map((field) => [field.name, field]));
  if (fields.size === 0)
    return {
      clauses: people.map(quoted),
      notes: ['people → all texts: no metadata field holds people'],
      hints: [],
      fields: [],
    };
  const clauses = people.map((person) => {
    const [first = '', ...others] = [...fields.keys()].map((name) => `metadata.${name}:${quoted(person)}`);
    return others.length > 0 ? `(${[first, ...others].join(' OR ')})` : first;
  });
  const where = [...fields.values()].map(({ name, label }) => `${label} (${name})`).join(', ');
  return {
    clauses,
    notes: [`people → ${where}`],
    hints: ['To find mentions of people use words.'],
    fields: [...fields.keys()].map((name) => `metadata.${name}`),
  };
}

const holdsPeople = ({ label, name }: Field): boolean =>
  PEOPLE_FIELD.test(label) || PEOPLE_FIELD.test(name.replaceAll('_', ' '));
