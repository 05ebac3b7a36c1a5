import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

useJumpingClock();

const WORDS = 'Season trailer 2025: make v3 the current version and delete the old ones.';
const args = { asset: 'Season trailer 2025', version: 'v3', delete_old: true };

type Made = Awaited<ReturnType<typeof story>>;
const versionsOf = ({ sandbox }: Made) =>
  sandbox.store.assets.get(ids.trailer)?.versions as { id: string; status: string }[];
const alive = (made: Made) => versionsOf(made).filter(({ status }) => !['DELETED', 'DELETING'].includes(status));

test('an older version becomes current, then the old ones go', async () => {
  const made = await story(WORDS);
  const before = alive(made).map(({ id }) => id);
  const plan = await made.ask('set_current_version', args);
  expect(plan.status).toBe('preview');
  for (const number of ['v1', 'v2', 'v4', 'v5']) expect(plan.text).toContain(number);
  expect(made.changed()).toEqual({});
  await made.ask('set_current_version', { ...args, confirm: plan.confirm });
  const [only, ...more] = alive(made);
  expect(more).toEqual([]);
  expect(before).not.toContain(only?.id);
  const { assets = [] } = made.changed();
  expect(assets).toEqual([ids.trailer]);
  within(made.spent());
});

test('somebody adds a version between plan and confirmation: nothing is done', async () => {
  const made = await story(WORDS);
  const plan = await made.ask('set_current_version', args);
  const versions = versionsOf(made);
  const added = { ...versions.at(-1), id: 'ae51ffff-5b1c-11ef-9c3a-0a580a3db916', version_number: versions.length + 1 };
  made.sandbox.store.assets.update(ids.trailer, { versions: [...versions, added] });
  const text = await made.fail('set_current_version', { ...args, confirm: plan.confirm });
  expect(text).toMatch(/changed since/);
  expect(alive(made)).toHaveLength(versions.length + 1);
});

test('a promotion that takes long deletes nothing, and the call can be repeated', async () => {
  const made = await story(WORDS, { sandbox: { backgroundMs: 6_000 }, deadline: 4_000 });
  const before = alive(made).length;
  const plan = await made.ask('set_current_version', args);
  const first = await made.ask('set_current_version', { ...args, confirm: plan.confirm });
  expect(first.deleted ?? []).toEqual([]);
  expect(alive(made).length).toBe(before);
  made.sandbox.settle();
  const again = await made.ask('set_current_version', args);
  if (again.confirm) await made.ask('set_current_version', { ...args, confirm: again.confirm });
  made.sandbox.settle();
  expect(alive(made)).toHaveLength(1);
});
