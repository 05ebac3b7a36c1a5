import { rowsOf } from '../../values.ts';
import { addProposal } from '../build/proposals.ts';
import { createRandom } from '../build/random.ts';
import type { Archive } from '../build/types.ts';

/** Assets for which the AI was asked, and the distance between them. */
const COUNT = 36;
const STEP = 23;

/** Proposals for a part of the assets from `first` on that nobody has decided on. Its random numbers are its own. */
export function addProposals({ world }: Archive, first: number, seed: number): void {
  const random = createRandom(seed, '11f6');
  for (let number = 0; number < COUNT; number += 1) {
    const asset = world.assets[first + number * STEP];
    if (!asset) return;
    addProposal(world, {
      id: random.id(),
      asset: String(asset.id),
      version: rowsOf(asset.versions).at(-1)?.id,
      values: {
        keywords: [random.pick(['harbour', 'football', 'storm']), random.pick(['people', 'night', 'crowd'])],
        ...(number % 2 === 0 && { location_name: [random.pick(['Lisbon', 'Porto', 'Setúbal'])] }),
        ...(number % 3 === 0 && { description: [`What the pictures show: ${String(asset.title)}.`] }),
      },
      date: '2026-11-12T14:12:00.000000+00:00',
    });
  }
}
