import { closest, distance } from 'fastest-levenshtein';
import { folded } from './compare.ts';

/** The known word nearest to a wrong one, where one is near enough to be meant. */
export function closestTo(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const meant = folded(word).slice(0, 100);
  const same = known.map(folded);
  const inside = same.findIndex((one) => meant.length > 2 && (one.includes(meant) || meant.includes(one)));
  const best = closest(meant, same);
  if (distance(meant, best) <= Math.max(2, Math.floor(meant.length / 3))) return known[same.indexOf(best)];
  return inside === -1 ? undefined : known[inside];
}
