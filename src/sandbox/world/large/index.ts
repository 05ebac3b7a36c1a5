import type { Archive, Made } from '../build/archive.ts';
import { addCards } from './cards.ts';
import { addLongInterview } from './interview.ts';
import { addQueue } from './queue.ts';
import { addReyes } from './reyes.ts';
import { addSpring } from './spring.ts';

/** An asset that a later part of the story refers to. */
export interface Titled extends Made {
  readonly title: string;
}

/** What stories need that is too much for a small world. */
export function addLarge(archive: Archive): void {
  addLongInterview(archive);
  const assets = [...addReyes(archive), ...addSpring(archive), ...addCards(archive)];
  addQueue(archive, assets);
}
