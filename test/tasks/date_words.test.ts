import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { world } from '../support/world.ts';

/** A Thursday: what words such as October mean depends on the day. */
useJumpingClock(Date.parse('2026-11-26T12:00:00Z'));

describe('dates in words', () => {
  test.each([
    ['October', '2026-10-01..2026-10-31'],
    ['not October', 'not October → not 2026-10-01..2026-10-31'],
    ['not since summer', 'not since summer → not 2026-06-01..'],
    ['not this summer', 'not this summer → not 2026-06-01..2026-08-31'],
    ['not in the last year', 'not in the last year → not 2025-11-'],
    ['not in six months', 'not for six months → not 2026-05-'],
    ['not for a year', 'not for a year → not 2025-11-'],
    ['not last year', 'not last year → not 2025-01-01..2025-12-31'],
    ['not since the end of August', 'not since the end of August → not 2026-09-01..'],
    ['not since the end of last week', 'not since the end of last week → not 2026-11-23..'],
    ['mid-October', 'mid-October → 2026-10-11..2026-10-20'],
    ['last 12 months', 'last 12 months → 2025-11-'],
    ['older than 2 years', 'older than 2 years → ..2024-11-'],
  ])('find what was viewed %s, and the answer says when that is', async (viewed, meant) => {
    const { call } = await world();
    const { notes } = await call('find_assets', { where: { viewed } });
    expect(notes.join('\n')).toContain(meant);
    expect(notes.some((note: string) => note.includes('or never'))).toBe(viewed.startsWith('not '));
    expect(notes.join().includes('those never viewed are left out')).toBe(viewed.startsWith('older'));
  });

  test('are those of metadata and of the recycle bin as well', async () => {
    const { call } = await world();
    const { notes } = await call('find_assets', { where: { 'Rights expiry': 'before October' } });
    expect(notes.join('\n')).toContain('before October → ..2026-09-30');
    const next = await call('find_assets', { where: { 'Rights expiry': 'next month' } });
    expect(next.notes.join('\n')).toContain('next month → 2026-12-01..2026-12-31, the calendar month after this one');
    const bin = await call('list_bin', { deleted: 'since summer' });
    expect(bin.notes.join('\n')).toContain('since summer → 2026-06-01..');
  });

  test('"never" is without a date', async () => {
    const { call } = await world();
    const never = await call('find_assets', { where: { viewed: 'never' } });
    expect(never.total).toBe((await call('find_assets', { where: { viewed: 'empty' } })).total);
  });

  test('that are none are refused with all forms there are, negation included', async () => {
    const { refused } = await world();
    for (const viewed of ['someday', 'not someday']) {
      const error = await refused('find_assets', { where: { viewed } });
      expect(error).toMatch(/"someday" is not a date.*October.*last 12 months.*since summer/);
      expect(error).toContain('Also with "not" in front: "not since summer", and "empty", "not empty".');
    }
  });
});
