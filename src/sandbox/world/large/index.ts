import type { Archive } from '../build/types.ts';
import { addCards } from './cards.ts';
import { addLongInterview } from './interview.ts';
import { addQueue } from './queue.ts';
import { addReyes } from './reyes.ts';
import { addSpring } from './spring.ts';

/** What stories need that is too much for a small world. */
export function addLarge(archive: Archive): void {
  addLongInterview(archive);
  const assets = [...addReyes(archive), ...addSpring(archive), ...addCards(archive)];
  addQueue(archive, assets);
}
