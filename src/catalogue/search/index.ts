import type { SearchIndex } from './build.ts';
import { QUERY_WORDS } from './query_words.ts';
import { namesOf, wordsOf } from './words.ts';

/** A path with the methods that fit what was asked for. */
export interface Found {
  readonly path: string;
  readonly methods: readonly string[];
}

/** Paths by words, best first; what is refused or Iconik's own only by a name that is in no other path, and last. */
export interface Search {
  (asked: string, limit: number, service?: string): readonly Found[];
  services(): readonly string[];
  /** See `SearchIndex.signs`. */
  signOf(operation: string): string;
}

/** Characters of a question that are looked at. */
const MAX_ASKED = 500;
/** Refused operations that names can bring up: the rest of the answer is for what can be called. */
const MAX_CLOSED = 3;
/** A word that people say for one that was asked counts less than the word itself. */
const EXPANDED = 0.6;
/** BM25: how soon a repeated word stops counting, and how much long texts lose. */
const [K1, B] = [1.2, 0.6];

export function createSearch({ paths, words, closed, signs }: SearchIndex): Search {
  const average = paths.reduce((sum, [, , length]) => sum + length, 0) / paths.length;

  function scores(terms: ReadonlyMap<string, number>): Map<number, number> {
    const found = new Map<number, number>();
    for (const [word, weight] of terms) {
      const list = Object.hasOwn(words, word) ? (words[word] ?? []) : [];
      const count = list.length / 2;
      const rarity = Math.log(1 + (paths.length - count + 0.5) / (count + 0.5));
      for (let at = 0; at < list.length; at += 2) {
        const [number = 0, times = 0] = [list[at], list[at + 1]];
        const [, , length, prior] = paths[number] as SearchIndex['paths'][number];
        const score = (times * (K1 + 1)) / (times + K1 * (1 - B + (B * length) / average));
        found.set(number, (found.get(number) ?? 0) + weight * rarity * score * prior);
      }
    }
    return found;
  }

  const search = (asked: string, limit: number, service?: string): readonly Found[] => {
    const terms = termsOf(asked.slice(0, MAX_ASKED));
    const isWithin = (path: string) => service === undefined || path.startsWith(`/${service}/`);
    const byName = namedBy(terms, closed)
      .filter(({ path }) => isWithin(path))
      .slice(0, MAX_CLOSED);
    const open = [...scores(terms)]
      .sort(([, a], [, b]) => b - a)
      .map(([number]) => paths[number] as SearchIndex['paths'][number])
      .filter(([path]) => isWithin(path))
      .slice(0, limit - byName.length)
      .map(([path, methods]) => ({ path, methods: methods.split(' ') }));
    return [...open, ...byName];
  };
  return Object.assign(search, {
    services: () => [...new Set(paths.map(([path]) => path.split('/')[1] ?? ''))].sort(),
    signOf: (operation: string) => signs[operation] ?? '',
  });
}

/** Operations with a name that was asked for, as it is or in its parts; first those with most words that were. */
function namedBy(terms: ReadonlyMap<string, number>, closed: SearchIndex['closed']): Found[] {
  const isAsked = (name: string) => wordsOf(name).every((part) => part === name || terms.get(part) === 1);
  const named = Object.entries(closed).filter(
    ([name]) => terms.get(name) === 1 || (name.includes('_') && isAsked(name)),
  );
  const operations = new Set(named.flatMap(([, some]) => some));
  return [...operations]
    .map((operation) => {
      const [method = '', path = ''] = operation.split(' ');
      const fit = wordsOf(path).reduce((sum, word) => sum + (terms.get(word) ?? 0), 0) / path.length;
      return { path, methods: [method], fit };
    })
    .sort((a, b) => b.fit - a.fit)
    .map(({ path, methods }) => ({ path, methods }));
}

const meant = new Map(Object.entries(QUERY_WORDS).map(([said, words]) => [namesOf(said)[0] ?? said, words]));

/** The words asked for, and those that stand for them. */
function termsOf(asked: string): Map<string, number> {
  const own = wordsOf(asked);
  const terms = new Map<string, number>(own.map((word) => [word, 1]));
  for (const word of own) {
    for (const other of namesOf(meant.get(word) ?? '')) if (!terms.has(other)) terms.set(other, EXPANDED);
  }
  return terms;
}
