import type { Archive } from '../build/types.ts';
import { addCards } from './cards.ts';
import { addLongInterview } from './interview.ts';
import { addQueue } from './queue.ts';
import { addReyes } from './reyes.ts';
import { addSpring } from './spring.ts';

/** Adds the collections, assets and jobs of the larger stories. */
export function addLarge(archive: Archive): void {
  addLongInterview(archive);
  const assets = [...addReyes(archive), ...addSpring(archive), ...addCards(archive)];
  addQueue(archive, assets);
}
