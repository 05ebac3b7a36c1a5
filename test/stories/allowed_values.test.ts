import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { story, within } from './story.ts';

useJumpingClock();

test('which fields there are, and what Territory may be', async () => {
  const made = await story('What can I fill in for a clip here, and which values are allowed for Territory?');
  const answer = await made.ask('describe_metadata', { field: 'Territory' });
  expect(answer.text).toMatch(/rights_territory/);
  expect(answer.text).toMatch(/Portugal/);
  expect(answer.text).toMatch(/several values|multi/i);
  expect(made.changed()).toEqual({});
  within(made.spent());
});

test('a label that is not there is answered with the nearest', async () => {
  const made = await story('Which values are allowed for Teritory?');
  expect(await made.fail('describe_metadata', { field: 'Teritory' })).toMatch(/Nearest: Territory/);
});
