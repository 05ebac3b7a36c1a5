import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { story, within } from './story.ts';

useJumpingClock();

test('a face without a name is given one, and confirmed', async () => {
  const made = await story('The face without a name in "Season trailer 2025" is Kasper Lund. Name and confirm it.');
  const seen = await made.ask('find_people', { asset: 'Season trailer 2025', unconfirmed: true });
  const line = seen.people.find((one: string) => one.startsWith('a face without a name'));
  const [, person] = /\(([0-9a-f-]{36})\)/.exec(line) ?? [];
  const plan = await made.ask('name_people', { person, name: 'Kasper Lund', verify: true });
  expect(made.changed()).toEqual({});
  const done = await made.ask('name_people', { confirm: plan.confirm });
  expect(done.changed).toHaveLength(3);
  expect(made.sandbox.store.persons.get(String(person))).toMatchObject({
    name: 'Kasper Lund',
    status: 'USER_CONFIRMED',
    has_unconfirmed_instances: false,
  });
  const { persons, appearances, assets, ...rest } = made.changed();
  expect([persons?.length, appearances?.length, assets?.length]).toEqual([1, 2, 2]);
  expect(rest).toEqual({});
  within(made.spent());
});

test('the mean twin: looking for faces costs money, and begins only with the token', async () => {
  const made = await story('Find faces in Programme masters.');
  const plan = await made.ask('name_people', { collection: 'Programme masters', analyse: true });
  expect(plan.text).toMatch(/Sends the pictures of 60 assets to face recognition.*paid by the hour/s);
  expect(made.requests.filter((one) => one.includes('/extract/'))).toEqual([]);
  expect(made.changed()).toEqual({});
});
