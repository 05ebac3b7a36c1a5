import fc from 'fast-check';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { shorten, shortenToTokens, tokensIn } from '../../src/text/tokens.ts';
import { WORST } from '../limits/worst_library.ts';

const signs = (from: number, to: number) => fc.integer({ min: from, max: to }).map((one) => String.fromCodePoint(one));
const text = (sign: fc.Arbitrary<string>) =>
  fc.array(sign, { minLength: 400, maxLength: 600 }).map((all) => all.join(''));

describe('the weight of a text', () => {
  test.each(WORST.map((one) => [one.slice(0, 20), one]))(
    'is not below its tokens by more than an answer leaves free: %s',
    (_, one) => {
      expect(tokensIn(one)).toBeGreaterThanOrEqual(encode(one).length);
      expect(tokensIn(JSON.stringify({ text: one }))).toBeGreaterThanOrEqual(
        encode(JSON.stringify({ text: one })).length,
      );
    },
  );

  test.each([
    ['Han', signs(0x4e00, 0x9fff)],
    ['kana', signs(0x3041, 0x30ff)],
    ['emoji', signs(0x1f300, 0x1f64f)],
    ['Khmer', signs(0x1780, 0x17dc)],
    ['Ethiopic', signs(0x1200, 0x1350)],
    ['astral', signs(0x20000, 0x2a6df)],
    ['capitals', signs(0x41, 0x5a)],
    ['small letters', signs(0x61, 0x7a)],
    ['hexadecimal', fc.constantFrom(...'0123456789abcdef')],
    ['base64', fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')],
  ])('is not below its tokens by more than what an answer leaves free: %s', (_, sign) => {
    fc.assert(
      fc.property(text(sign), (one) => {
        expect(tokensIn(one)).toBeGreaterThanOrEqual(encode(one).length);
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  test('is not far above the tokens of prose', () => {
    const prose = 'The quick brown fox jumps over the lazy dog, while the harbour master watches from the pier. ';
    expect(tokensIn(prose)).toBeLessThan(encode(prose).length * 1.5);
  });
});

describe('a text cut short', () => {
  test('has no half sign at its end, and fits', () => {
    for (const one of WORST) {
      for (let length = 1; length < 40; length += 1) expect(shorten(one, length).isWellFormed()).toBe(true);
      for (const most of [20, 50, 100]) {
        expect(shortenToTokens(one, most).isWellFormed()).toBe(true);
        expect(tokensIn(shortenToTokens(one, most))).toBeLessThanOrEqual(most);
      }
    }
  });
});
