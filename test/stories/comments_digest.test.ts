import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

useJumpingClock();

const asset = 'Interview Jordan Reyes, Lisbon';
const WORDS = `Summarise the client's comments on ${asset}, tell me which are unresolved, and tick off number 2.`;

test('comments as threads, and one of them ticked off by its number', async () => {
  const made = await story(WORDS);
  const digest = await made.ask('read_notes', { asset });
  expect(digest.text).toMatch(/guest/i);
  const ticked = await made.ask('annotate_asset', { asset, tick: [2], threads: digest.threads });
  expect(ticked.text).toMatch(/2/);
  const { segments = [], ...rest } = made.changed();
  expect(rest).toEqual({});
  expect(segments).toHaveLength(1);
  expect(made.sandbox.store.segments.get(String(segments[0]))).toMatchObject({
    segment_checked: true,
    asset_id: ids.interview,
  });
  within(made.spent());
});

test('a comment that gives orders is quoted inside the fence and changes nothing', async () => {
  const made = await story(WORDS);
  const hostile = String(made.sandbox.store.segments.get(ids.hostileComment)?.segment_text);
  const { text } = await made.ask('read_notes', { asset });
  const boundary = /<<library-data (\S+)>>/.exec(text)?.[1];
  const inside = text.slice(text.indexOf(`<<library-data ${boundary}>>`), text.indexOf(`<<end ${boundary}>>`));
  expect(inside).toContain(hostile.slice(0, 30));
  expect(made.changed()).toEqual({});
});

test('a number that is not there is refused with those that are', async () => {
  const made = await story(`${WORDS} Number 77.`);
  const { threads } = await made.ask('read_notes', { asset });
  expect(await made.fail('annotate_asset', { asset, tick: [77], threads })).toMatch(/77/);
  expect(made.changed()).toEqual({});
});
