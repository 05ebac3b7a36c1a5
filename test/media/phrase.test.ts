import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusal } from './refusal.ts';
import { findPhrase, said } from './speech.ts';

const interview = [
  said(0, 'We talk about the climate.', 0),
  said(1000, 'The climate crisis is not new,', 1),
  said(2000, 'but climates differ: Müller, "São Paulo" — goalkeepers!', 1),
];
const starts = (phrase: string, options = {}): number[] =>
  findPhrase(interview, phrase, options).map(({ start }) => start);

describe('finding what is said', () => {
  test('gives the times of exactly the words, their context and who says it', () => {
    expect(findPhrase(interview, 'climate crisis', { context: 3, speakers: { '1': 'Jordan' } })).toEqual([
      {
        start: 1100,
        end: 1290,
        text: 'climate crisis',
        before: 'the climate. The',
        after: 'is not new,',
        speaker: 'Jordan',
        transcription: 't1',
      },
    ]);
  });

  test('gives ten words of context on either side unless told otherwise', () => {
    const count = Array.from({ length: 40 }, (_, index) => `w${index}`);
    expect(findPhrase([said(0, count.join(' '))], 'w20')).toMatchObject([
      { before: count.slice(10, 20).join(' '), after: count.slice(21, 31).join(' ') },
    ]);
  });

  test('goes over the borders of segments', () => {
    expect(findPhrase(interview, 'new but')).toMatchObject([{ start: 1500, end: 2090, text: 'new, but' }]);
    expect(starts('climate the climate')).toEqual([400]);
  });

  test.each(['müller sao paulo', 'MULLER, SÃO-PAULO', 'Müller: “sao paulo”'])(
    'takes %s whatever case, accents and punctuation',
    (phrase) => {
      expect(starts(phrase)).toEqual([2300]);
    },
  );

  test.each([
    ['Højlund', 'hojlund'],
    ['Łukasz', 'lukasz'],
    ['Straße', 'strasse'],
    ['l’été', 'été'],
    ['don’t', "don't"],
    ['climate-neutral', 'neutral'],
    ['ﬁnal', 'final'],
    ['Ёлка', 'елка'],
    ['كَتَبَ', 'كتب'],
    ['كتب', 'كَتَبَ'],
    ['الشّعب', 'الشعب'],
    ['أكل', 'اكل'],
    ['שָׁלוֹם', 'שלום'],
    ['ὁδός', 'οδος'],
    ['ΟΔΟΣ', 'οδός'],
    ['Confere\u0302ncia', 'conferência'],
  ])('finds %s with %s', (word, phrase) => {
    expect(findPhrase([said(0, `so ${word} then`)], phrase)).toMatchObject([{ start: 100, end: 190, text: word }]);
  });

  test.each([
    ['バス', 'パス'],
    ['がん', 'かん'],
    ['मिल', 'मेल'],
    ['мои', 'мой'],
    ['กิน', 'กัน'],
  ])('takes %s and %s for different words', (word, phrase) => {
    expect(findPhrase([said(0, word)], phrase)).toEqual([]);
  });

  test('finds a part of a sentence without spaces', () => {
    const words = [
      { start_ms: 0, end_ms: 90, value: '气候' },
      { start_ms: 100, end_ms: 190, value: '变化' },
    ];
    expect(findPhrase([{ segment_text: '气候变化', transcription: { words } }], '气候变')).toMatchObject([
      { start: 0, end: 190 },
    ]);
  });

  test('takes whole words only', () => {
    expect(starts('goal')).toEqual([]);
    expect(starts('climat')).toEqual([]);
    expect(starts('climate')).toEqual([400, 1100]);
  });

  test('takes the forms of a word when asked to', () => {
    expect(starts('climate', { stem: true })).toEqual([400, 1100, 2100]);
    expect(starts('climates', { stem: true })).toEqual([400, 1100, 2100]);
    expect(starts('goal', { stem: true })).toEqual([]);
  });

  test.each([
    ['goal', 'goals'],
    ['city', 'cities'],
    ['movie', 'movies'],
    ['match', 'matches'],
    ['miss', 'misses'],
    ['score', 'scored'],
    ['score', 'scoring'],
    ['plan', 'planning'],
    ['carry', 'carried'],
    ['interview', "interview's"],
    ['interview', 'interviewing'],
    ['go', 'going'],
    ['hundred', 'hundreds'],
    ['virus', 'viruses'],
    ['boss', 'bosses'],
  ])('%s and %s are forms of one word', (one, other) => {
    expect(findPhrase([said(0, other)], one, { stem: true })).toHaveLength(1);
    expect(findPhrase([said(0, one)], other.replace("'s", ''), { stem: true })).toHaveLength(1);
  });

  test.each([
    ['goal', 'goalkeeper'],
    ['play', 'player'],
    ['new', 'news'],
    ['even', 'evening'],
    ['th', 'thing'],
    ['spr', 'spring'],
    ['bus', 'busy'],
    ['us', 'used'],
    ['1', '1s'],
  ])('%s and %s are not', (one, other) => {
    expect(findPhrase([said(0, other)], one, { stem: true })).toEqual([]);
    expect(findPhrase([said(0, one)], other, { stem: true })).toEqual([]);
  });

  test('does not overlap matches, nor miss one that begins within a false start', () => {
    const count = (text: string, phrase: string): number => findPhrase([said(0, text)], phrase).length;
    expect(count('ha ha ha ha ha', 'ha ha')).toBe(2);
    expect(findPhrase([said(0, 'a a b')], 'a b')).toMatchObject([{ start: 100 }]);
    expect(findPhrase([said(0, 'a b a b a c')], 'a b a c')).toMatchObject([{ start: 200, end: 590 }]);
  });

  test('does not run from one transcription into another', () => {
    const german = { ...said(5000, 'crisis'), transcription_id: 't2' };
    expect(findPhrase([said(0, 'climate'), german], 'climate crisis')).toEqual([]);
    expect(findPhrase([said(0, 'climate'), german], 'crisis')).toMatchObject([{ before: '', transcription: 't2' }]);
  });

  test('is refused for a phrase without words', () => {
    expect(refusal(() => findPhrase(interview, '…!'))).toContain('"…!" has no word to look for');
  });

  test('finds the same as looking at every place', () => {
    const letters = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(
        fc.array(letters, { minLength: 1, maxLength: 40 }),
        fc.array(letters, { minLength: 1, maxLength: 4 }),
        (text, phrase) => {
          const expected: number[] = [];
          for (let at = 0; at + phrase.length <= text.length; at += 1)
            if (phrase.every((word, index) => text[at + index] === word)) {
              expected.push(at * 100);
              at += phrase.length - 1;
            }
          expect(findPhrase([said(0, text.join(' '))], phrase.join(' ')).map(({ start }) => start)).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });
});
