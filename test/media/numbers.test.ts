import { describe, expect, test } from 'vitest';
import { decimalSignOf, parseNumber } from '../../src/media/numbers.ts';
import { refusal } from './refusal.ts';

describe('a number as people write it', () => {
  test.each([
    ['4', 4],
    ['-4', -4],
    ['−4', -4],
    ['+4', 4],
    ['12.5', 12.5],
    ['12,5', 12.5],
    ['0,250', 0.25],
    ['1234,567', 1234.567],
    ['1,250.50', 1250.5],
    ['1.250,50', 1250.5],
    ['1,250,000', 1_250_000],
    ['1 250', 1250],
    ['1\u00a0250,5', 1250.5],
    ["1'250", 1250],
    ['0', 0],
    ['-0', 0],
  ])('%s', (text, number) => expect(parseNumber(text)).toBe(number));

  test.each(['1,250', '1.250', '-12,500', '999.999'])('%s has two readings, and both are named', (text) => {
    const message = refusal(() => parseNumber(text));
    const digits = text.replace(/[.,]/, '');
    expect(message).toContain(digits);
    expect(message).toContain(String(Number(text.replace(',', '.'))));
  });

  test('has one where only whole numbers are meant, or where its column shows the decimal sign', () => {
    expect(parseNumber('1,250', { whole: true })).toBe(1250);
    expect(parseNumber('1.250', { whole: true })).toBe(1250);
    expect(parseNumber('1,250', { decimal: '.' })).toBe(1250);
    expect(parseNumber('1,250', { decimal: ',' })).toBe(1.25);
    expect(parseNumber('12.5', { decimal: ',' })).toBeUndefined();
    expect(refusal(() => parseNumber('1.000', { whole: true }))).toContain('1 or 1000');
  });

  test.each([
    '',
    '0x10',
    '1e3',
    '1_000',
    'Infinity',
    'NaN',
    '.5',
    '5.',
    '1,25,0',
    '1.2.3',
    '12 34',
    '4 kg',
    '--4',
    '٤',
  ])('%j is none', (text) => expect(parseNumber(text)).toBeUndefined());

  test.each(['1,250', '1.125', '-12,345'])('with two readings is refused with a way to write each: %s', (text) => {
    const [, advice = ''] = /Write (.+)\.$/.exec(refusal(() => parseNumber(text))) ?? [];
    const written = advice.split(' or ');
    expect(written).toHaveLength(2);
    expect(new Set(written.map((one) => parseNumber(one))).size).toBe(2);
  });

  test('that would be rounded is refused', () => {
    expect(refusal(() => parseNumber('9007199254740993'))).toContain('more digits than can be stored');
    expect(refusal(() => parseNumber('0.12345678901234567890'))).toContain('more digits than can be stored');
  });

  test('shows its decimal sign, or leaves it open', () => {
    expect(['12.5', '1,250.5', '1.25', '1,250,000'].map(decimalSignOf)).toEqual(['.', '.', '.', '.']);
    expect(['12,5', '1.250,5', '1.250.000'].map(decimalSignOf)).toEqual([',', ',', ',']);
    expect(['12', '1,250', '1.250', '1 250', 'x'].map(decimalSignOf)).toEqual(Array(5).fill(undefined));
  });
});
