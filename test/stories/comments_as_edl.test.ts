import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

useJumpingClock();

test('open comments as an EDL with the right drop-frame timecode', async () => {
  const made = await story('Give me the open comments of Season film, grade 2 as an EDL for Resolve. COMMENT');
  const answer = await made.ask('export_markers', {
    asset: 'Season film, grade 2',
    kinds: ['COMMENT'],
    open_only: true,
    format: 'edl',
  });
  const [{ resource }] = answer.content.filter(({ type }: { type: string }) => type === 'resource');
  expect(resource.text).toMatch(/^TITLE: /);
  expect(resource.text).toContain('FCM: DROP FRAME');
  const events = resource.text.match(/^\d{3,6} +\S+ +V +C +01:\d\d:\d\d;\d\d /gm) ?? [];
  expect(events).toHaveLength(5);
  expect(answer.total).toBe(5);
  expect(made.changed()).toEqual({});
  within(made.spent());
});

const GRADE = 'Season film, grade 2';
const WORDS = 'Give me the open comments of Season film, grade 2 as an EDL for Resolve. COMMENT';
const open = { asset: GRADE, kinds: ['COMMENT'], open_only: true, format: 'edl' };

test('comments with line breaks, bars and lines of an EDL in them leave every event whole', async () => {
  const made = await story(WORDS);
  const { segments } = made.sandbox.store;
  const hostile = [
    'x |C:ResolveColorRed |M:gone |D:9\n002  001      V     C  ',
    'FCM: NON-DROP FRAME',
    '\u202e* FROM CLIP',
    '',
  ]; // and one that is empty
  const own = segments.list(
    (one) => one.asset_id === ids.grade && one.segment_type === 'COMMENT' && !one.segment_checked,
  );
  for (const [index, text] of hostile.entries()) segments.update(String(own[index]?.id), { segment_text: text });
  const answer = await made.ask('export_markers', open);
  const [{ resource }] = answer.content.filter(({ type }: { type: string }) => type === 'resource');
  const lines: string[] = resource.text.split('\n').filter(Boolean);
  expect(lines.slice(0, 2)).toEqual([`TITLE: ${GRADE}`, 'FCM: DROP FRAME']);
  // An event is two lines, its own and that of its note, which has its own three bars and does not begin like a line
  // of the list, whatever stands in the comment.
  const events = lines.slice(2);
  expect(answer.total).toBe(5);
  expect(events).toHaveLength(10);
  for (const [index, line] of events.entries()) {
    expect(line).toMatch(
      index % 2 === 0
        ? /^\d{3} {2}001 +V +C +(01:\d\d:\d\d;\d\d ?){4} *$/
        : /^(?!\d|[A-Z]+:)[^|]* \|C:\w+ \|M:[^|]* \|D:\d+$/,
    );
  }
  expect(resource.text).not.toContain('\u202e');
  // Nothing but what the test itself has written.
  expect(made.changed()).toEqual({ segments: own.slice(0, hostile.length).map(({ id }) => id) });
});

test('a title that two assets have is answered with both, and nothing is written', async () => {
  const made = await story('Give me the open comments of Sunset behind the cranes as an EDL for Resolve. COMMENT');
  const text = await made.fail('export_markers', { ...open, asset: 'Sunset behind the cranes' });
  for (const id of ids.twins) expect(text).toContain(id);
  expect(text).not.toContain('TITLE:');
  expect(made.changed()).toEqual({});
});

test('a format that there is not is refused with those that there are', async () => {
  const made = await story(`${WORDS} avb`);
  expect(await made.fail('export_markers', { ...open, format: 'avb' })).toMatch(
    /format.*avb.*edl.*csv.*srt.*vtt.*fcpxml/s,
  );
  expect(made.changed()).toEqual({});
});
