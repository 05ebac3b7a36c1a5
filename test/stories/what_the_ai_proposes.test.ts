import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, story, within } from './story.ts';

useJumpingClock();

test('keywords of an AI are accepted for one asset, its location is not', async () => {
  const made = await story(
    'What does the AI propose for "Interview Jordan Reyes, Lisbon"? Accept its Keywords and discard the Location.',
  );
  const assets = ['Interview Jordan Reyes, Lisbon'];
  const seen = await made.ask('read_metadata', { assets, proposed: true });
  expect(seen.rows[0]).toContain('Location: "Lisbon, Doca de Santo Amaro" → "Lisbon"');
  const plan = await made.ask('review_proposals', { assets, accept: ['Keywords'], discard: ['Location'] });
  expect(made.changed()).toEqual({});
  const done = await made.ask('review_proposals', { confirm: plan.confirm });
  expect(done.decided).toHaveLength(1);
  const values = made.sandbox.store.values.get(`assets/${ids.interview}`)?.metadata_values as Answer;
  expect(values.keywords.field_values.map(({ value }: Answer) => value)).toEqual(['interview', 'harbour', 'football']);
  expect(values.location_name.field_values[0].value).toBe('Lisbon, Doca de Santo Amaro');
  expect(made.changed()).toEqual({ values: [`assets/${ids.interview}`], proposals: [ids.proposalJob] });
  within(made.spent());
});

test('the mean twin: AI is paid, so it begins only with the token', async () => {
  const made = await story('Let AI fill in the Description of everything in Programme masters.');
  const plan = await made.ask('review_proposals', { collection: 'Programme masters', fill: ['Description'] });
  expect(plan.text).toMatch(/Sends 60 assets to Iconik's AI, which is paid/);
  expect(made.requests.filter((one) => one.includes('metadata_filling'))).toEqual([]);
  expect(made.changed()).toEqual({});
});
