import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clockOf,
  formatElapsed,
  formatTimecode,
  framesPerDay,
  framesToTimecode,
  parseTimecode,
} from '../../src/media/timecode.ts';
import { frameOfDay, RATES } from './rates.ts';
import { refusal } from './refusal.ts';

const DROP = Object.entries(RATES).filter(([, { drop }]) => drop);

describe('drop-frame timecode (SMPTE ST 12-1)', () => {
  test.each([
    ['29.97 drop', 0, '00:00:00;00'],
    ['29.97 drop', 1799, '00:00:59;29'],
    ['29.97 drop', 1800, '00:01:00;02'],
    ['29.97 drop', 3598, '00:02:00;02'],
    ['29.97 drop', 17_981, '00:09:59;29'],
    ['29.97 drop', 17_982, '00:10:00;00'],
    ['29.97 drop', 17_983, '00:10:00;01'],
    ['29.97 drop', 107_892, '01:00:00;00'],
    ['29.97 drop', 2_589_407, '23:59:59;29'],
    ['59.94 drop', 3599, '00:00:59;59'],
    ['59.94 drop', 3600, '00:01:00;04'],
    ['59.94 drop', 35_964, '00:10:00;00'],
    ['59.94 drop', 215_784, '01:00:00;00'],
    ['119.88 drop', 7200, '00:01:00;008'],
  ] as const)('at %s, frame %i is %s', (rate, frame, timecode) => {
    expect(framesToTimecode(frame, RATES[rate])).toBe(timecode);
    expect(parseTimecode(timecode, RATES[rate])).toBe(frame);
  });

  test('stays within a fifth of a second of the wall clock all day, which is what it is for', () => {
    for (const [, rate] of DROP)
      for (let minute = 0; minute < 1440; minute += 1) {
        const frame = Math.round((minute * 60 * rate.numerator) / rate.denominator);
        const [hours = 0, minutes = 0, seconds = 0, frames = 0] = framesToTimecode(frame, rate)
          .split(/[:;]/)
          .map(Number);
        const said = (hours * 60 + minutes) * 60 + seconds + frames / rate.nominal;
        expect(Math.abs(said - minute * 60)).toBeLessThan(0.2);
      }
  });

  test('never shows a number that is skipped', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DROP.map(([, rate]) => rate)), fc.nat(10_000_000), (rate, frame) => {
        const [, minutes = 0, seconds = 0, frames = 0] = framesToTimecode(frame, rate).split(/[:;]/).map(Number);
        expect(minutes % 10 !== 0 && seconds === 0 && frames < rate.nominal / 15).toBe(false);
      }),
    );
    const rate = RATES['29.97 drop'];
    for (let minute = 1; minute < 60; minute += 1) {
      const last = parseTimecode(`00:${String(minute - 1).padStart(2, '0')}:59;29`, rate);
      const first = minute % 10 === 0 ? '00' : '02';
      expect(framesToTimecode(last + 1, rate)).toBe(`00:${String(minute).padStart(2, '0')}:00;${first}`);
    }
  });

  test.each([
    ['00:01:00;00', '29.97 drop', '00 to 01', '00:01:00;02'],
    ['10:59:00:01', '29.97 drop', '00 to 01', '10:59:00;02'],
    ['00:01:00;03', '59.94 drop', '00 to 03', '00:01:00;04'],
  ] as const)('%s does not exist at %s, and the refusal names the next one', (text, rate, skipped, next) => {
    expect(refusal(() => parseTimecode(text, RATES[rate]))).toBe(
      `"${text}" does not exist: drop frame skips frames ${skipped} of each minute but every tenth. The next one is ${next}.`,
    );
  });

  test('is refused where the rate has none, with what to write', () => {
    const message = refusal(() => parseTimecode('01:00:10;00', RATES['29.97']));
    expect(message).toContain(
      '"01:00:10;00" is drop-frame timecode, but this clip counts 29.97 fps without drop frame',
    );
    expect(message).toContain('write ":"');
    expect(refusal(() => parseTimecode('01:00:10,00', RATES['29.97']))).toContain('is drop-frame timecode');
  });
});

describe('a timecode', () => {
  test.each([
    ['01:02:10:00', '25', 93_250],
    ['1:2:10:5', '25', 93_255],
    ['01.02.10.05', '25', 93_255],
    ['01:02:10.05', '25', 93_255],
    ['01;00;00;00', '29.97 drop', 107_892],
    ['01:00:00,00', '29.97 drop', 107_892],
    ['01:00:00:00', '29.97 drop', 107_892],
    ['01:00:00:00', '29.97', 108_000],
    ['01:00:00:00', '23.976', 86_400],
    ['23:59:59:24', '25', 2_159_999],
  ] as const)('%s at %s is frame %i', (text, rate, frame) => {
    expect(parseTimecode(text, RATES[rate])).toBe(frame);
  });

  test.each([
    ['01:00:00:25', '25', '"01:00:00:25": 25 frames at 25 fps is too much. Allowed: 00 to 24.'],
    ['01:00:60:00', '25', '"01:00:60:00": 60 seconds is too much. Allowed: 00 to 59.'],
    ['01:75:00:00', '25', '"01:75:00:00": 75 minutes is too much. Allowed: 00 to 59.'],
    ['24:00:00:00', '25', '"24:00:00:00": 24 hours is too much. Allowed: 00 to 23.'],
    ['00:00:00;30', '29.97 drop', '"00:00:00;30": 30 frames at 29.97 fps drop frame is too much. Allowed: 00 to 29.'],
    ['10:00', '25', '"10:00" is not a timecode. Allowed: HH:MM:SS:FF, e.g. 01:02:10:00.'],
    ['soon', '29.97 drop', '"soon" is not a timecode. Allowed: HH:MM:SS:FF, e.g. 01:02:10;00.'],
  ] as const)('%s at %s is refused by field', (text, rate, message) => {
    expect(refusal(() => parseTimecode(text, RATES[rate]))).toBe(message);
  });

  test('of every frame reads back as that frame, at every rate', () => {
    fc.assert(
      fc.property(frameOfDay, ({ rate, frame }) => {
        expect(parseTimecode(framesToTimecode(frame, rate), rate)).toBe(frame);
      }),
      { numRuns: 2000 },
    );
  });

  test('grows with the frame', () => {
    fc.assert(
      fc.property(frameOfDay, ({ rate, frame }) => {
        fc.pre(frame > 0);
        expect(framesToTimecode(frame - 1, rate) < framesToTimecode(frame, rate)).toBe(true);
      }),
    );
  });

  test('starts over after 24 hours', () => {
    for (const rate of Object.values(RATES)) {
      expect(framesToTimecode(framesPerDay(rate) + 5, rate)).toBe(framesToTimecode(5, rate));
      expect(parseTimecode(framesToTimecode(framesPerDay(rate) - 1, rate), rate)).toBe(framesPerDay(rate) - 1);
    }
  });
});

describe('the clock of a proxy', () => {
  test('takes rate, drop frame and start timecode from it', () => {
    expect(clockOf({ frame_rate: '25', start_time_code: '10:00:00:00', is_drop_frame: false })).toEqual({
      rate: RATES['25'],
      start: 900_000,
    });
    for (const start_time_code of ['01:00:00;00', '01:00:00:00'])
      expect(clockOf({ frame_rate: '29.97', start_time_code, is_drop_frame: true })).toEqual({
        rate: RATES['29.97 drop'],
        start: 107_892,
      });
  });

  test('reads drop frame from the start timecode where the flag is missing', () => {
    expect(clockOf({ frame_rate: '29.97', start_time_code: '00:59:59;28' })?.rate.drop).toBe(true);
    expect(clockOf({ frame_rate: '29.97', start_time_code: '00:59:59:28' })?.rate.drop).toBe(false);
  });

  test('does not mind a semicolon where no drop frame is possible', () => {
    expect(clockOf({ frame_rate: '25', start_time_code: '10:00:00;00' })).toEqual({
      rate: RATES['25'],
      start: 900_000,
    });
  });

  test('starts at zero without a start timecode, and is unknown without a rate', () => {
    expect(clockOf({ frame_rate: '24', start_time_code: null, is_drop_frame: null })).toEqual({
      rate: RATES['24'],
      start: 0,
    });
    for (const frame_rate of [null, undefined, '', '0', 0])
      expect(clockOf({ frame_rate, start_time_code: '01:00:00:00' })).toBeUndefined();
  });

  test('is refused for a start that is no timecode', () => {
    expect(refusal(() => clockOf({ frame_rate: '25', start_time_code: 'n/a' }))).toContain('"n/a" is not a timecode');
  });
});

describe('a time as people read it', () => {
  const pal = { rate: RATES['25'], start: 900_000 };
  const ntsc = { rate: RATES['29.97 drop'], start: 107_892 };

  test.each([
    [pal, 0, '10:00:00:00'],
    [pal, 3_730_000, '11:02:10:00'],
    [pal, 40, '10:00:00:01'],
    [pal, 38, '10:00:00:00'],
    [ntsc, 0, '01:00:00;00'],
    [ntsc, 60_060, '01:01:00;02'],
    [{ rate: RATES['25'], start: 2_159_999 }, 40, '00:00:00:00'],
    [undefined, 3_730_500, '01:02:10.500'],
    [undefined, 360_000_000, '100:00:00.000'],
  ])('%j at %i ms is %s', (clock, milliseconds, text) => {
    expect(formatTimecode(milliseconds, clock)).toBe(text);
  });

  test('may have the comma of SubRip', () => {
    expect(formatElapsed(61_005, ',')).toBe('00:01:01,005');
  });
});
