import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, story, within } from './story.ts';

useJumpingClock();

const WORDS = "Which files in 'Drone 2025' are duplicates, and what do they cost us?";

type Made = Awaited<ReturnType<typeof story>>;

/** The checksums that more than one asset of the collection has, by the library's own tables. */
function doubled({ sandbox: { store } }: Made): Map<string, Set<string>> {
  const inside = store.contents.where('collection_id', ids.drones2025).map(({ object_id }) => String(object_id));
  const sums = new Map<string, Set<string>>();
  for (const id of inside)
    for (const { checksum, status } of store.files.where('asset_id', id))
      if (checksum && status !== 'DELETED')
        sums.set(String(checksum), (sums.get(String(checksum)) ?? new Set()).add(id));
  return new Map([...sums].filter(([, assets]) => assets.size > 1));
}

test('the duplicates of a collection, in groups, all of them', async () => {
  const made = await story(WORDS);
  const expected = doubled(made);
  expect(expected.size).toBeGreaterThan(1);
  const found = new Map<string, string>();
  let after = 0;
  let total = 1;
  while (after < total) {
    const answer: Answer = await made.ask('find_duplicates', { collection: 'Drone 2025', ...(after > 0 && { after }) });
    total = answer.total;
    after += answer.groups.length;
    for (const { match, copies } of answer.groups)
      found.set(/checksum (\w+)/.exec(match)?.[1] ?? '', copies.join('\n'));
  }
  expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [sum, assets] of expected) for (const id of assets) expect(found.get(sum)).toContain(id);
  expect(made.changed()).toEqual({});
  within(made.spent());
});

test('a collection that does not exist is an error with what is near it, and no duplicates is an answer', async () => {
  const made = await story("Are there duplicates in 'Drones 2031'? And is Drone, Harbour Arena by night there twice?");
  expect(await made.fail('find_duplicates', { collection: 'Drones 2031' })).toMatch(/No collection is called/);
  const { total } = await made.ask('find_duplicates', { assets: ['Drone, Harbour Arena by night'] });
  expect(total).toBe(0);
});
