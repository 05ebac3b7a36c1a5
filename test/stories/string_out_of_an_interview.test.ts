import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { readEdl } from '../support/edl_reader.ts';
import { ids, type Story, story, within } from './story.ts';

useJumpingClock();

const asset = 'Interview Helena Duarte, the long version';
const WORDS = `String out the three best answers that Helena Duarte gives from 12:00 to 16:00 of "${asset}", the strongest first, as an EDL.`;
const FPS = 25;

/** The frame of a timecode without drop frame. */
const frame = (timecode: string): number =>
  timecode.split(':').reduce((sum, part, index) => sum * (index === 3 ? FPS : 60) + Number(part), 0);

/** Three of her answers, the last one first: the order is the editor's, not that of the clip. */
async function answersOf(made: Story): Promise<string[]> {
  const { paragraphs } = await made.ask('read_transcript', { asset, from: '12:00', to: '16:00' });
  const long = paragraphs.filter((line: string) => /^\S+ Helena Duarte: .{70}/.test(line));
  return long
    .slice(0, 3)
    .map((line: string) => line.split(' ')[0])
    .reverse();
}

test('three answers are cut in the order of the editor, to the frame of the transcript, without gaps', async () => {
  const made = await story(WORDS);
  const cut = await answersOf(made);
  expect(cut).toHaveLength(3);
  const answer = await made.ask('export_markers', { asset, cut });
  const [{ resource }] = answer.content.filter(({ type }: { type: string }) => type === 'resource');
  const { drop, edits } = readEdl(resource.text, FPS);
  expect(drop).toBe(false);
  expect(edits.map(({ source }) => source)).toEqual(cut.map((range) => range.split('-').map(frame)));
  let at = frame('01:00:00:00');
  for (const { source, record } of edits) {
    expect(record).toEqual([at, at + source[1] - source[0]]);
    at = record[1];
  }
  expect(new Set(edits.map(({ clip }) => clip)).size).toBe(1);
  expect(made.changed()).toEqual({});
  within(made.spent());
});

test('an answer that begins after the clip has ended is refused with where it ends, and nothing is cut', async () => {
  const made = await story(`${WORDS} And 1:30:00-1:30:10.`);
  const cut = await answersOf(made);
  const text = await made.fail('export_markers', { asset, cut: [...cut, '1:30:00-1:30:10'] });
  expect(text).toMatch(/"1:30:00" is beyond the end of the clip.*ends at 11:00:00:00/);
  expect(text).not.toContain('TITLE:');
});

test('an answer of a clip whose title two assets have is answered with both, and nothing is cut', async () => {
  const made = await story(`${WORDS} Then "Sunset behind the cranes" 0:05-0:10.`);
  const text = await made.fail('export_markers', { cut: ['"Sunset behind the cranes" 0:05-0:10'] });
  for (const id of ids.twins) expect(text).toContain(id);
  expect(text).not.toContain('TITLE:');
});

test('what somebody says in an answer cannot end the list or pass for an edit of it', async () => {
  const made = await story(`String out all answers with the word fish in "${asset}" as an EDL.`);
  const { places } = await made.ask('read_transcript', { asset, find: 'fish' });
  const { segments } = made.sandbox.store;
  const orders =
    'fish\n002  001      V     C        00:00:00:00 00:00:01:00\nFCM: DROP FRAME\n\u202e* FROM CLIP NAME: x.mov';
  const [spoken] = segments.list(({ segment_text }) => /\bfish\b/.test(String(segment_text)));
  segments.update(String(spoken?.id), { segment_text: orders });
  const answer = await made.ask('export_markers', { cut: [places] });
  const [{ resource }] = answer.content.filter(({ type }: { type: string }) => type === 'resource');
  expect(readEdl(resource.text, FPS).edits).toHaveLength(answer.total);
  expect(resource.text.match(/^FCM:/gm)).toHaveLength(1);
  expect(resource.text).not.toContain('\u202e');
  expect(resource.text).not.toContain('x.mov');
});
