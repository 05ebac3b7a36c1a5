import { describe, expect, test } from 'vitest';
import { formatMoment, parseEnd } from '../../src/media/moments.ts';

// A Thursday, 10:30 in Lisbon and 21:30 in Sydney.
const NOW = Date.parse('2026-11-26T10:30:20Z');
const end = (text: string, zone = 'UTC') => new Date(parseEnd(text, zone, NOW)).toISOString();

describe('the end of something', () => {
  test.each([
    ['Friday', '2026-11-27T23:59:59.000Z'],
    ['until fri', '2026-11-27T23:59:59.000Z'],
    ['thursday', '2026-11-26T23:59:59.000Z'],
    ['Wednesday', '2026-12-02T23:59:59.000Z'],
    ['Friday 18:00', '2026-11-27T18:00:00.000Z'],
    ['tomorrow', '2026-11-27T23:59:59.000Z'],
    ['today 24:00', '2026-11-27T00:00:00.000Z'],
    ['in 3 days', '2026-11-29T23:59:59.000Z'],
    ['in a week', '2026-12-03T23:59:59.000Z'],
    ['next Friday', '2026-12-04T23:59:59.000Z'],
    ['next Sunday', '2026-12-06T23:59:59.000Z'],
    ['this Sunday', '2026-11-29T23:59:59.000Z'],
    ['next week', '2026-12-06T23:59:59.000Z'],
    ['end of next week', '2026-12-06T23:59:59.000Z'],
    ['the end of the week', '2026-11-29T23:59:59.000Z'],
    ['end of the month', '2026-11-30T23:59:59.000Z'],
    ['end of next month', '2026-12-31T23:59:59.000Z'],
    ['end of this year', '2026-12-31T23:59:59.000Z'],
    ['6 December', '2026-12-06T23:59:59.000Z'],
    ['Sunday 6 December', '2026-12-06T23:59:59.000Z'],
    ['on Sunday, the 6th of December at 18:00', '2026-12-06T18:00:00.000Z'],
    ['Dec 6th, 2026 18:00', '2026-12-06T18:00:00.000Z'],
    ['6 November', '2027-11-06T23:59:59.000Z'],
    ['2026-12-24', '2026-12-24T23:59:59.000Z'],
    ['2026-12-24 18:00', '2026-12-24T18:00:00.000Z'],
    ['2026-12-24T18:00:00+02:00', '2026-12-24T16:00:00.000Z'],
  ])('%s', (text, instant) => {
    expect(end(text)).toBe(instant);
  });

  test('is that of the day in the time zone', () => {
    expect(end('Friday', 'America/New_York')).toBe('2026-11-28T04:59:59.000Z');
    // There it is still Thursday for two and a half hours.
    expect(end('today', 'Australia/Sydney')).toBe('2026-11-26T12:59:59.000Z');
    // That Sunday has 25 hours.
    expect(new Date(parseEnd('2026-10-25', 'Europe/Lisbon', NOW)).toISOString()).toBe('2026-10-25T23:59:59.000Z');
  });

  test.each([
    '',
    'next',
    'week',
    'Monday 6 December',
    '31 November',
    '6 Foo',
    'soon',
    'in 0 days',
    'in 8 hours',
    'in 9999 weeks',
    '2026-02-30',
    'Friday 25:00',
    '24/12/2026',
    'fr',
  ])('"%s" is refused', (text) => {
    expect(() => end(text)).toThrow(/"/);
  });

  test('an unknown zone is refused', () => {
    expect(() => end('Friday', 'Lisbon')).toThrow('is not a time zone');
  });
});

test('a moment is written with its weekday and zone', () => {
  const at = Date.parse('2026-11-27T23:59:59Z');
  expect(formatMoment(at, 'UTC')).toBe('Fri 2026-11-27 23:59 UTC');
  expect(formatMoment(at, 'America/New_York')).toBe('Fri 2026-11-27 18:59 America/New_York (UTC-05:00)');
});
