import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDateRange } from '../../src/media/dates.ts';
import { refusal } from './refusal.ts';

const range = (text: string, zone?: string): (string | undefined)[] => {
  const { from, to } = parseDateRange(text, zone);
  return [from, to].map((instant) => instant?.replace(':00.000Z', 'Z'));
};

describe('a range of dates', () => {
  test.each([
    ['2025', '2025-01-01T00:00Z', '2026-01-01T00:00Z'],
    ['2025-03', '2025-03-01T00:00Z', '2025-04-01T00:00Z'],
    ['2025-12', '2025-12-01T00:00Z', '2026-01-01T00:00Z'],
    ['2025-03-04', '2025-03-04T00:00Z', '2025-03-05T00:00Z'],
    ['2024-02-29', '2024-02-29T00:00Z', '2024-03-01T00:00Z'],
    ['2025-03-04..2025-04-01', '2025-03-04T00:00Z', '2025-04-02T00:00Z'],
    ['2024..2025-03', '2024-01-01T00:00Z', '2025-04-01T00:00Z'],
    ['2025-01-01..', '2025-01-01T00:00Z', undefined],
    ['..2025', undefined, '2026-01-01T00:00Z'],
    [' 2024 .. 2025 ', '2024-01-01T00:00Z', '2026-01-01T00:00Z'],
    ['1895', '1895-01-01T00:00Z', '1896-01-01T00:00Z'],
  ])('%s is from %s, until before %s', (text, from, to) => {
    expect(range(text)).toEqual([from, to]);
  });

  test('leaves an open end out', () => {
    expect(parseDateRange('2025..')).toEqual({ from: '2025-01-01T00:00:00.000Z' });
  });

  test.each([
    ['Europe/Berlin', '2025-03-03T23:00Z', '2025-03-04T23:00Z'],
    ['America/Los_Angeles', '2025-03-04T08:00Z', '2025-03-05T08:00Z'],
    ['Asia/Kathmandu', '2025-03-03T18:15Z', '2025-03-04T18:15Z'],
    ['Pacific/Kiritimati', '2025-03-03T10:00Z', '2025-03-04T10:00Z'],
    ['+02:00', '2025-03-03T22:00Z', '2025-03-04T22:00Z'],
    ['-0530', '2025-03-04T05:30Z', '2025-03-05T05:30Z'],
    ['UTC+01', '2025-03-03T23:00Z', '2025-03-04T23:00Z'],
    ['Z', '2025-03-04T00:00Z', '2025-03-05T00:00Z'],
  ])('in %s begins and ends at its midnight', (zone, from, to) => {
    expect(range('2025-03-04', zone)).toEqual([from, to]);
  });

  test('has days of 23 and 25 hours where clocks change', () => {
    expect(range('2025-03-30', 'Europe/Berlin')).toEqual(['2025-03-29T23:00Z', '2025-03-30T22:00Z']);
    expect(range('2025-10-26', 'Europe/Berlin')).toEqual(['2025-10-25T22:00Z', '2025-10-26T23:00Z']);
  });

  test('begins as clocks jump where they skip midnight, and at the first midnight where there are two', () => {
    // Santiago goes from 24:00 to 01:00; Havana from 01:00 back to 00:00.
    expect(range('2024-09-08', 'America/Santiago')).toEqual(['2024-09-08T04:00Z', '2024-09-09T03:00Z']);
    expect(range('2024-11-03', 'America/Havana')).toEqual(['2024-11-03T04:00Z', '2024-11-04T05:00Z']);
  });

  test('of each day meets the next one without gap, in every zone', () => {
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'America/Santiago',
      'America/Havana',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      '+05:45',
    );
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 20_000 }), (zone, day) => {
        const date = (offset: number): string => new Date((day + offset) * 86_400_000).toISOString().slice(0, 10);
        const today = parseDateRange(date(0), zone);
        expect(today.to).toBe(parseDateRange(date(1), zone).from);
        const hours = (Date.parse(today.to ?? '') - Date.parse(today.from ?? '')) / 3_600_000;
        expect(hours).toBeGreaterThanOrEqual(22);
        expect(hours).toBeLessThanOrEqual(26);
      }),
      { numRuns: 300 },
    );
  });

  test.each(['someday', '', '..', '2025-3-4', '04.03.2025', '2025-03-04T10:00', '25', '2025..2026..2027', '0999'])(
    '%j is refused with the forms that are accepted',
    (text) => {
      expect(refusal(() => parseDateRange(text))).toBe(
        `${JSON.stringify(text)} is not a date or range of dates. Accepted: 2025, 2025-03, 2025-03-04, 2025-03-04..2025-04-01 (both included), 2025-01-01.. or ..2025, today, Monday, October, October 2025, summer, Q3, the end of August, this, last or next week, month, quarter, year or summer, last 7 days (today and the 6 before), last 12 months, since summer, before October, older than 2 years.`,
      );
    },
  );

  test.each([
    ['2024-02-30', '"2024-02-30": that month has no day 30. Allowed: 01 to 29.'],
    ['2025-02-29', '"2025-02-29": that month has no day 29. Allowed: 01 to 28.'],
    ['2025-01-00', '"2025-01-00": that month has no day 0. Allowed: 01 to 31.'],
    ['2025-13', '"2025-13": there is no month 13. Allowed: 01 to 12.'],
    ['2025-04-01..2025-03-04', '"2025-04-01..2025-03-04" ends before it begins. Write the earlier date first.'],
  ])('%s is refused: %s', (text, message) => {
    expect(refusal(() => parseDateRange(text))).toBe(message);
  });

  test.each(['Mars/Olympus', '+25:00', '+02:99', ''])('the zone %j is refused', (zone) => {
    expect(refusal(() => parseDateRange('2025', zone))).toContain(
      `${JSON.stringify(zone)} is not a time zone. Allowed: an IANA name`,
    );
  });
});

describe('a range that is named from today on', () => {
  // A Thursday.
  const now = Date.parse('2026-11-26T23:30:00Z');

  test.each([
    ['today', '2026-11-26', '2026-11-27'],
    ['yesterday', '2026-11-25', '2026-11-26'],
    ['this week', '2026-11-23', '2026-11-30'],
    ['last week', '2026-11-16', '2026-11-23'],
    ['this month', '2026-11-01', '2026-12-01'],
    ['Last month', '2026-10-01', '2026-11-01'],
    ['last year', '2025-01-01', '2026-01-01'],
    ['last 7 days', '2026-11-20', '2026-11-27'],
    ['past 2 weeks', '2026-11-13', '2026-11-27'],
    ['last 9 months', '2026-02-27', '2026-11-27'],
    ['last 1 year', '2025-11-27', '2026-11-27'],
    ['2026-11-01..yesterday', '2026-11-01', '2026-11-26'],
    ['October', '2026-10-01', '2026-11-01'],
    ['in Oct.', '2026-10-01', '2026-11-01'],
    ['November', '2026-11-01', '2026-12-01'],
    ['december', '2025-12-01', '2026-01-01'],
    ['last November', '2025-11-01', '2025-12-01'],
    ['October 2024', '2024-10-01', '2024-11-01'],
    ['Sept 2024', '2024-09-01', '2024-10-01'],
    ['March..May', '2026-03-01', '2026-06-01'],
    ['from March to May', '2026-03-01', '2026-06-01'],
    ['between March 2025 and May 2025', '2025-03-01', '2025-06-01'],
    ['summer', '2026-06-01', '2026-09-01'],
    ['this summer', '2026-06-01', '2026-09-01'],
    ['last summer', '2026-06-01', '2026-09-01'],
    ['the summer of 2024', '2024-06-01', '2024-09-01'],
    ['autumn', '2026-09-01', '2026-12-01'],
    ['last fall', '2025-09-01', '2025-12-01'],
    ['winter', '2025-12-01', '2026-03-01'],
    ['winter 2024', '2024-12-01', '2025-03-01'],
    ['this quarter', '2026-10-01', '2027-01-01'],
    ['last quarter', '2026-07-01', '2026-10-01'],
    ['Q3', '2026-07-01', '2026-10-01'],
    ['Q4 2025', '2025-10-01', '2026-01-01'],
    ['Monday', '2026-11-23', '2026-11-24'],
    ['last Thursday', '2026-11-19', '2026-11-20'],
    ['in the last year', '2025-11-27', '2026-11-27'],
    ['the past week', '2026-11-20', '2026-11-27'],
    ['in the last twelve months', '2025-11-27', '2026-11-27'],
    ['within the last 7 days', '2026-11-20', '2026-11-27'],
    ['during 2025', '2025-01-01', '2026-01-01'],
    ['12 October 2025', '2025-10-12', '2025-10-13'],
    ['on the 12th of October', '2026-10-12', '2026-10-13'],
    ['Oct 12', '2026-10-12', '2026-10-13'],
    ['October 12th, 2025', '2025-10-12', '2025-10-13'],
    ['24 Dec', '2025-12-24', '2025-12-25'],
    ['1 March..15 March', '2026-03-01', '2026-03-16'],
    ['for six months', '2026-05-27', '2026-11-27'],
    ['for a year', '2025-11-27', '2026-11-27'],
    ['for more than 2 years', '2024-11-27', '2026-11-27'],
    ['tomorrow', '2026-11-27', '2026-11-28'],
    ['Monday to now', '2026-11-23', '2026-11-27'],
    ['year to date', '2026-01-01', '2027-01-01'],
    ['next week', '2026-11-30', '2026-12-07'],
    ['next month', '2026-12-01', '2027-01-01'],
    ['in the coming month', '2026-12-01', '2027-01-01'],
    ['next quarter', '2027-01-01', '2027-04-01'],
    ['next year', '2027-01-01', '2028-01-01'],
    ['next 30 days', '2026-11-26', '2026-12-26'],
    ['within the next two weeks', '2026-11-26', '2026-12-10'],
    ['in the next year', '2026-11-26', '2027-11-26'],
    ['next October', '2027-10-01', '2027-11-01'],
    ['next December', '2026-12-01', '2027-01-01'],
    ['next summer', '2027-06-01', '2027-09-01'],
    ['next Q1', '2027-01-01', '2027-04-01'],
    ['next Thursday', '2026-12-03', '2026-12-04'],
    ['October last year', '2025-10-01', '2025-11-01'],
    ['Q3 of next year', '2027-07-01', '2027-10-01'],
    ['H1 2026', '2026-01-01', '2026-07-01'],
    ['last weekend', '2026-11-21', '2026-11-23'],
    ['the weekend', '2026-11-21', '2026-11-23'],
    ['this weekend', '2026-11-28', '2026-11-30'],
    ['the end of August', '2026-08-21', '2026-09-01'],
    ['at the end of August 2025', '2025-08-21', '2025-09-01'],
    ['early August', '2026-08-01', '2026-08-11'],
    ['mid-August', '2026-08-11', '2026-08-21'],
    ['middle of 2025-02', '2025-02-10', '2025-02-19'],
    ['start of 2025', '2025-01-01', '2025-05-01'],
    ['late last year', '2025-09-01', '2026-01-01'],
    ['end of the year', '2026-09-01', '2027-01-01'],
    ['beginning of Q3', '2026-07-01', '2026-08-01'],
    ['the beginning of last week', '2026-11-16', '2026-11-18'],
    ['end of the week', '2026-11-27', '2026-11-30'],
    ['the first half of 2025', '2025-01-01', '2025-07-01'],
    ['second half of last month', '2026-10-16', '2026-11-01'],
    ['from the end of August to mid-October', '2026-08-21', '2026-10-21'],
    ['beginning of August..end of September', '2026-08-01', '2026-10-01'],
  ])('%s is from %s to before %s', (text, from, to) => {
    const range = parseDateRange(text, 'UTC', now);
    expect(range).toEqual({ from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z` });
  });

  test.each([
    ['since summer', '2026-06-01', undefined],
    ['since last summer', '2026-06-01', undefined],
    ['since October', '2026-10-01', undefined],
    ['from 2025 on', '2025-01-01', undefined],
    ['after October', '2026-11-01', undefined],
    ['before October', undefined, '2026-10-01'],
    ['before 2025-03-04', undefined, '2025-03-04'],
    ['until October', undefined, '2026-11-01'],
    ['older than 2 years', undefined, '2024-11-27'],
    ['more than a year ago', undefined, '2025-11-27'],
    ['since 3 months ago', '2026-08-26', undefined],
    ['since the end of August', '2026-09-01', undefined],
    ['since end of last week', '2026-11-23', undefined],
    ['after the end of last month', '2026-11-01', undefined],
    ['since the beginning of last month', '2026-10-01', undefined],
    ['since the start of the year', '2026-01-01', undefined],
    ['since mid-August', '2026-08-16', undefined],
    ['since the middle of 2025', '2025-07-01', undefined],
    ['since late August', '2026-08-21', undefined],
    ['after the beginning of October', '2026-10-01', undefined],
    ['before the end of Q3', undefined, '2026-10-01'],
    ['until the end of the year', undefined, '2027-01-01'],
    ['by the end of next month', undefined, '2027-01-01'],
    ['by Friday', undefined, '2026-11-28'],
    ['by Fri', undefined, '2026-11-28'],
    // Today is one.
    ['by Thursday', undefined, '2026-11-27'],
    ['by the end of Friday', undefined, '2026-11-28'],
    ['by this Friday', undefined, '2026-11-28'],
    ['by last Friday', undefined, '2026-11-21'],
    ['until Friday', undefined, '2026-11-21'],
    ['before the start of last quarter', undefined, '2026-07-01'],
    ['until the beginning of October', undefined, '2026-10-01'],
    ['before next week', undefined, '2026-11-30'],
    ['earlier than October', undefined, '2026-10-01'],
    ['later than October', '2026-11-01', undefined],
    ['since the end of 2024-02', '2024-03-01', undefined],
    ['since the end of last summer', '2026-09-01', undefined],
    ['before the second half of 2025', undefined, '2025-07-01'],
  ])('%s is from %s to before %s, and open at the other end', (text, from, to) => {
    expect(parseDateRange(text, 'UTC', now)).toEqual({
      ...(from && { from: `${from}T00:00:00.000Z` }),
      ...(to && { to: `${to}T00:00:00.000Z` }),
    });
  });

  test('begins a season and a month in the year that has begun them', () => {
    const march = Date.parse('2026-03-10T12:00:00Z');
    expect(parseDateRange('summer', 'UTC', march).from).toBe('2025-06-01T00:00:00.000Z');
    expect(parseDateRange('this summer', 'UTC', march).from).toBe('2026-06-01T00:00:00.000Z');
    expect(parseDateRange('winter', 'UTC', march).from).toBe('2025-12-01T00:00:00.000Z');
    expect(parseDateRange('this winter', 'UTC', Date.parse('2026-01-10T12:00:00Z')).from).toBe(
      '2025-12-01T00:00:00.000Z',
    );
    expect(parseDateRange('October', 'UTC', march).from).toBe('2025-10-01T00:00:00.000Z');
    expect(parseDateRange('last summer', 'UTC', Date.parse('2026-07-10T12:00:00Z')).from).toBe(
      '2025-06-01T00:00:00.000Z',
    );
  });

  test.each([
    'since',
    'not October',
    'October 99',
    'since 2025..2026',
    'Q5',
    'before',
    '31 June',
    '40 October',
    'October 12th 99',
    'summer winter',
  ])('refuses %s', (text) => {
    expect(() => parseDateRange(text, 'UTC', now)).toThrow(/last 7 days/);
  });

  test('counts the days of the time zone', () => {
    expect(parseDateRange('today', 'Asia/Tokyo', now)).toEqual({
      from: '2026-11-26T15:00:00.000Z',
      to: '2026-11-27T15:00:00.000Z',
    });
  });

  test('ends a month that has no such day with its last one', () => {
    expect(parseDateRange('last 1 month', 'UTC', Date.parse('2026-03-31T12:00:00Z')).from).toBe(
      '2026-03-01T00:00:00.000Z',
    );
  });

  test.each([
    'last 0 days',
    'next fortnight',
    'last 1000 days',
    'end of',
    'end of time',
    'mid',
    'since the end of',
    'early early May',
    'H3',
  ])('refuses %s', (text) => {
    expect(() => parseDateRange(text, 'UTC', now)).toThrow(/last 7 days/);
  });
});
