import { describe, expect, test } from 'vitest';
import { beginsWithTime, splitTimedLine, splitTimedLines } from '../../src/media/timed_line.ts';

describe('a line with a time', () => {
  test.each([
    ['12:04 Goal', { from: '12:04', text: 'Goal' }],
    ['[12:04] Goal', { from: '12:04', text: 'Goal' }],
    ['12:04 – Goal', { from: '12:04', text: 'Goal' }],
    ['01:02:10:00 | Goal', { from: '01:02:10:00', text: 'Goal' }],
    ['90s Goal', { from: '90s', text: 'Goal' }],
    ['12:04', { from: '12:04', text: '' }],
    ['12:04: Goal', { from: '12:04', text: 'Goal' }],
  ])('%s', (line, parts) => expect(splitTimedLine(line)).toEqual(parts));

  test.each([
    '-',
    '--',
    '–',
    '—',
    '−',
    '‐',
    '‑',
    '‒',
    '―',
    '－',
    '->',
    '-->',
    '—>',
    '=>',
    '==>',
    '>',
    '>>',
    '→',
    '⟶',
    '➝',
    '⇒',
    '..',
    '...',
    '…',
    '~',
    '〜',
    '～',
    'to',
    'until',
    'bis',
    'até',
  ])('takes %s between two times as a range', (sign) => {
    for (const between of [` ${sign} `, ...(/\p{L}/u.test(sign) ? [] : [sign])])
      expect(splitTimedLine(`00:01:02,500${between}00:01:05,000 Nice smile`), between).toEqual({
        from: '00:01:02,500',
        to: '00:01:05,000',
        text: 'Nice smile',
      });
  });

  test.each(['4 goals', '2025 season', 'Goal at 12:04', '12:04x', 'today', '- Goal'])('is not: %s', (line) =>
    expect(splitTimedLine(line)).toBeUndefined(),
  );

  test.each([
    '12:04 ¦ 12:31 Goal',
    '12:04 / 12:31 Goal',
    '12:04 12:31 Goal',
    '12:04 - 12:31 - 12:40 Goal',
    '12:04 -|- 12:31',
    '12:04 and 12:31 Goal',
    '12:04 a 12:31 Gol',
    '12:04 und 12:31 Tor',
  ])('shows a second time that is no range: %s', (line) =>
    expect(beginsWithTime(splitTimedLine(line)?.text ?? '')).toBe(true),
  );

  test.each(['12:04 A 2:1 win', '12:04 Reyes 2:10', '12:04 Goal at 12:31', '12:04 and so on'])(
    'shows one time before a text: %s',
    (line) => expect(beginsWithTime(splitTimedLine(line)?.text ?? '')).toBe(false),
  );
});

describe('several lines in one text', () => {
  test.each([
    '2:00 Alpha\n3:00 Beta\n4:00-4:10 Gamma',
    '- 2:00 Alpha\n- 3:00 Beta\n- 4:00-4:10 Gamma',
    '* 2:00 Alpha\r\n* 3:00 Beta\r\n\r\n* 4:00-4:10 Gamma',
    '1. 2:00 Alpha\n2. 3:00 Beta\n3. 4:00-4:10 Gamma',
    '```\n2:00 Alpha\n3:00 Beta\n4:00-4:10 Gamma\n```',
  ])('are one item per time: %j', (text) =>
    expect(splitTimedLines(text)).toEqual(['2:00 Alpha', '3:00 Beta', '4:00-4:10 Gamma']),
  );

  test('belong to the time above them', () => {
    expect(splitTimedLines('2:00 Alpha\nand more\n3:00 Beta')).toEqual(['2:00 Alpha\nand more', '3:00 Beta']);
    expect(splitTimedLines('2:00 Alpha\n  indented')).toEqual(['2:00 Alpha\n  indented']);
  });

  test('stay one text if none has a time', () => {
    expect(splitTimedLines('Some words\n- a list\n- of two')).toEqual(['Some words\n- a list\n- of two']);
  });

  test('are not split if a time comes only later', () => {
    expect(splitTimedLines('Notes of today\n2:00 Alpha')).toBeUndefined();
  });
});
