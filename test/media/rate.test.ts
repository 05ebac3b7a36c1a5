import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameToMilliseconds, millisecondsToFrame, parseFrameRate } from '../../src/media/rate.ts';
import { formatFrameRate } from '../../src/media/timecode.ts';
import { anyRate, frameOfDay, RATES } from './rates.ts';
import { refusal } from './refusal.ts';

describe('a frame rate', () => {
  test.each([
    ['25', 25, 1, 25],
    ['25.000', 25, 1, 25],
    ['25 fps', 25, 1, 25],
    [50, 50, 1, 50],
    ['24', 24, 1, 24],
    ['23.976', 24_000, 1001, 24],
    ['23.98', 24_000, 1001, 24],
    ['24000/1001', 24_000, 1001, 24],
    ['29.97', 30_000, 1001, 30],
    ['29,97', 30_000, 1001, 30],
    ['30000/1001', 30_000, 1001, 30],
    ['2997/100', 30_000, 1001, 30],
    ['47.95', 48_000, 1001, 48],
    ['59.94', 60_000, 1001, 60],
    ['59.940060', 60_000, 1001, 60],
    ['119.88', 120_000, 1001, 120],
    ['30/1', 30, 1, 30],
    ['12.5', 25, 2, 13],
    ['29.833', 29_833, 1000, 30],
  ])('%s is %i/%i and counts to %i', (text, numerator, denominator, nominal) => {
    expect(parseFrameRate(text)).toEqual({ numerator, denominator, nominal, drop: false });
  });

  test.each(['29.97', '30', '30000/1001'])('%s with drop frame is 30000/1001 with drop frame', (text) => {
    expect(parseFrameRate(text, true)).toEqual({ numerator: 30_000, denominator: 1001, nominal: 30, drop: true });
  });

  test.each(['25', '23.976', '24', '50'])('%s has no drop frame, whatever a flag says', (text) => {
    expect(parseFrameRate(text, true).drop).toBe(false);
  });

  test.each(['', 'PAL', '0', '0.5', '1e3', '-25', '25/0', 'NaN', '501'])(
    '%j is refused with what is allowed',
    (text) => {
      expect(refusal(() => parseFrameRate(text))).toBe(
        `${JSON.stringify(text)} is not a frame rate. Allowed: 1 to 500, e.g. 25, 29.97 or 30000/1001.`,
      );
    },
  );

  test('is said as people say it', () => {
    expect(
      (['23.976', '24', '25', '29.97', '29.97 drop'] as const).map((name) => formatFrameRate(RATES[name])),
    ).toEqual(['23.976 fps', '24 fps', '25 fps', '29.97 fps', '29.97 fps drop frame']);
  });
});

describe('frames and milliseconds', () => {
  test.each([
    ['25', 1, 40],
    ['29.97', 1, 34],
    ['23.976', 1, 42],
    ['59.94', 1, 17],
    ['29.97 drop', 107_892, 3_599_997],
  ] as const)('at %s, frame %i begins in millisecond %i', (rate, frame, milliseconds) => {
    expect(frameToMilliseconds(frame, RATES[rate])).toBe(milliseconds);
  });

  test('go there and back, however a start was rounded', () => {
    fc.assert(
      fc.property(frameOfDay, ({ rate, frame }) => {
        const exact = (frame * 1000 * rate.denominator) / rate.numerator;
        for (const rounded of [Math.floor(exact), Math.round(exact), Math.ceil(exact)])
          expect(millisecondsToFrame(rounded, rate)).toBe(frame);
        expect(frameToMilliseconds(frame, rate)).toBe(Math.ceil(exact));
      }),
      { numRuns: 2000 },
    );
  });

  test('settle after one round: the start of a shown frame is the start of that frame', () => {
    fc.assert(
      fc.property(anyRate, fc.nat(90_000_000), (rate, milliseconds) => {
        const once = frameToMilliseconds(millisecondsToFrame(milliseconds, rate), rate);
        expect(frameToMilliseconds(millisecondsToFrame(once, rate), rate)).toBe(once);
        expect(Math.abs(once - milliseconds)).toBeLessThanOrEqual((1000 * rate.denominator) / rate.numerator + 1);
      }),
    );
  });

  test('have no frame before the first', () => {
    expect(millisecondsToFrame(-500, RATES['25'])).toBe(0);
  });
});
