import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { story, within } from './story.ts';

useJumpingClock();

test('who deleted what in a week is answered in one call', async () => {
  const made = await story('Who deleted what in 2026-11-02..2026-11-10?');
  const answer = await made.ask('show_history', { days: '2026-11-02..2026-11-10', what: ['deleted'] });
  expect(answer.text).toMatch(/Maria Almeida · delete · .{0,2}Spring teaser/);
  expect(answer.text).toMatch(/Rui Esteves · delete · .{0,2}Matchday 11/);
  expect(made.changed()).toEqual({});
  within(made.spent());
});

test('the mean twin: who renamed an asset is not recorded, and that is said instead of "nobody"', async () => {
  const made = await story('Who renamed "Season trailer 2025"?');
  const answer = await made.ask('show_history', { assets: ['Season trailer 2025'] });
  expect(answer.text).toContain('records no renames');
  expect(answer.text).toContain('last changed');
});
