import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

useJumpingClock();

test('a collection is renamed and moved below another', async () => {
  const made = await story('Rename "Drone 2025" to "Flights" and put it under Football / Season 2025.');
  const plan = await made.ask('move_in_collections', {
    collection: 'Drone 2025',
    rename: 'Flights',
    under: 'Football / Season 2025',
  });
  expect(made.changed()).toEqual({});
  expect(plan.text).toContain('Football / Season 2025 / Flights');
  const done = await made.ask('move_in_collections', { confirm: plan.confirm });
  expect(done.changed).toHaveLength(2);
  expect(made.sandbox.store.collections.get(ids.drones2025)).toMatchObject({ title: 'Flights' });
  const { collections, contents, ...rest } = made.changed();
  expect(collections).toEqual([ids.drones2025]);
  expect(contents).toHaveLength(2);
  expect(rest).toEqual({});
  within(made.spent());
});

test('the mean twin: a collection does not go into what is inside it', async () => {
  const made = await story('Put Football under Matchday 12 highlights.');
  const text = await made.fail('move_in_collections', { collection: 'Football', under: 'Matchday 12 highlights' });
  expect(text).toMatch(/inside it.*Nothing was changed/s);
  expect(made.changed()).toEqual({});
});
