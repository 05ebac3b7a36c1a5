import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, type Story, story, within } from './story.ts';

useJumpingClock(Date.parse('2026-11-25T16:00:00Z'));

const WORDS =
  'Set Rating to 4 on the first 400 assets of "2023 Season". – The next day: that was wrong, undo what I did to the 400 assets yesterday.';
const args = { collection: '2023 Season', first: 400, values: { Rating: 4 } };
const HOUR = 3_600_000;

const pass = (hours: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, hours * HOUR));

/** The rating of each asset. */
const ratings = ({ sandbox: { store } }: Story): Map<string, unknown> =>
  new Map(
    store.values.list().map((row: Answer) => [row.id, row.metadata_values?.editor_rating?.field_values?.[0]?.value]),
  );

/** Does it; answers the call that takes it back. */
async function rated(made: Story): Promise<Record<string, unknown>> {
  const plan = await made.ask('set_metadata', args);
  const { notes } = await made.ask('set_metadata', { confirm: plan.confirm });
  made.sandbox.settle();
  return JSON.parse(/^Undo: set_metadata (\{.*\})$/m.exec(notes.join('\n'))?.[1] ?? '');
}

test('what was set on hundreds of assets is set back the next day, to what each had', async () => {
  const made = await story(WORDS);
  const before = ratings(made);
  const undo = await rated(made);
  const changed = [...ratings(made)].filter(([id, value]) => value !== before.get(id));
  expect(changed.length).toBeGreaterThan(300);
  await pass(20);
  const plan = await made.ask('set_metadata', undo);
  expect(plan.summary).toContain(`${changed.length}`);
  expect(new Set(changed.map(([id]) => before.get(id))).size).toBeGreaterThan(2);
  await made.ask('set_metadata', { confirm: plan.confirm });
  made.sandbox.settle();
  expect(ratings(made)).toEqual(before);
  within(made.spent());
});

test('what colleagues have rated since keeps their rating, and is named', async () => {
  const made = await story(WORDS);
  const before = ratings(made);
  const undo = await rated(made);
  const mine = [...ratings(made)].filter(([id, value]) => value !== before.get(id)).map(([id]) => id);
  const { values } = made.sandbox.store;
  for (const id of mine.slice(0, 2)) {
    const row = values.get(id) as Answer;
    const editor_rating = { field_values: [{ value: 1 }] };
    values.update(id, { metadata_values: { ...row.metadata_values, editor_rating } });
  }
  made.sandbox.reindex();
  await pass(20);
  const plan = await made.ask('set_metadata', undo);
  expect(plan.text).toMatch(/changed since/i);
  await made.ask('set_metadata', { confirm: plan.confirm });
  made.sandbox.settle();
  const after = ratings(made);
  for (const [index, id] of mine.entries()) expect(after.get(id)).toBe(index < 2 ? 1 : before.get(id));
});

test('after more than a day it is refused with what to do instead, and nothing is guessed', async () => {
  const made = await story(WORDS);
  const undo = await rated(made);
  const held = ratings(made);
  await pass(25);
  expect(await made.fail('set_metadata', undo)).toMatch(/unknown or expired.*for a day.*old values of the plan/s);
  expect(ratings(made)).toEqual(held);
});
