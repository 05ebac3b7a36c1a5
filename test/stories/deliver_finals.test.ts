import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

useJumpingClock(Date.parse('2026-11-26T10:00:00Z'));

const WORDS =
  "Deliver the approved finals in 'Spring Campaign' to Broadcast playout. Tell me how many GB that is, and what you leave out.";

test('finals go to the location, and what is not approved stays with its reason', async () => {
  const made = await story(WORDS);
  const plan = await made.ask('deliver_assets', { collection: 'Spring Campaign', to: 'Broadcast playout' });
  expect(plan.summary).toMatch(/[MGT]B \(\d+ bytes\)/);
  expect(plan.text).toMatch(/not approved: answers are mixed: "Spring teaser/);
  expect(plan.text).toMatch(/Skipped \d+, not approved: nobody was asked: /);
  expect(made.changed()).toEqual({});
  const answer = await made.ask('deliver_assets', { confirm: plan.confirm });
  made.sandbox.settle();
  const jobs = await made.ask('check_jobs', { wait_for: [answer.wait_for] });
  expect(jobs.done).toBe(1);
  expect(made.changed()).toEqual({});
  within(made.spent());
});

test('a new version is promoted between plan and confirmation: nothing leaves', async () => {
  const made = await story(WORDS);
  const plan = await made.ask('deliver_assets', { collection: 'Spring Campaign', to: 'Broadcast playout' });
  const { store } = made.sandbox;
  const { versions } = store.assets.get(ids.trailer) as { versions: Record<string, unknown>[] };
  const next = { ...versions.at(-1), id: store.newId(), version_number: versions.length + 1 };
  store.assets.update(ids.trailer, { versions: [...versions, next] });
  made.sandbox.reindex();
  expect(await made.fail('deliver_assets', { confirm: plan.confirm })).toMatch(/changed since/);
  expect(store.jobs.list(({ title }) => title === 'Export to Broadcast playout')).toEqual([]);
});
