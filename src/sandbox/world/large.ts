import type { Archive, Made } from './archive.ts';
import { addCards } from './large_cards.ts';
import { addLongInterview } from './large_interview.ts';
import { addQueue } from './large_queue.ts';
import { addReyes } from './large_reyes.ts';
import { addSpring } from './large_spring.ts';

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
