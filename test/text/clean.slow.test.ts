import { expect, test } from 'vitest';
import { clean } from '../../src/text/clean.ts';
import { cost } from '../support/cost.ts';

test.each([
  ['joiners', '\u200d'],
  ['letters and joiners', 'م\u200d'],
  ['non-joiners', '\u200c\u200d'],
  ['selectors', '\ufe0f'],
  ['pictographs, selectors and joiners', '❤\ufe0f\u200d'],
  ['ideographic selectors', '\u{e0100}'],
  ['tags', '\u{e0067}'],
  ['beginnings of flags', '\u{1f3f4}\u{e0067}\u{e0062}'],
  ['beginnings of escapes', '\u001b'],
  ['control sequences that never end', '\u001b[0;'],
  ['titles that never end', '\u001b]0;x'],
  ['numbers of one control sequence', '0;'],
  ['marks', '\u0301'],
  ['returns', '\r'],
  ['lone surrogates', '\ud800'],
  ['beginnings of references', '&#x20'],
  ['references', '&#x200b;'],
  ['digits behind a reference', '&#8203;00000000'],
])('a hundred times as many %s take about a hundred times as long', (_, one) => {
  const of = (characters: number): string => `\u001b[é${one.repeat(characters / one.length)}`;
  const [small, large] = [of(4_000), of(400_000)];
  const few = cost(() => {
    for (let n = 0; n < 10; n += 1) clean(small);
  });
  // Quadratic would be a thousand times what ten small ones cost; the floor is for what is too short to be measured.
  expect(cost(() => clean(large))).toBeLessThan(150 * Math.max(few, 0.5));
});
