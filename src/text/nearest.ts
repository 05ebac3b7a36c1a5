import { closest, distance } from 'fastest-levenshtein';
import { searchKey } from './compare.ts';

/** Characters of a name that are compared. */
const MAX_COMPARED = 100;

const keyOf = (name: string): string => searchKey(name.slice(0, MAX_COMPARED));

/** The known name that is most likely meant by a misspelt one; undefined if none is close enough. */
export function closestTo(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const key = keyOf(name);
  const keys = known.map(keyOf);
  const best = closest(key, keys);
  if (distance(key, best) <= Math.max(2, Math.floor(key.length / 3))) return known[keys.indexOf(best)];
  const part = keys.findIndex((one) => key.length > 2 && one.length > 0 && (one.includes(key) || key.includes(one)));
  return part === -1 ? sharingWord(key, known, keys) : known[part];
}

/** Characters of a word that says something by itself. */
const MIN_WORD = 4;

/** The only name that has a word of this one. */
function sharingWord(key: string, known: readonly string[], keys: readonly string[]): string | undefined {
  const words = key.split(' ').filter((word) => word.length >= MIN_WORD);
  const [one, ...more] = known.filter((_, index) =>
    (keys[index] ?? '').split(' ').some((word) => words.includes(word)),
  );
  return more.length > 0 ? undefined : one;
}

/** The known names that are written most like one, best first. */
export const nearestOf = (name: string, known: readonly string[], count: number): string[] =>
  known
    .map((one) => [one, distance(name.slice(0, MAX_COMPARED), one.slice(0, MAX_COMPARED))] as const)
    .sort(([, a], [, b]) => a - b)
    .slice(0, count)
    .map(([one]) => one);
