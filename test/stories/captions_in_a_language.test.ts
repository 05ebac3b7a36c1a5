import { expect, test } from 'vitest';
import { readSrt } from '../support/caption_reader.ts';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

useJumpingClock();

const ADDRESS = `https://app.iconik.io/asset/${ids.interview}`;
const WORDS = `English subtitles of ${ADDRESS} as SRT: two lines of 37 characters at most, with who speaks.`;

test('subtitles of an interview, in one call, in lines that fit', async () => {
  const made = await story(WORDS);
  const args = { asset: ADDRESS, language: 'English', format: 'srt', line_length: 37, lines: 2 };
  const { content, total, notes } = await made.ask('export_captions', args);
  const [part] = content.filter(({ type }: { readonly type: string }) => type === 'resource');
  const list = readSrt(part.resource.text);
  expect(list).toHaveLength(total);
  for (const { text } of list) for (const line of text.split('\n')) expect([...line].length).toBeLessThanOrEqual(37);
  expect(notes.join('\n')).toMatch(/times from the first frame/);
  expect(made.changed()).toEqual({});
  within(made.spent());
});

test('a language that is not there is an error with those that are, and nothing is written', async () => {
  const made = await story(`${WORDS} In Finnish.`);
  const text = await made.fail('export_captions', { asset: ADDRESS, language: 'Finnish' });
  expect(text).toMatch(/Languages of this version: .*en/);
});
