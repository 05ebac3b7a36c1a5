import type { Row } from '../../types.ts';
import { isRow, rowsOf, textsOf } from '../../values.ts';
import { addAppearance, personRow, setFaceState } from '../build/faces.ts';
import { createRandom, type Random } from '../build/random.ts';
import type { Archive } from '../build/types.ts';

/** Kinds of assets in which people are recognised. */
const WITH_PEOPLE: readonly unknown[] = ['interview', 'training', 'press_conference', 'crowd'];
const REPORTER = 'Lena Vogt';
/** Faces without a name that come up again and again. */
const STRANGERS = 40;

/**
 * Looks for faces in a part of the assets from `first` on, as a house that has begun with it: those whom the metadata
 * names, strangers, and some finds that nobody has confirmed. Its random numbers are its own.
 */
export function addFaces({ world }: Archive, first: number, seed: number): void {
  const random = createRandom(seed, '11f4');
  const byName = new Map(world.persons.map((person) => [person.name, person]));
  const add = (name: string | null): Row => {
    const person = personRow(random.id(), random.id(), name, name === null ? 'NEW' : 'USER_CONFIRMED');
    world.persons.push(person);
    return person;
  };
  const strangers = Array.from({ length: STRANGERS }, () => add(null));
  const values = new Map(world.values.map((row) => [row.id, row.metadata_values]));
  const durations = durationsOf(world.formats);
  for (const asset of world.assets.slice(first)) {
    const own = values.get(`assets/${asset.id}`);
    if (!isRow(own) || !WITH_PEOPLE.includes(listIn(own, 'content_kind')[0])) continue;
    const state = random.next();
    if (state > 0.6) continue;
    setFaceState(asset, state < 0.02 ? 'FAILED' : state < 0.05 ? 'REQUESTED' : 'DONE');
    if (state < 0.05) continue;
    const names = textsOf([...listIn(own, 'people_on_camera'), ...listIn(own, 'players_seen')]);
    const persons = [...new Set(names)].map((name) => byName.get(name) ?? add(name));
    for (const person of persons) byName.set(person.name, person);
    // The reporter is often in the picture as well.
    const reporter = byName.get(REPORTER);
    if (reporter && listIn(own, 'content_kind')[0] === 'interview' && random.chance(0.2)) persons.push(reporter);
    if (random.chance(0.25)) persons.push(strangers[random.int(0, STRANGERS - 1)] ?? add(null));
    const duration = durations.get(asset.id) ?? 0;
    for (const person of persons) {
      const isConfirmed = person.name !== null && random.chance(0.85);
      addAppearance(world, random, {
        person,
        asset,
        face: random.id(),
        isConfirmed,
        spans: spansIn(random, duration),
      });
    }
  }
}

const listIn = (values: Row, field: string): unknown[] => {
  const entry = values[field];
  return isRow(entry) ? rowsOf(entry.field_values).map(({ value }) => value) : [];
};

/** Milliseconds by asset id. */
function durationsOf(formats: readonly Row[]): Map<unknown, number> {
  const found = new Map<unknown, number>();
  for (const format of formats) {
    const blocks = [...rowsOf(format.metadata), ...rowsOf(format.components).map(({ metadata }) => metadata)];
    const known = blocks.filter(isRow).find(({ duration }) => duration !== undefined);
    if (known) found.set(format.asset_id, Math.round(Number(known.duration)));
  }
  return found;
}

/** One to three times on screen, one after the other. */
function spansIn(random: Random, duration: number): [number, number][] {
  if (duration < 4_000) return [];
  const count = random.int(1, 3);
  const part = Math.floor(duration / count);
  return Array.from({ length: count }, (_, index) => {
    const start = index * part + random.int(0, Math.floor(part / 2));
    return [start, start + random.int(1_000, Math.floor(part / 2))];
  });
}
