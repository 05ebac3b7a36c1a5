import { describe, expect, test } from 'vitest';
import { identityKey, searchKey, withName } from '../../src/text/compare.ts';
import { closestTo } from '../../src/text/nearest.ts';

const find = (names: readonly string[], given: string): string[] => withName(names, (one) => [one], given);

describe('the same name', () => {
  test.each([
    ['Conferência', 'Confere\u0302ncia'],
    ['Straße', 'STRASSE'],
    ['Tor  Nord ', 'tor nord'],
    ['ΟΔΟΣ', 'οδος'],
    ['STRAẞE', 'Straße'],
    ['가방', '가방'.normalize('NFD')],
  ])('%s is %s', (one, other) => expect(identityKey(one)).toBe(identityKey(other)));

  test.each([
    ['バス', 'パス'],
    ['ハス', 'バス'],
    ['がん', 'かん'],
    ['मिल', 'मेल'],
    ['কলা', 'কলি'],
    ['กิน', 'กัน'],
    ['мои', 'мой'],
  ])('%s is not %s, nor found by it', (one, other) => {
    expect(identityKey(one)).not.toBe(identityKey(other));
    expect(searchKey(one)).not.toBe(searchKey(other));
    expect(find([one], other)).toEqual([]);
  });
});

describe('a name among others', () => {
  test.each([
    ['sao paulo', 'São Paulo'],
    ['zurich', 'Zürich'],
    ['strasse', 'Straße'],
    ['hojlund', 'Højlund'],
    ['كتب', 'كَتَبَ'],
    ['كتاب علي', 'کتاب علی'],
    ["Player's tunnel", 'Player’s tunnel'],
    ['2024-25', '2024–25'],
    ['In rights', 'In\u200b rights'],
    ['葛', '葛\u{e0101}'],
  ])('%s finds %s', (given, name) => expect(find([name, 'other'], given)).toEqual([name]));

  test('is the one with its accents if there are two', () => {
    expect(find(['Pérez', 'Perez'], 'perez')).toEqual(['Perez']);
    expect(find(['Pérez', 'Perez'], 'PÉREZ')).toEqual(['Pérez']);
    expect(find(['Pérez', 'Perèz'], 'perez')).toEqual(['Pérez', 'Perèz']);
  });

  test('is suggested if it is close', () => {
    expect(closestTo('Conferencia', ['Confere\u0302ncia', 'other'])).toBe('Confere\u0302ncia');
    expect(closestTo('x'.repeat(1_000_000), ['y'.repeat(1_000_000)])).toBeUndefined();
  });
});
