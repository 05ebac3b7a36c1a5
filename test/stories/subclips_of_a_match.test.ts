import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

useJumpingClock();

const asset = 'Matchday 12, Harbour City v Northgate, full match';
const WORDS = `In ${asset} cut three sub-clips, 12:04-12:31, 47:10-47:52 and 88:00-88:40, call them 'Goal Reyes {n}', put them in 'Matchday 12 highlights'.`;
const args = {
  asset,
  ranges: ['12:04-12:31', '47:10-47:52', '88:00-88:40'],
  names: ['Goal Reyes {n}'],
  collection: 'Matchday 12 highlights',
};
const TIMES = [
  [724_000, 751_000],
  [2_830_000, 2_872_000],
  [5_280_000, 5_320_000],
];

type Made = Awaited<ReturnType<typeof story>>;
const subclips = ({ sandbox }: Made) =>
  sandbox.store.assets
    .list((row) => row.type === 'SUBCLIP' && row.original_asset_id === ids.match)
    .sort((a, b) => Number(a.time_start_milliseconds) - Number(b.time_start_milliseconds));

test('three sub-clips of a match, in a collection', async () => {
  const made = await story(WORDS);
  const plan = await made.ask('make_subclips', args);
  expect(made.changed()).toEqual({});
  await made.ask('make_subclips', { ...args, confirm: plan.confirm });
  made.sandbox.settle();
  const clips = subclips(made);
  // The first goal has been cut before, frame for frame: the plan says under which name, and it is not cut twice.
  expect(plan.text).toContain('Goal Reyes, 1:0, Matchday 12');
  expect(clips.map(({ title }) => title)).toEqual(['Goal Reyes, 1:0, Matchday 12', 'Goal Reyes 2', 'Goal Reyes 3']);
  expect(clips.map((row) => [row.time_start_milliseconds, row.time_end_milliseconds])).toEqual(TIMES);
  for (const { id } of clips) {
    const places = made.sandbox.store.contents.list((row) => row.object_id === id).map((row) => row.collection_id);
    expect(places).toEqual([ids.highlights]);
  }
  const fresh = clips.slice(1).map(({ id }) => String(id));
  expect((made.changed().assets ?? []).sort()).toEqual(fresh.sort());
  expect(made.changed().collections ?? []).toEqual([]);
  within(made.spent());
});

test('the same again makes nothing twice', async () => {
  const made = await story(WORDS);
  for (let round = 0; round < 2; round += 1) {
    const plan = await made.ask('make_subclips', args);
    if (plan.confirm) await made.ask('make_subclips', { ...args, confirm: plan.confirm });
    made.sandbox.settle();
  }
  expect(subclips(made)).toHaveLength(3);
});

test('a collection whose name two have is answered with both', async () => {
  const made = await story(`${WORDS} Training`);
  const text = await made.fail('make_subclips', { ...args, collection: 'Training' });
  for (const id of ids.twinCollections) expect(text).toContain(id);
  expect(made.changed()).toEqual({});
});
