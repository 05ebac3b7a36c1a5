import type { Part } from '../facts.ts';
import { buildIndex, type SearchIndex } from './build.ts';

/** Made when the server is built (`scripts/build.mjs`); from the sources it is made when it is first asked for. */
declare const __SEARCH_INDEX__: string | undefined;

/** In a file of its own, so that nobody loads it who does not search. */
export function searchIndex(facts: () => Part): SearchIndex {
  if (typeof __SEARCH_INDEX__ === 'string') return JSON.parse(__SEARCH_INDEX__);
  return buildIndex([...facts().operations.keys()]);
}
