import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paragraphs } from '../../src/media/transcript.ts';
import { type TimedWord, type TranscriptSegment, wordOrigin } from '../../src/media/transcript_segment.ts';
import { spokenWords } from '../../src/media/words.ts';

/** A segment whose words are 100 ms each, `gap` ms apart. */
function said(start: number, text: string, speaker?: number | null, gap = 0): TranscriptSegment {
  const words = text.split(' ').map((value, index) => ({
    start_ms: start + index * (100 + gap),
    end_ms: start + index * (100 + gap) + 100,
    value,
    score: 0.9,
  }));
  return {
    time_start_milliseconds: start,
    time_end_milliseconds: words.at(-1)?.end_ms,
    segment_text: text,
    transcription_id: 't1',
    transcription: { speaker, words },
  };
}

const texts = (segments: readonly TranscriptSegment[], options = {}): string[] =>
  paragraphs(segments, options).map(({ text }) => text);

describe('paragraphs', () => {
  test('join what one person says over segments, with the first start and the last end', () => {
    const segments = [said(1000, 'We went out', 0), said(1400, 'to the harbour.', 0), said(2000, 'Why?', 1)];
    expect(paragraphs(segments)).toEqual([
      { start: 1000, end: 1700, text: 'We went out to the harbour.', speaker: '0', transcription: 't1' },
      { start: 2000, end: 2100, text: 'Why?', speaker: '1', transcription: 't1' },
    ]);
  });

  test('name the speakers where names are known', () => {
    const found = paragraphs([said(0, 'Hello.', 0), said(500, 'Hi.', 1)], { speakers: { '0': 'Jordan Reyes' } });
    expect(found.map(({ speaker }) => speaker)).toEqual(['Jordan Reyes', '1']);
  });

  test('do not mind names that every object has', () => {
    const segment = { ...said(0, 'Hello.'), transcription: { speaker: 'constructor', words: null } };
    expect(paragraphs([segment], { speakers: {} })[0]?.speaker).toBe('constructor');
  });

  test('have no speaker where none was told apart', () => {
    expect(paragraphs([said(0, 'Hello.', null), said(500, 'Hi.')])).toEqual([
      { start: 0, end: 600, text: 'Hello. Hi.', transcription: 't1' },
    ]);
  });

  test('end at a long pause behind a sentence, not within one, nor at a short pause', () => {
    expect(texts([said(0, 'It stopped.'), said(2201, 'Then rain.')])).toEqual(['It stopped.', 'Then rain.']);
    expect(texts([said(0, 'It stopped.'), said(2200, 'Then rain.')])).toEqual(['It stopped. Then rain.']);
    expect(texts([said(0, 'It stopped and'), said(9000, 'then rain.')])).toEqual(['It stopped and then rain.']);
    expect(texts([said(0, 'He said “stop.”'), said(9000, 'Then rain.')])).toHaveLength(2);
    expect(texts([said(0, 'It stopped.'), said(700, 'Then rain.')], { pause: 400 })).toHaveLength(2);
  });

  test('are not longer than asked, and end with a sentence where one ends near', () => {
    const segments = [said(0, 'aaa bbb ccc ddd. eee fff ggg hhh')];
    expect(texts(segments, { longest: 20 })).toEqual(['aaa bbb ccc ddd.', 'eee fff ggg hhh']);
    expect(texts(segments, { longest: 12 })).toEqual(['aaa bbb ccc', 'ddd. eee fff', 'ggg hhh']);
    expect(texts([said(0, `a ${'b'.repeat(50)} c`)], { longest: 12 })).toEqual(['a', 'b'.repeat(50), 'c']);
  });

  test('of a stretch have the words that start in it, so that pages share none', () => {
    const segments = [said(0, 'one two three four five six', 0)];
    expect(texts(segments, { from: 100, to: 300 })).toEqual(['two three']);
    expect(texts(segments, { to: 250 })).toEqual(['one two three']);
    expect(texts(segments, { from: 250 })).toEqual(['four five six']);
    expect(paragraphs(segments, { from: 100, to: 300 })[0]).toMatchObject({ start: 100, end: 300 });
    expect(texts(segments, { from: 9000 })).toEqual([]);
  });

  test('have the same times where these come as texts, counted from the segment', () => {
    const words = [{ start_ms: '0', end_ms: '400', value: 'Hello.' }] as unknown as TimedWord[];
    const segment = { ...said(7000, 'Hello.'), time_end_milliseconds: 7400, transcription: { speaker: 0, words } };
    expect(paragraphs([segment])).toMatchObject([{ start: 7000, end: 7400 }]);
  });

  test('keep the order of time, whatever the order of the segments', () => {
    expect(texts([said(5000, 'second'), said(0, 'first')])).toEqual(['first second']);
  });

  test('keep transcriptions apart', () => {
    const german = { ...said(50, 'Guten Tag.', 0), transcription_id: 't2' };
    const found = paragraphs([said(0, 'Good day.', 0), german, said(300, 'Welcome.', 0)]);
    expect(found.map(({ text, transcription }) => [transcription, text])).toEqual([
      ['t1', 'Good day. Welcome.'],
      ['t2', 'Guten Tag.'],
    ]);
  });

  test('cover each word once and in order', () => {
    const word = fc.stringMatching(/^[a-zéß]{1,9}[.,?]?$/);
    const segment = fc.record({
      words: fc.array(word, { minLength: 1, maxLength: 30 }),
      speaker: fc.nat(2),
      pause: fc.nat(5000),
    });
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 12 }), fc.integer({ min: 1, max: 300 }), (parts, longest) => {
        let at = 0;
        const segments = parts.map(({ words, speaker, pause }) => {
          const made = said(at + pause, words.join(' '), speaker);
          at = made.time_end_milliseconds ?? at;
          return made;
        });
        const found = paragraphs(segments, { longest });
        expect(found.flatMap(({ text }) => text.split(' '))).toEqual(parts.flatMap(({ words }) => words));
        for (const { text, start, end } of found) {
          expect(text.length <= longest || !text.includes(' ')).toBe(true);
          expect(end - start).toBeGreaterThanOrEqual(text.split(' ').length * 100);
        }
        for (const [index, { start }] of found.entries())
          expect(start).toBeGreaterThanOrEqual(found[index - 1]?.end ?? 0);
      }),
    );
  });

  test('of pages are the paragraphs’ words without loss', () => {
    const segments = Array.from({ length: 40 }, (_, index) =>
      said(index * 700, `w${index} x${index} y${index}`, index % 2),
    );
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 40_000 }), (page) => {
        const pages = Array.from({ length: Math.ceil(40_000 / page) }, (_, index) => index * page).flatMap((from) =>
          texts(segments, { from, to: from + page }),
        );
        expect(pages.join(' ')).toBe(texts(segments).join(' '));
      }),
      { numRuns: 30 },
    );
  });
});

describe('the words of a segment', () => {
  const timed = (...values: string[]): TimedWord[] =>
    values.map((value, index) => ({ start_ms: 1000 + index * 100, end_ms: 1090 + index * 100, value }));
  const segment = (text: string | null, words: TimedWord[] | null): TranscriptSegment => ({
    time_start_milliseconds: 1000,
    time_end_milliseconds: 2000,
    segment_text: text,
    transcription: { words },
  });
  const found = (text: string | null, words: TimedWord[] | null) =>
    spokenWords([segment(text, words)]).map((word) => [word.text, word.start, word.end]);

  test('take punctuation and capitals from the text, and times from the words', () => {
    expect(found('“Hello,” she said – (twice).', timed('hello', 'she', 'said', 'twice'))).toEqual([
      ['“Hello,”', 1000, 1090],
      ['she', 1100, 1190],
      ['said –', 1200, 1290],
      ['(twice).', 1300, 1390],
    ]);
  });

  test('do not count punctuation that came as words', () => {
    expect(found('Yes, now.', timed('Yes', ',', 'now', '.'))).toEqual([
      ['Yes,', 1000, 1090],
      ['now.', 1200, 1290],
    ]);
    expect(found(null, timed('Yes', ',', 'now', '.'))).toEqual([
      ['Yes,', 1000, 1090],
      ['now.', 1200, 1290],
    ]);
  });

  test('keep their times where somebody corrected the spelling', () => {
    expect(found('Jordan Reyes scored.', timed('Jordan', 'raise', 'scored'))).toEqual([
      ['Jordan', 1000, 1090],
      ['Reyes', 1100, 1190],
      ['scored.', 1200, 1290],
    ]);
  });

  test('get a share of the time where the text was rewritten', () => {
    expect(found('aa bb cccc', timed('something', 'else'))).toEqual([
      ['aa', 1000, 1047],
      ['bb', 1047, 1095],
      ['cccc', 1095, 1190],
    ]);
    expect(found('aa bb cc', timed('aa', 'cc')).map(([word]) => word)).toEqual(['aa', 'bb', 'cc']);
    expect(found('aa bb cc', timed('aa', 'bb')).map(([word]) => word)).toEqual(['aa', 'bb', 'cc']);
  });

  test('get a share of the segment’s time where none was timed', () => {
    expect(found('aa bb', null)).toEqual([
      ['aa', 1000, 1500],
      ['bb', 1500, 2000],
    ]);
    expect(spokenWords([{ segment_text: 'aa bb' }]).map(({ start, end }) => [start, end])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test('of a script without spaces are joined without spaces', () => {
    const chinese = segment('你好，世界。', timed('你好', '世界'));
    expect(spokenWords([chinese]).map(({ text }) => text)).toEqual(['你好，', '世界。']);
    expect(paragraphs([chinese])[0]?.text).toBe('你好，世界。');
  });

  test('are none where nothing is said', () => {
    expect(spokenWords([{}, { segment_text: ' ', transcription: null }, segment(null, timed(' ', ''))])).toEqual([]);
  });
});

describe('the origin of word times', () => {
  const line = (start: number, end: number, first: number, last: number): TranscriptSegment => ({
    time_start_milliseconds: start,
    time_end_milliseconds: end,
    transcription: { words: [{ start_ms: first, end_ms: last, value: 'word' }] },
  });

  test.each<[string, TranscriptSegment[], ReturnType<typeof wordOrigin>]>([
    ['words from zero', [line(7530, 10_380, 0, 2830)], { origin: 'segment', decided: 1, otherwise: 0 }],
    ['words from the start', [line(7530, 10_380, 7530, 10_360)], { origin: 'asset', decided: 1, otherwise: 0 }],
    ['a long tail', [line(1000, 60_000, 1000, 59_500)], { origin: 'asset', decided: 1, otherwise: 0 }],
    [
      'one line against two',
      [line(5000, 6000, 5000, 5900), line(7000, 8000, 0, 900), line(9000, 9500, 10, 450)],
      { origin: 'segment', decided: 3, otherwise: 1 },
    ],
    ['a first line alone', [line(0, 900, 0, 900)], { origin: 'segment', decided: 0, otherwise: 0 }],
  ])('is decided once, by where words fit in their segments: %s', (_, segments, expected) => {
    expect(wordOrigin(segments)).toEqual(expected);
  });

  test('is found without the ends of segments, too', () => {
    const endless = [{ ...line(5000, 0, 5000, 5900), time_end_milliseconds: null }];
    expect(wordOrigin(endless).origin).toBe('asset');
  });
});
