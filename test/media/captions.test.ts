import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breaches, type CaptionShape, captionCues } from '../../src/media/captions/cues.ts';
import { captionsSrt, captionsVtt } from '../../src/media/captions/write.ts';
import type { SpokenWord } from '../../src/media/words.ts';
import { readSrt, readVtt } from '../support/caption_reader.ts';

const SHAPE: CaptionShape = { charactersPerLine: 42, lines: 2, charactersPerSecond: 17, shortest: 1000, longest: 7000 };

const word = (text: string, start: number, end: number, speaker = '0'): SpokenWord => ({
  text,
  spaced: true,
  start,
  end,
  speaker,
  transcription: undefined,
});

/** Words at even times. */
const said = (text: string, from = 0, each = 300, speaker = '0'): SpokenWord[] =>
  text.split(' ').map((one, n) => word(one, from + n * each, from + (n + 1) * each, speaker));

const lines = (words: readonly SpokenWord[], shape: Partial<CaptionShape> = {}) =>
  captionCues(words, { ...SHAPE, ...shape }).map((cue) => cue.lines);

describe('captions', () => {
  test('fill as many lines as allowed, balanced, and go on in the next caption', () => {
    const text = 'We crossed the bar at four in the morning with the tide still running out';
    expect(lines(said(text, 0, 100))).toEqual([
      ['We crossed the bar at four in the', 'morning with the tide still running out'],
    ]);
    expect(lines(said(text, 0, 100), { lines: 1 })).toHaveLength(2);
  });

  test('break before a phrase and behind a comma, and not behind an article, a preposition or within a name', () => {
    const text = 'We crossed the bar at four in the morning with the tide still running out';
    const english = { language: 'en-GB' };
    expect(lines(said(text, 0, 100), english)).toEqual([
      ['We crossed the bar at four in the morning', 'with the tide still running out'],
    ]);
    const long =
      'I thought about it the way you think about a team in another league, and then I met Jordan Reyes at the old harbour of Lisbon';
    for (const charactersPerLine of [22, 26, 30, 34, 38, 42]) {
      const all = lines(said(long, 0, 250), { ...english, charactersPerLine });
      expect(all.flat().join(' ')).toBe(long);
      for (const line of all.flat()) expect(line).not.toMatch(/ (?:a|the|in|at|of|and|about|then I|Jordan)$/);
    }
    expect(
      lines(said('Andámos até ao fim da praia com o meu avô', 0, 100), { language: 'pt', charactersPerLine: 26 }),
    ).toEqual([['Andámos até ao fim', 'da praia com o meu avô']]);
  });

  test('leave no word alone that could stay with its sentence', () => {
    const text = 'No. I am a worried person who moves slowly. From the stand it looks the same.';
    for (const caption of lines(said(text, 0, 150), { language: 'en' }))
      expect(caption.join(' ').length).toBeGreaterThan(12);
    const run = said(
      'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen',
      0,
      250,
    );
    for (const caption of lines(run, { charactersPerLine: 20 }))
      expect(caption.join(' ').split(' ').length).toBeGreaterThan(1);
  });

  test('take no more than linear time for the words of a day', () => {
    const short = said('a '.repeat(4_000).trim(), 0, 10);
    const long = said('a '.repeat(16_000).trim(), 0, 10);
    const steps = (words: readonly SpokenWord[]): number => {
      let count = 0;
      captionCues(
        words.map((one) => ({
          ...one,
          get text() {
            count += 1;
            return one.text;
          },
        })),
        { ...SHAPE, lines: 4, charactersPerLine: 60 },
      );
      return count;
    };
    expect(steps(long)).toBeLessThan(steps(short) * 5);
  });

  test('end with a sentence, a pause and a speaker', () => {
    expect(lines([...said('It is a long way. Nobody comes', 0, 300), ...said('here anymore', 5_000)])).toEqual([
      ['It is a long way. Nobody comes'],
      ['here anymore'],
    ]);
    expect(lines([...said('Are you sure?'), ...said('I am', 900, 300, '1')])).toEqual([['Are you sure?'], ['I am']]);
  });

  test('stay on long enough to be read, where there is room', () => {
    const [only] = captionCues([word('Incomprehensibilities', 0, 100)], SHAPE);
    expect(only).toMatchObject({ start: 0, end: Math.ceil((21 * 1000) / 17) });
    const [first, second] = captionCues([word('Hi', 0, 100), word('you', 600, 700, '1')], SHAPE);
    expect(first?.end).toBe(600);
    expect(second?.start).toBe(600);
    expect(breaches([first, second] as never, SHAPE)).toMatchObject({ short: 1, fast: 0 });
  });

  test('do not overlap where words come at one time', () => {
    const cues = captionCues([word('one', 0, 5_000), word('two', 0, 5_000, '1'), word('three', 0, 10, '2')], SHAPE);
    expect(cues.map(({ start }) => start)).toEqual([0, 200, 400]);
  });

  test('break text without spaces between characters', () => {
    const [cue] = captionCues([word('潮汐表は毎朝更新されます', 0, 3_000)], { ...SHAPE, charactersPerLine: 6 });
    expect(cue?.lines).toEqual(['潮汐表は毎朝', '更新されます']);
  });
});

const anyWord = fc.record({
  text: fc.oneof(
    fc.stringMatching(/^[a-z]{1,9}[.,?]?$/),
    fc.constantFrom('-->', '<b>', '&amp;', '7', '潮汐表は毎朝更新', 'x'.repeat(60), 'a\nb', ' ', '\u{1f600}'),
  ),
  spaced: fc.boolean(),
  start: fc.integer({ min: 0, max: 60_000 }),
  length: fc.integer({ min: 0, max: 9_000 }),
  speaker: fc.constantFrom('0', '1', undefined),
});
const anyShape = fc.record({
  charactersPerLine: fc.integer({ min: 10, max: 60 }),
  lines: fc.integer({ min: 1, max: 4 }),
  charactersPerSecond: fc.integer({ min: 5, max: 50 }),
  shortest: fc.integer({ min: 200, max: 1_000 }),
  longest: fc.integer({ min: 1_000, max: 9_000 }),
});

const bare = (text: string): string => text.replace(/\s+/g, '');

test('any words make captions that another reader reads back: each word once, in their lines, without overlaps', () => {
  fc.assert(
    fc.property(fc.array(anyWord, { maxLength: 60 }), anyShape, (given, shape) => {
      const words = given.map(({ length, ...one }) => ({ ...one, end: one.start + length, transcription: undefined }));
      const cues = captionCues(words, shape);
      const speakers = { '0': 'Ana <b> & Co', '1': 'Tom' };
      const vtt = readVtt(captionsVtt(cues, { speakers }));
      const srt = readSrt(captionsSrt(cues, { offset: 36_000_000 }));
      const wanted = words
        .toSorted((a, b) => a.start - b.start)
        .map(({ text }) => text)
        .join('');
      expect(bare(vtt.map(({ text }) => text).join(''))).toBe(bare(wanted));
      expect(srt).toHaveLength(vtt.length);
      let end = 0;
      for (const [index, one] of vtt.entries()) {
        expect(one.start).toBeGreaterThanOrEqual(end);
        expect(one.end).toBeGreaterThan(one.start);
        expect(one.end - one.start).toBeLessThanOrEqual(shape.longest);
        expect(srt[index]?.start).toBe(one.start + 36_000_000);
        const own = one.text.split('\n');
        expect(own.length).toBeLessThanOrEqual(shape.lines);
        for (const line of own) expect([...line].length).toBeLessThanOrEqual(shape.charactersPerLine);
        end = one.end;
      }
    }),
  );
});
