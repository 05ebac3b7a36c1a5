import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { story, within } from './story.ts';

useJumpingClock();

test('a search is kept under a name', async () => {
  const made = await story('Save a search "Refused clips" for everything whose Clearance is Refused.');
  const found = await made.ask('find_assets', { where: { Clearance: 'Refused' } });
  const kept = await made.ask('save_search', { name: 'Refused clips', selection: found.selection });
  expect(kept.text).toContain(`Iconik finds ${found.total}`);
  expect(Object.keys(made.changed())).toEqual(['saved_searches']);
  within(made.spent());
});

test('the mean twin: a name that is taken is not overwritten', async () => {
  const made = await story('Save a search "Clearance pending" for everything whose Clearance is Refused.');
  const found = await made.ask('find_assets', { where: { Clearance: 'Refused' } });
  const text = await made.fail('save_search', { name: 'Clearance pending', selection: found.selection });
  expect(text).toMatch(/looks for something else.*Nothing was saved/s);
  expect(made.changed()).toEqual({});
});
