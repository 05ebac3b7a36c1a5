import { formatDuration } from '../../../media/units.ts';
import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { reasonOf } from '../../errors.ts';
import { isUnconfirmed, listPersons, type Person, personLabel, stateLabel } from '../../library/faces/persons.ts';
import { all, type Doc } from '../../library/search.ts';
import { sortedVersions } from '../../operations/version_list.ts';
import { instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { narrowed, type Scope } from './scope.ts';
import { screenTimes, totalOf } from './spans.ts';

/** A person and in how many assets of a scope they are; `example` is one of these. */
export interface Entry {
  readonly person: Person;
  readonly assets?: number;
  readonly example?: Pick<Doc, 'id' | 'title'>;
  /** Milliseconds in the current versions of these assets, of a face without a name. */
  readonly onScreen?: number;
}

/** Faces without a name whose times are read, and assets of them. */
const MAX_TIMED_FACES = 100;
const MAX_TIMED_ASSETS = 2_000;

/** The persons in a scope, those in most assets and longest on screen first; in the whole library also those in none. */
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
    .toSorted(byAssets);
  const times = await timesOf(context, entries, found);
  const timed = entries.map((one): Entry => {
    const onScreen = times(one.person.id);
    return onScreen ? { ...one, onScreen } : one;
  });
  return { entries: timed.toSorted(byAssets), notes: found.notes };
}

const byAssets = (a: Entry, b: Entry): number =>
  (b.assets ?? 0) - (a.assets ?? 0) || (b.onScreen ?? 0) - (a.onScreen ?? 0);

/** How long faces without a name are on screen, by which people choose whom to name first; 0 if unreadable. */
async function timesOf(context: Context, entries: readonly Entry[], { byPerson }: Found) {
  const faces = entries.filter(({ person, assets }) => !person.name && assets).slice(0, MAX_TIMED_FACES);
  const versions = new Map<string, Set<string>>();
  const assets = new Set<string>();
  for (const { person } of faces) {
    const docs = byPerson?.get(person.id) ?? [];
    if (assets.size + docs.length > MAX_TIMED_ASSETS) break;
    for (const { id } of docs) if (id) assets.add(id);
    versions.set(person.id, new Set(docs.flatMap((doc) => sortedVersions(doc).latest?.id ?? [])));
  }
  const spans = await screenTimes(context, [...versions.keys()], [...assets]).catch(instead(context, undefined));
  return (id: string): number =>
    [...(versions.get(id) ?? [])].reduce((sum, version) => sum + totalOf(spans?.(id, version) ?? []), 0);
}

interface Found {
  readonly byPerson?: ReadonlyMap<string, readonly Doc[]>;
  readonly notes: readonly string[];
}

async function assetsByPerson(context: Context, scope: Scope): Promise<Found> {
  const criteria = narrowed(scope.criteria, { name: 'person_ids', exists: true });
  try {
    const docs = await all(context, criteria, ['title', 'person_ids', 'versions']);
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
export function entryLine({ person, assets, example, onScreen }: Entry): string {
  const isOpen = person.isOpen && !isUnconfirmed(person);
  const where = !person.name && example?.id && `e.g. ${inQuotes(example.title ?? '')} (${example.id})`;
  return [
    personLabel(person),
    stateLabel(person.status),
    assets !== undefined && `in ${plural(assets, 'asset')}`,
    onScreen && `on screen ${formatDuration(onScreen)}`,
    isOpen && 'some finds unconfirmed',
    where,
  ]
    .filter(Boolean)
    .join(' · ');
}
