import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lastFrame, parsePoint } from '../../src/media/points.ts';
import { parseFrameRate } from '../../src/media/rate.ts';
import { isTimeRange, parseTime, parseTimeRange } from '../../src/media/time.ts';
import { clockOf, formatElapsed, formatTimecode, framesPerDay } from '../../src/media/timecode.ts';
import { refusal } from './refusal.ts';

const pal = clockOf({ frame_rate: '25', start_time_code: '10:00:00:00' });
const ntsc = clockOf({ frame_rate: '29.97', start_time_code: '01:00:00;00', is_drop_frame: true });
const midnight = clockOf({ frame_rate: '25', start_time_code: '23:50:00:00' });
const hour = 3_600_000;

describe('elapsed time', () => {
  test.each([
    ['12:04', 724_000],
    ['88:00', 5_280_000],
    ['1:02:10', 3_730_000],
    ['0:00', 0],
    ['12:04.5', 724_500],
    ['12:04,5', 724_500],
    ['00:00:01,250', 1250],
    ['1:02:10.040', 3_730_040],
    ['90s', 90_000],
    ['90 s', 90_000],
    ['1.5s', 1500],
    ['1500ms', 1500],
    ['1500', 1500],
    [' 1500 ', 1500],
    ['1m30s', 90_000],
    ['1h 2m 10s', 3_730_000],
    ['5min', 300_000],
  ])('%s is %i ms', (text, milliseconds) => {
    expect(parseTime(text)).toEqual({ milliseconds, readAs: 'elapsed' });
    expect(parseTime(text, { clock: pal, duration: 2 * hour })).toEqual({ milliseconds, readAs: 'elapsed' });
  });

  test('may be a number, of milliseconds', () => {
    expect(parseTime(1500)).toEqual({ milliseconds: 1500, readAs: 'elapsed' });
  });

  test.each([
    ['90.5', '"90.5" has no unit. Write 90.5s for seconds, or whole milliseconds.'],
    ['12:60', '"12:60": 60 seconds is too much. Allowed: 00 to 59.'],
    ['1:60:00', '"1:60:00": 60 minutes is too much. Allowed: 00 to 59, or mm:ss without hours.'],
    ['99999999999999999999', '"99999999999999999999" is too long a time.'],
    ['99999999999999999:00', '"99999999999999999:00" is too long a time.'],
  ])('%s is refused', (text, message) => {
    expect(refusal(() => parseTime(text))).toBe(message);
  });

  test.each(['', 'soon', '-5', '12:04:', '1:2:3:4:5', 's', '12:4x', 'h'])(
    '%j is refused with the forms that are allowed',
    (text) => {
      const message = refusal(() => parseTime(text, { clock: pal }));
      expect(message).toContain(
        `${JSON.stringify(text)} is not a time. Allowed: 12:04 (mm:ss), 1:02:10 (h:mm:ss), 90s`,
      );
    },
  );

  test('beyond the end is refused with the length', () => {
    const message = refusal(() => parseTime('12:04', { duration: 60_000 }));
    expect(message).toBe('"12:04" is beyond the end of the clip. It is 00:01:00.000 long.');
  });

  test('less than a second beyond the end is the end', () => {
    expect(parseTime('1:01', { duration: 60_001 }).milliseconds).toBe(60_001);
    expect(refusal(() => parseTime('1:01', { duration: 60_000 }))).toContain('beyond the end');
  });
});

describe('the timecode of a clip', () => {
  test.each([
    ['10:00:00:00', pal, 0],
    ['11:02:10:00', pal, 3_730_000],
    ['10:00:00:01', pal, 40],
    ['01:00:00;00', ntsc, 0],
    ['01:01:00;02', ntsc, 60_060],
    ['01:01:00:02', ntsc, 60_060],
    ['23:50:00:00', midnight, 0],
    ['00:05:00:00', midnight, 900_000],
  ])('%s is counted from the start timecode', (text, clock, milliseconds) => {
    expect(parseTime(text, { clock })).toEqual({ milliseconds, readAs: 'timecode' });
    expect(parseTime(text, { clock, duration: 2 * hour })).toEqual({ milliseconds, readAs: 'timecode' });
  });

  test('before the start is refused, and says where the clip starts and how to write elapsed time', () => {
    const message = refusal(() => parseTime('09:59:59:24', { clock: pal, duration: hour }));
    expect(message).toBe(
      '"09:59:59:24" is before the start of the clip. Its timecode starts at 10:00:00:00 and ends at 11:00:00:00. It is 01:00:00.000 long. Time from the first frame is written as mm:ss or h:mm:ss.',
    );
    expect(refusal(() => parseTime('00:12:04:00', { clock: pal }))).toMatch(
      /before the start .* To count from the first frame, write 00:12:04\.000\.$/,
    );
  });

  test('beyond the end is refused', () => {
    expect(refusal(() => parseTime('11:00:01:00', { clock: pal, duration: hour }))).toContain(
      'beyond the end of the clip',
    );
    expect(refusal(() => parseTime('00:30:00:00', { clock: midnight, duration: hour / 2 }))).toContain('of the clip');
  });

  test('over midnight is believed only as far as the clip goes', () => {
    expect(parseTime('00:20:00:00', { clock: midnight, duration: hour / 2 }).milliseconds).toBe(hour / 2);
    expect(refusal(() => parseTime('00:20:01:00', { clock: midnight, duration: hour / 2 }))).toContain(
      'before the start',
    );
  });

  test('that does not exist is refused by the reason', () => {
    expect(refusal(() => parseTime('01:01:00;00', { clock: ntsc }))).toContain('"01:01:00;00" does not exist');
    expect(refusal(() => parseTime('10:00:00:25', { clock: pal }))).toContain('25 frames at 25 fps is too much');
  });

  test('can not be read without a rate, and the refusal says what can', () => {
    expect(refusal(() => parseTime('10:00:00:00'))).toBe(
      '"10:00:00:00" is a timecode, but this clip\'s frame rate is not known. Write the time from the first frame, e.g. 12:04 (mm:ss).',
    );
  });

  test('of each time in the clip reads back as the start of the frame shown then', () => {
    const clocks = ['25', '23.976', '29.97', '59.94', '50'].flatMap((rate) =>
      [false, true].map((drop) => parseFrameRate(rate, drop)),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...clocks),
        fc.nat(4_000_000),
        fc.integer({ min: 0, max: 5 * hour }),
        (rate, start, at) => {
          const clock = { rate, start: start % framesPerDay(rate) };
          const text = formatTimecode(at, clock);
          const { milliseconds } = parseTime(text, { clock, duration: 5 * hour });
          expect(formatTimecode(milliseconds, clock)).toBe(text);
          expect(Math.abs(milliseconds - at)).toBeLessThanOrEqual(1000 / 23);
        },
      ),
    );
  });
});

describe('three parts', () => {
  const clip = { clock: pal, duration: hour };

  test('are elapsed where that lies inside', () => {
    expect(parseTime('00:02:10', clip)).toEqual({ milliseconds: 130_000, readAs: 'elapsed' });
  });

  test('are the timecode where only that lies inside, and say so', () => {
    expect(parseTime('10:02:10', clip)).toEqual({ milliseconds: 130_000, readAs: 'timecode' });
    expect(parseTime('10:02:10.5', clip)).toEqual({ milliseconds: 130_500, readAs: 'timecode' });
  });

  test('are the timecode over midnight, too', () => {
    const late = clockOf({ frame_rate: '25', start_time_code: '23:00:00:00' });
    expect(parseTime('23:30:00', { clock: late, duration: 2 * hour })).toEqual({
      milliseconds: hour / 2,
      readAs: 'timecode',
    });
  });

  test('at a full minute of drop frame are its first frame', () => {
    const drop = clockOf({ frame_rate: '29.97', start_time_code: '10:00:00;00', is_drop_frame: true });
    expect(parseTime('10:01:00', { clock: drop, duration: hour })).toEqual({
      milliseconds: 60_060,
      readAs: 'timecode',
    });
  });

  test('are refused where neither lies inside', () => {
    expect(refusal(() => parseTime('12:00:00', clip))).toContain(
      '"12:00:00" is beyond the end of the clip. Its timecode starts at 10:00:00:00',
    );
  });

  test('are elapsed where the length is not known', () => {
    expect(parseTime('10:02:10', { clock: pal }).readAs).toBe('elapsed');
  });

  test('written by us read back to the millisecond', () => {
    fc.assert(
      fc.property(fc.nat(100 * hour), (milliseconds) => {
        expect(parseTime(formatElapsed(milliseconds))).toEqual({ milliseconds, readAs: 'elapsed' });
      }),
    );
  });
});

describe('a range', () => {
  test.each(['12:04-12:31', '12:04 - 12:31', '12:04–12:31', '12:04..12:31', '12:04 to 12:31', '724s-751s'])(
    '%s has both ends',
    (text) => {
      expect(parseTimeRange(text)).toEqual({ start: 724_000, end: 751_000, readAs: 'elapsed' });
    },
  );

  test('may be in timecode', () => {
    expect(parseTimeRange('10:00:10:00-10:00:12:00', { clock: pal })).toEqual({
      start: 10_000,
      end: 12_000,
      readAs: 'timecode',
    });
  });

  test.each(['12:04', '12:04-', '-12:04', '1-2-3', ''])('%j is refused', (text) => {
    expect(refusal(() => parseTimeRange(text))).toBe(
      `${JSON.stringify(text)} is not a range. Allowed: start-end, e.g. 12:04-12:31.`,
    );
  });

  test('that ends before it starts is refused with both ends', () => {
    expect(refusal(() => parseTimeRange('12:31-12:04'))).toBe(
      '"12:31-12:04" ends before it starts: 00:12:31.000 to 00:12:04.000.',
    );
  });
});

describe('the ends of a clip', () => {
  const clip = { clock: pal, duration: 60_000 };

  test.each(['end', 'the end', 'The very end', 'last frame', 'at the end'])(
    '%s is the end, as a point the last frame',
    (word) => {
      expect(parseTime(word, clip).milliseconds).toBe(60_000);
      expect(parsePoint(word, clip)).toEqual({ milliseconds: 59_960, readAs: 'elapsed', isLast: true });
      expect(parseTimeRange(`0:10-${word}`, clip)).toMatchObject({ start: 10_000, end: 60_000 });
    },
  );

  test.each(['start', 'the beginning', 'first frame'])('%s is the start', (word) => {
    expect(parsePoint(word, clip)).toMatchObject({ milliseconds: 0, isLast: false });
    expect(parseTimeRange(`${word} to 10:00:10:00`, clip)).toMatchObject({ start: 0, end: 10_000 });
  });

  test('are not known without a length, and are no times of no clip', () => {
    expect(refusal(() => parseTime('end', { clock: pal }))).toContain('the length of this clip is not known');
    expect(refusal(() => parseTime('end'))).toContain('is not a time');
  });

  test('a point is on a frame that shows, whatever the rate and the length', () => {
    fc.assert(
      fc.property(fc.constantFrom(pal, ntsc), fc.integer({ min: 100, max: hour }), (clock, duration) => {
        const at = lastFrame({ clock, duration }) ?? 0;
        expect(at).toBeLessThan(duration);
        expect(parsePoint(`${at}ms`, { clock, duration })).toMatchObject({ milliseconds: at, isLast: false });
        expect(parsePoint(`${duration}ms`, { clock, duration }).milliseconds).toBe(at);
      }),
    );
  });

  test('make a range only where both of its sides are times', () => {
    expect(['12:04-end', 'start..0:10', '0:10 to 0:20'].every(isTimeRange)).toBe(true);
    expect(['12:04', 'end', 'Goal 12:04-12:31', 'end-credits', '1-2-3'].some(isTimeRange)).toBe(false);
  });
});
