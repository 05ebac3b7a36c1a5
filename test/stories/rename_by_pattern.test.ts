import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

useJumpingClock();

const WORDS =
  'Rename the clips in "Drone 2025" to "Harbour drone {n:2}", longest first, and put them into "Fans and crowd".';

test('clips are numbered in the order that was asked for, and put into a collection', async () => {
  const made = await story(WORDS);
  const found = await made.ask('find_assets', { collection: 'Drone 2025', sort: 'longest' });
  const plan = await made.ask('edit_assets', {
    selection: found.selection,
    title: 'Harbour drone {n:2}',
    add_to: ['Fans and crowd'],
  });
  expect(plan.text).toContain('→ "Harbour drone 01"');
  expect(made.changed()).toEqual({});
  const done = await made.ask('edit_assets', { confirm: plan.confirm });
  expect(done.changed).toBe(found.total);
  const { assets = [], contents = [], ...rest } = made.changed();
  expect(assets).toHaveLength(found.total);
  expect(contents).toHaveLength(found.total);
  expect(rest).toEqual({});
  within(made.spent());
});

test('the mean twin: a pattern that names all alike is said before anything is renamed', async () => {
  const made = await story('Rename the assets "Season trailer 2025" and "Interview Jordan Reyes, Lisbon" to "Final".');
  const plan = await made.ask('edit_assets', {
    assets: ['Season trailer 2025', 'Interview Jordan Reyes, Lisbon'],
    title: 'Final',
  });
  expect(plan.text).toContain('Several assets will have the same title');
  expect(made.changed()).toEqual({});
  expect(made.sandbox.store.assets.get(ids.interview)?.title).not.toBe('Final');
});
