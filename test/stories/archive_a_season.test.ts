import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { story, within } from './story.ts';

useJumpingClock(Date.parse('2026-11-26T10:00:00Z'));

const WORDS =
  "Archive everything in '2023 Season' that nobody has viewed since January (viewed ..2026-01-01); first tell me how many TB.";
const args = { collection: '2023 Season', where: { viewed: '..2026-01-01' }, limit: 1 };

type Made = Awaited<ReturnType<typeof story>>;
const states = ({ sandbox }: Made) =>
  new Map(sandbox.store.assets.list().map(({ id, archive_status }) => [id, archive_status]));

test('what nobody has viewed is found, its size is said, and it is archived', async () => {
  const made = await story(WORDS);
  const found = await made.ask('find_assets', args);
  const plan = await made.ask('archive_assets', { selection: found.selection });
  expect(plan.summary).toMatch(/\d TB \([\d,]+ bytes\)/);
  expect(plan.text).toMatch(/Shared right now/);
  expect(made.changed()).toEqual({});
  const answer = await made.ask('archive_assets', { confirm: plan.confirm });
  expect(answer.started).toBeGreaterThan(0);
  made.sandbox.settle();
  const jobs = await made.ask('check_jobs', { wait_for: [answer.wait_for] });
  expect(jobs.done).toBeGreaterThan(0);
  within(made.spent());
});

test('somebody archives some of it between plan and confirmation: the new plan is shown, nothing moves twice', async () => {
  const made = await story(WORDS);
  const found = await made.ask('find_assets', args);
  const plan = await made.ask('archive_assets', { selection: found.selection });
  const [first] = made.sandbox.store.assets.list(({ title }) => plan.affected[0].startsWith(`"${title}"`));
  made.sandbox.store.assets.update(String(first?.id), { archive_status: 'ARCHIVED' });
  made.sandbox.reindex();
  const before = states(made);
  expect(await made.fail('archive_assets', { confirm: plan.confirm })).toMatch(/changed since/);
  expect(states(made)).toEqual(before);
});
