import { withName } from '../../../text/compare.ts';
import { nearestOf } from '../../../text/nearest.ts';
import { inQuotes } from '../../../text/quote.ts';
import { NotFound, ToolError } from '../../errors.ts';
import { persons } from '../../operations/persons.ts';
import { allOf, pagesByNumber } from '../../run/pages.ts';
import type { Context } from '../../types.ts';
import { readReference } from '../names.ts';

/** A person whom face recognition knows, named or not. */
export interface Person {
  readonly id: string;
  /** Absent where nobody has named the face. */
  readonly name?: string;
  readonly status?: string;
  /** Some finds wait for confirmation. */
  readonly isOpen: boolean;
}

/** Candidates that an error lists. */
const MAX_CANDIDATES = 6;

interface Row {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly status?: string | undefined;
  readonly has_unconfirmed_instances?: boolean | undefined;
}

const personFrom = ({ id, name, status, has_unconfirmed_instances: isOpen = false }: Row): Person[] =>
  id ? [{ id, isOpen, ...(name && { name }), ...(status && { status }) }] : [];

/** The persons that face recognition knows (`GET /ml/v1/face_recognition/persons/`); `name` is a part of their name. */
export async function listPersons(context: Context, filter: { name?: string; has_name?: boolean } = {}) {
  const list = await allOf(
    pagesByNumber((paging) => context.use(persons.tools.list_persons, { ...filter, ...paging })),
  );
  return list.flatMap(personFrom);
}

/** `"Jordan Reyes" (id)`, `a face without a name (id)`. */
export const personLabel = ({ name, id }: Pick<Person, 'id' | 'name'>): string =>
  `${name ? inQuotes(name) : 'a face without a name'} (${id})`;

/** The one person that an id, a name or a part of one means. Throws `ToolError` with candidates, `NotFound` for none. */
export async function findFace(context: Context, words: string): Promise<Person> {
  const reference = readReference(words);
  if (reference.by === 'id') {
    const [person] = personFrom(await context.use(persons.tools.get_person, { person_id: reference.id }));
    if (person) return person;
  }
  const some = await listPersons(context, { name: words.trim() });
  const exact = withName(some, ({ name = '' }) => [name], words);
  const found = exact.length > 0 ? exact : some;
  const [only] = found;
  if (only && found.length === 1) return only;
  if (found.length > 1) {
    const more = found.length > MAX_CANDIDATES ? ` and ${found.length - MAX_CANDIDATES} more` : '';
    throw new ToolError(
      `${found.length} persons known by face fit ${inQuotes(words)}: ${found.slice(0, MAX_CANDIDATES).map(personLabel).join(', ')}${more}. Give the id.`,
    );
  }
  const known = await listPersons(context, { has_name: true });
  const nearest = nearestOf(
    words,
    known.flatMap(({ name }) => name ?? []),
    MAX_CANDIDATES,
  );
  throw new NotFound(
    `Face recognition knows nobody called ${inQuotes(words)}: looked at ${known.length} names. ${nearest.length > 0 ? `Nearest: ${nearest.map(inQuotes).join(', ')}. ` : ''}People whom the metadata names are in find_assets.`,
  );
}

const STATES: Readonly<Record<string, string>> = {
  NEW: 'unconfirmed, new',
  UNCONFIRMED: 'unconfirmed',
  SYSTEM_CONFIRMED: 'confirmed by Iconik',
  USER_CONFIRMED: 'confirmed by a person',
};

/** Whether nobody, not even Iconik, has confirmed a find. */
export const isUnconfirmed = ({ status }: { readonly status?: string | undefined }): boolean =>
  status !== 'SYSTEM_CONFIRMED' && status !== 'USER_CONFIRMED';

/** A state of a find or a person in words. */
export const stateLabel = (status: string | undefined): string => STATES[status ?? ''] ?? status ?? 'state not known';
