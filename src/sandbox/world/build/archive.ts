import { type Row, TABLES, type World } from '../../types.ts';
import { createRandom } from './random.ts';
import type { Archive } from './types.ts';

export const createArchive = (seed: number, relativeWords = false): Archive => ({
  world: emptyWorld(),
  random: createRandom(seed),
  relativeWords,
});

const emptyWorld = (): World => Object.fromEntries(TABLES.map((name) => [name, [] as Row[]])) as World;

/** A moment (milliseconds since 1970) as the vendor writes it: microseconds, offset +00:00. */
export const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, -1)}000+00:00`;

/** Puts an asset or a collection into a collection. */
export function addToCollection(
  { world, random }: Archive,
  collection: string,
  object: string,
  type: 'assets' | 'collections',
  date: string,
): void {
  world.contents.push({
    id: random.id(),
    collection_id: collection,
    object_id: object,
    object_type: type,
    date_created: date,
  });
}
