import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cut, reelNames, toCutEdl } from '../../src/media/cut_list.ts';
import { millisecondsToFrame, parseFrameRate } from '../../src/media/rate.ts';
import { parseTimecode } from '../../src/media/timecode.ts';
import { readEdl } from '../support/edl_reader.ts';
import { nasty } from './marker_lists.ts';

const RATES = [
  ['25', false],
  ['24000/1001', false],
  ['30000/1001', false],
  ['30000/1001', true],
  ['50', false],
  ['60000/1001', true],
] as const;

const aCut = fc.record({
  start: fc.integer({ min: 0, max: 3_600_000 }),
  length: fc.integer({ min: 0, max: 300_000 }),
  source: fc.constantFrom('a', 'b', 'c'),
  name: nasty,
});

const cutsAt = (
  rate: ReturnType<typeof parseFrameRate>,
  list: readonly { start: number; length: number; source: string; name: string }[],
) =>
  list.map(
    ({ start, length, source, name }): Cut => ({
      start,
      end: start + length,
      source,
      clipName: `${source} ${name}`,
      name,
      clock: {
        rate,
        start: parseTimecode({ a: '00:00:00:00', b: '09:59:30:00', c: '22:10:00:10' }[source] ?? '', rate),
      },
    }),
  );

describe('a list of cuts, read by others', () => {
  test('has every range frame by frame, in its order, behind one another from 01:00:00:00', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...RATES),
        fc.array(aCut, { minLength: 1, maxLength: 30 }),
        nasty,
        ([fps, drop], list, title) => {
          const rate = parseFrameRate(fps, drop);
          const cuts = cutsAt(rate, list);
          const read = readEdl(toCutEdl(title, cuts, rate), rate.nominal);
          expect(read.drop).toBe(rate.drop);
          expect(read.edits.map(({ source: [from, to] }) => [from, to - from])).toEqual(
            cuts.map(({ start, end, clock }) => {
              const first = millisecondsToFrame(start, rate);
              return [clock.start + first, Math.max(1, millisecondsToFrame(end, rate) - first)];
            }),
          );
          expect(read.edits[0]?.record[0]).toBe(parseTimecode('01:00:00:00', rate));
          const reels = new Map(cuts.map(({ source }, n) => [source, read.edits[n]?.reel]));
          expect(new Set(reels.values()).size).toBe(reels.size);
          read.edits.forEach(({ reel, clip }, n) => {
            expect(reel).toBe(reels.get(cuts[n]?.source ?? ''));
            expect(clip).not.toBe('');
          });
        },
      ),
    );
  });

  test('goes past a minute that drop frame shortens', () => {
    const rate = parseFrameRate('29.97', true);
    const cut = { source: 'a', clipName: 'a.mov', clock: { rate, start: parseTimecode('10:00:59:00', rate) } };
    const text = toCutEdl('Minute', [{ ...cut, start: 0, end: 61_000 }], rate);
    expect(text).toContain('10:00:59;00 10:02:00;02 01:00:00;00 01:01:01;00');
  });

  test('refuses what the format cannot number', () => {
    const rate = parseFrameRate('25');
    const cut = { start: 0, end: 1_000, source: 'a', clipName: 'a', clock: { rate, start: 0 } };
    expect(() =>
      toCutEdl(
        '',
        Array.from({ length: 1_000 }, () => cut),
        rate,
      ),
    ).toThrow('at most 999');
    const fast = parseFrameRate('120');
    expect(() => toCutEdl('', [{ ...cut, clock: { rate: fast, start: 0 } }], fast)).toThrow('two digits');
  });
});

test('reels are the names of files in eight characters, each once', () => {
  const names = ['A001_C003.mov', 'a001 c003 b.mxf', 'Entrevista às 5.mov', 'BL.mov', '試合.mov', 'バス.mov', 'X.mov'];
  const cuts = names.map((clipName, n) => ({ source: String(n), clipName }));
  expect([...reelNames(cuts).values()]).toEqual(['A001_C00', 'A001_C02', 'ENTREVIS', 'BL2', 'REEL5', 'REEL6', 'X']);
});
