import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { reasonOf } from '../../errors.ts';
import { isUnconfirmed, listPersons, type Person, personLabel, stateLabel } from '../../library/faces/persons.ts';
import { all, type Doc } from '../../library/search.ts';
import type { Context } from '../../types.ts';
import { narrowed, type Scope } from './scope.ts';

/** A person and in how many assets of a scope they are; `example` is one of these. */
export interface Entry {
  readonly person: Person;
  readonly assets?: number;
  readonly example?: Pick<Doc, 'id' | 'title'>;
}

/** The persons in a scope, those in most assets first; in the whole library also those in none. */
export async function rosterOf(context: Context, scope: Scope, isOpenOnly: boolean) {
  const [persons, found] = await Promise.all([listPersons(context), assetsByPerson(context, scope)]);
  const entries = persons
    .map((person): Entry => {
      const docs = found.byPerson?.get(person.id);
      const [example] = docs ?? [];
      return { person, ...(found.byPerson && { assets: docs?.length ?? 0 }), ...(example && { example }) };
    })
    .filter(({ assets = 0 }) => scope.isWhole || assets > 0)
    .filter(({ person }) => !isOpenOnly || person.isOpen || !person.name || isUnconfirmed(person))
    .toSorted((a, b) => (b.assets ?? 0) - (a.assets ?? 0));
  return { entries, notes: found.notes };
}

interface Found {
  readonly byPerson?: ReadonlyMap<string, readonly Doc[]>;
  readonly notes: readonly string[];
}

async function assetsByPerson(context: Context, scope: Scope): Promise<Found> {
  const criteria = narrowed(scope.criteria, { name: 'person_ids', exists: true });
  try {
    const docs = await all(context, criteria, ['title', 'person_ids']);
    const byPerson = new Map<string, Doc[]>();
    for (const doc of docs) {
      for (const id of new Set(doc.person_ids ?? [])) {
        const own = byPerson.get(id);
        if (own) own.push(doc);
        else byPerson.set(id, [doc]);
      }
    }
    return { byPerson, notes: [] };
  } catch (error) {
    if (context.signal.aborted || !scope.isWhole) throw error;
    return { notes: [`In how many assets they are: not known, ${reasonOf(error)}.`] };
  }
}

/** `"Jordan Reyes" (id) · confirmed by a person · in 43 assets · some finds unconfirmed`. */
export function entryLine({ person, assets, example }: Entry): string {
  const isOpen = person.isOpen && !isUnconfirmed(person);
  const where = !person.name && example?.id && `e.g. ${inQuotes(example.title ?? '')} (${example.id})`;
  return [
    personLabel(person),
    stateLabel(person.status),
    assets !== undefined && `in ${plural(assets, 'asset')}`,
    isOpen && 'some finds unconfirmed',
    where,
  ]
    .filter(Boolean)
    .join(' · ');
}
