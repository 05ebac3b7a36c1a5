import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { story, within } from './story.ts';

useJumpingClock(Date.parse('2026-11-26T10:00:00Z'));

const FIVE = [
  'Jordan Reyes, signing day',
  'Matchday 7 2023, full match, 1:2',
  'Fish market at dawn, 1968',
  'Regatta, 1971',
  'The big storm of February 1974',
];
const WORDS = `Restore these five for editing and tell me when they are ready: ${FIVE.join('; ')}.`;

type Made = Awaited<ReturnType<typeof story>>;
const stateOf = ({ sandbox }: Made, name: string) =>
  sandbox.store.assets.list(({ title }) => title === name).map(({ archive_status }) => archive_status);

test('five are restored by their titles, and it is said when they are ready', async () => {
  const made = await story(WORDS);
  const plan = await made.ask('restore_media', { assets: FIVE });
  expect(plan.summary).toMatch(/5 assets, 96\.8 GB/);
  expect(made.changed()).toEqual({});
  const answer = await made.ask('restore_media', { confirm: plan.confirm });
  expect(answer.started).toBe(5);
  made.sandbox.settle();
  const jobs = await made.ask('check_jobs', { wait_for: [answer.wait_for] });
  // One job for all of them.
  expect(jobs).toMatchObject({ done: 1 });
  for (const title of FIVE) expect(stateOf(made, title)).toEqual(['NOT_ARCHIVED']);
  within(made.spent());
});

test('one is online by now, and one title belongs to no asset: nothing starts before the title is right', async () => {
  const made = await story(`${WORDS} Regatta, 1972`);
  const [online] = made.sandbox.store.assets.list(({ title }) => title === FIVE[0]);
  made.sandbox.store.assets.update(String(online?.id), { archive_status: 'NOT_ARCHIVED' });
  made.sandbox.reindex();
  const wrong = FIVE.map((title) => title.replace('1971', '1972'));
  expect(await made.fail('restore_media', { assets: wrong })).toContain('Regatta, 1972');
  const plan = await made.ask('restore_media', { assets: FIVE });
  expect(plan.summary).toContain('4 assets');
  expect(plan.text).toMatch(/Skipped 1, it is not archived: "Jordan Reyes, signing day"/);
  const answer = await made.ask('restore_media', { confirm: plan.confirm });
  expect(answer.started).toBe(4);
});
