import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, largeIds, story, within } from './story.ts';

useJumpingClock();

const WORDS = "Add markers at every mention of 'climate' in Interview Helena Duarte, the long version: its transcript.";
const asset = 'Interview Helena Duarte, the long version';

const markersOf = (made: Awaited<ReturnType<typeof story>>) =>
  made.sandbox.store.segments
    .list((row) => row.asset_id === largeIds.longInterview && row.segment_type === 'MARKER' && row.status !== 'DELETED')
    .map(({ id, time_start_milliseconds, version_id }) => ({
      id: String(id),
      at: Number(time_start_milliseconds),
      version_id,
    }));

test('markers at every mention of a word, once, on the current version', async () => {
  const made = await story(WORDS);
  const before = markersOf(made);
  const spoken = await made.ask('read_transcript', { asset, find: 'climate' });
  expect(spoken.total).toBe(12);
  const args = { asset, at_places: spoken.places, text: 'climate' };
  const plan = await made.ask('annotate_asset', args);
  expect(made.changed()).toEqual({});
  await made.ask('annotate_asset', { ...args, confirm: plan.confirm });
  within(made.spent());

  made.sandbox.settle();
  const fresh = markersOf(made).filter(({ id }) => !before.some((one) => one.id === id));
  expect(fresh.length).toBeGreaterThanOrEqual(11);
  expect(fresh.length).toBeLessThanOrEqual(12);
  expect(new Set(fresh.map(({ version_id }) => version_id))).toEqual(new Set([largeIds.longInterviewVersions[1]]));
  const lines = made.sandbox.store.segments
    .list((row) => row.transcription_id === largeIds.longTranscription && /\bclimate\b/i.test(String(row.segment_text)))
    .map((row) => [Number(row.time_start_milliseconds), Number(row.time_end_milliseconds)] as const);
  for (const [from, to] of lines) {
    expect(markersOf(made).filter(({ at }) => at >= from - 50 && at <= to)).not.toEqual([]);
  }
  expect(Object.keys(made.changed())).toEqual(['segments']);
  expect(made.changed().segments?.length).toBe(fresh.length);
});

test('the same again writes nothing', async () => {
  const made = await story(WORDS);
  for (let round = 0; round < 2; round += 1) {
    const { places } = await made.ask('read_transcript', { asset, find: 'climate' });
    const args = { asset, at_places: places, text: 'climate' };
    const plan = await made.ask('annotate_asset', args);
    if (plan.confirm) await made.ask('annotate_asset', { ...args, confirm: plan.confirm });
    made.sandbox.settle();
  }
  expect(made.changed().segments?.length).toBeLessThanOrEqual(12);
});

test('a title that two assets have is answered with both, and nothing is written', async () => {
  const made = await story('Add a marker at 0:05 in Sunset behind the cranes: crane');
  const text = await made.fail('annotate_asset', { asset: 'Sunset behind the cranes', items: ['0:05 crane'] });
  for (const id of ids.twins) expect(text).toContain(id);
  expect(made.changed()).toEqual({});
});
