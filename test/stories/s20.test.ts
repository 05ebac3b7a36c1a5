import { expect, test } from 'vitest';
import { largeIds, story, within } from './support.ts';

const asset = 'Interview Helena Duarte, the long version';

test('S20 an hour of interview can be read in three calls, each paragraph with its timecode', async () => {
  const made = await story(`Read ${asset} and give me the five strongest quotes with timecodes.`);
  let answer = await made.ask('read_transcript', { asset });
  const pages = [answer];
  while (answer.next && pages.length < 5) {
    answer = await made.ask('read_transcript', { cursor: answer.next });
    pages.push(answer);
  }
  const text = pages.map((page) => page.text).join('\n');
  expect(text).toMatch(/Helena Duarte/);
  expect(text).toMatch(/10:\d\d:\d\d:\d\d/);
  const words = made.sandbox.store.segments
    .list((row) => row.transcription_id === largeIds.longTranscription)
    .map((row) => String(row.segment_text));
  expect(words).toHaveLength(750);
  // Every line is there, once: paragraphs join lines, so the spaces between them may differ.
  const flat = (one: string) => one.replace(/\s+/g, ' ');
  for (const line of words.slice(0, 750)) expect(flat(text)).toContain(flat(line).slice(0, 40));
  expect(made.changed()).toEqual({});
  within(made.spent(), 'S20');
});
