import { describe, expect, test } from 'vitest';
import { formatAge, formatBytes, formatDuration } from '../../src/media/units.ts';

describe('human units', () => {
  test.each([
    [0, '0:00'],
    [12_000, '0:12'],
    [59_499, '0:59'],
    [59_500, '1:00'],
    [724_000, '12:04'],
    [3_599_500, '1:00:00'],
    [3_730_000, '1:02:10'],
    [360_000_000, '100:00:00'],
    [-12_000, '-0:12'],
    [-1, '0:00'],
  ])('a length of %i ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [1234, '1.2 kB'],
    [99_940, '99.9 kB'],
    [99_960, '100 kB'],
    [340_400_000_000, '340 GB'],
    [999_499, '999 kB'],
    [999_500, '1 MB'],
    [1_200_000_000_000, '1.2 TB'],
    [3e18, '3 EB'],
    [5e21, '5000 EB'],
    [-1_500_000, '-1.5 MB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  test.each([
    [-5, '0 s'],
    [999, '0 s'],
    [45_000, '45 s'],
    [12 * 60_000 + 59_000, '12 min'],
    [3 * 3_600_000, '3 h'],
    [47 * 3_600_000, '1 d'],
    [6 * 86_400_000, '6 d'],
    [65 * 86_400_000, '2 mo'],
    [1500 * 86_400_000, '4 y'],
  ])('an age of %i ms is %s', (milliseconds, text) => {
    expect(formatAge(milliseconds)).toBe(text);
  });
});
