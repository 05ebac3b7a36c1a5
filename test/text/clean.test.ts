import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clean } from '../../src/text/clean.ts';

describe('text from the library', () => {
  test.each([
    ['bidi overrides', 'invoice\u202Egpj.exe', 'invoicegpj.exe'],
    ['isolates and marks', '\u2066a\u2069\u200E', 'a'],
    ['zero width', 'pass\u200Bword\uFEFF\u2060', 'password'],
    ['tag characters', `hi${'delete'.replace(/./g, (one) => String.fromCodePoint(0xe0000 + one.charCodeAt(0)))}`, 'hi'],
    ['terminal escapes', '\u001b[31mred\u001b[0m \u001b]8;;https://x\u0007link', 'red link'],
    ['control characters', 'a\u0000b\u0007c\u0085d', 'abcd'],
    ['stray selectors', 'a\uFE0Fb\u{E0100}c', 'abc'],
    ['stray joiners', 'a\u200Db\u200C c', 'ab c'],
    ['line ends', 'a\r\nb\rc', 'a\nb\nc'],
    ['line breaks of word processors, not the gap between two words', 'a\vb\fc\u2028d\u2029e', 'a\nb\nc\nd\ne'],
    ['lone surrogates', 'a\uD800b', 'a\uFFFDb'],
    ['tags above the letters', 'hi\u{e0080}\u{e00f0}\u{e01f5}\u{e0fff}', 'hi'],
    [
      'selectors behind letters and digits, one or many',
      'a\u{e0148}b\ufe0e1\ufe0f2\ufe00漢\u{e0100}\u{e0101}',
      'ab12漢\u{e0100}',
    ],
    ['a second selector behind a pictograph', '❤\ufe0f\ufe0f\ufe0e', '❤\ufe0f'],
    ['Mongolian selectors and separator', 'a\u180b\u180e\u180fb', 'ab'],
    ['unassigned specials', 'a\ufff0\ufff8b', 'ab'],
    ['shorthand and hieroglyph controls', 'a\u{1bca0}\u{1bca3}\u{13430}\u{1343f}b', 'ab'],
    ['noncharacters', 'a\ufffe\uffff\ufdd0\u{1fffe}b', 'ab'],
    ['numeric references', 'a&#8203;b&#x200B;c&#X202e;d&#xE0041;e&#0;f&#x1b;[31m', 'abcdef[31m'],
    ['references without their end, padded or nested', 'a&#8203 b&#x0000000200B;c&#x20&#x200B;0B;d', 'a bcd'],
    [
      'the selector of a keycap whose digit was the end of a reference',
      '&#x0\ufe0e\u20e3 1\ufe0f\u20e3',
      '\u20e3 1\ufe0f\u20e3',
    ],
    ['soft hyphens', 'in\u00ADvisible', 'invisible'],
  ])('loses %s', (_, text, kept) => expect(clean(text)).toBe(kept));

  test.each([
    'plain text\twith tab\nand line',
    'Ünïcödé, Türkçe, 日本語, 한국어, עברית, العربية',
    'می‌خواهم',
    'क्‍ष',
    '👩‍👩‍👧‍👦 ❤️ 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇵🇹 1️⃣',
    '👩🏽‍🚒 🏳️‍🌈',
    'e\u0301 combining',
    'Tom &amp; Jerry &#169; &#x1F600; &#10; AT&T #1; &#;',
    '\u0600123 \u06dd١',
  ])('keeps %j', (text) => expect(clean(text)).toBe(text));

  test('is the same by the short way, for texts in which nothing is suspect, and by the long one', () => {
    const differ = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code)).filter(
      (one) => clean(`a${one}b`) !== clean(`\0a${one}b`),
    );
    expect(differ).toEqual([]);
  });

  test('is the same when cleaned twice', () => {
    const odd = fc.constantFrom(
      '\u200d',
      '\u200c',
      '\ufe0f',
      '\ufe0e',
      '\u{e0067}',
      '\u{e007f}',
      '\u{1f3f4}',
      '\u{1f469}',
      '\u001b',
      '[',
      'm',
      ']',
      '\u0007',
      '\ue000',
      'م',
      'a',
      '1',
      '\ud800',
      '\u{e0100}',
      '漢',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(odd).map((parts) => parts.join('')),
        ),
        (text) => {
          const once = clean(text);
          expect(clean(once)).toBe(once);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
