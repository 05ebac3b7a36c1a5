import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clean } from '../../src/text/clean.ts';

const point = (low: number, high: number) =>
  fc.integer({ min: low, max: high }).map((one) => String.fromCodePoint(one));
const tag = point(0xe0000, 0xe007f);

/** What hides from a person and not from a model, each by itself. */
const hidden = fc.oneof(
  point(0x00, 0x08),
  point(0x0e, 0x1f),
  point(0x7f, 0x9f),
  // U+2028 and U+2029 before them break lines, and become line breaks.
  point(0x202a, 0x202e),
  point(0x2060, 0x206f),
  point(0xfff0, 0xfffb),
  point(0x1bca0, 0x1bca3),
  point(0x13430, 0x1343f),
  point(0xfdd0, 0xfdef),
  point(0x1d173, 0x1d17a),
  point(0xe01f0, 0xe0fff),
  fc.constantFrom('\u00ad', '\u034f', '\u061c', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u180e', '\u200b', '\u200e'),
  fc.constantFrom('\u200f', '\u3164', '\ufeff', '\uffa0', '\u180f', '\ufffe', '\u{1ffff}'),
  fc.array(tag, { minLength: 1, maxLength: 6 }).map((all) => all.join('')),
);
/** What is right in one place and hides in another. */
const bound = fc.oneof(
  fc.constantFrom('\u200c', '\u200d', '\ufe0e', '\ufe0f', '\u{1f3f4}', '\u{e007f}', '\u{1f3fd}', '\u20e3', '\u0301'),
  point(0xe0100, 0xe01ef),
  point(0xfe00, 0xfe0d),
  point(0xe000, 0xe003),
  point(0xd800, 0xdfff),
);
const escapes = fc.constantFrom(
  '\u001b',
  '\u001b[',
  '\u001b]',
  '[',
  ']',
  '0;',
  '31',
  'm',
  '\u0007',
  '\u001b\\',
  '\u009b',
);
/** The same as numeric references, whole, nested and cut off. */
const references = fc.oneof(
  hidden.filter((one) => one.length <= 2).map((one) => `&#${one.codePointAt(0)};`),
  hidden.filter((one) => one.length <= 2).map((one) => `&#x${one.codePointAt(0)?.toString(16)}`),
  fc.constantFrom(
    '&',
    '#',
    '&#',
    '&#x',
    '&#X20',
    '0b;',
    '0B',
    '200b',
    ';',
    '8203',
    'x',
    '&#0000000000000000000000008203;',
    '&#65;',
    '&amp;',
  ),
);
const visible = fc.constantFrom(
  'a',
  '1',
  '#',
  ' ',
  '\n',
  '\t',
  'é',
  'م',
  'ک',
  'क',
  '漢',
  '한',
  'ש',
  '👩',
  '❤',
  '🇵🇹',
  '…',
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.oneof(hidden, bound, escapes, references, visible), { maxLength: 40 }).map((parts) => parts.join('')),
);

/** Seen by nobody, wherever it stands; tag characters are judged apart, for three flags are written with them. */
const NEVER =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single characters, each by itself
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufdd0-\ufdef\ufffe\uffff\u180f\u{1bca0}-\u{1bca3}\u{13430}-\u{1343f}\u{1d173}-\u{1d17a}\u{e0120}-\u{e0fff}]/u;
const THREE_FLAGS =
  /\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}/gu;
const STRAY = [
  /(?<![\p{Emoji}\p{Extended_Pictographic}])[\ufe0e\ufe0f]/u,
  /(?<!\p{Script=Han})[\u{e0100}-\u{e01ef}]/u,
  // A joiner joins: something stands on both of its sides, and no second joiner.
  /(?:^|[\s\u200c\u200d])[\u200c\u200d]|[\u200c\u200d](?:$|[\s\u200c\u200d])/u,
  // Between plain Latin letters, digits and signs none is ever needed.
  /[\x20-\x7e\u00a1-\u024f][\u200c\u200d]|[\u200c\u200d][\x20-\x40\x5b-\x60\x7b-\x7e]/u,
];

describe('cleaning any text', () => {
  test('twice changes no more than once, and no text becomes longer', () => {
    fc.assert(
      fc.property(text, (given) => {
        const once = clean(given);
        expect(clean(once)).toBe(once);
        expect(once.length).toBeLessThanOrEqual(given.length);
      }),
      { numRuns: 4_000 },
    );
  });

  test('leaves nothing of what it takes out', () => {
    fc.assert(
      fc.property(text, (given) => {
        const left = clean(given);
        expect(left.isWellFormed()).toBe(true);
        expect(left).not.toMatch(NEVER);
        expect(left.replace(THREE_FLAGS, '')).not.toMatch(/[\u{e0000}-\u{e007f}]/u);
        for (const stray of STRAY) expect(left).not.toMatch(stray);
        expect(left).not.toMatch(/[\ue000-\ue002]/);
        for (const [, hex, decimal] of left.matchAll(/&#(?:[xX]([0-9A-Fa-f]+)|([0-9]+));/g)) {
          const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
          if (code <= 0x10ffff) expect(String.fromCodePoint(code)).not.toMatch(NEVER);
        }
      }),
      { numRuns: 4_000 },
    );
  });

  test('takes what hides out of a text and leaves the text, wherever it was put in', () => {
    const plain = fc.array(fc.constantFrom('a', 'Ü', '9', ' ', '.', '漢', 'ש', 'م', '한'), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(plain, fc.array(fc.tuple(fc.nat(20), hidden), { maxLength: 10 }), (letters, put) => {
        const spoilt: string[] = [...letters];
        for (const [at, one] of put) spoilt.splice(Math.min(at, spoilt.length), 0, one);
        expect(clean(spoilt.join(''))).toBe(letters.join(''));
      }),
      { numRuns: 1_000 },
    );
  });

  test('takes terminal escapes out whole, and the words around them stay', () => {
    const inside = fc.stringMatching(/^[ !#-Za-z0-9;?:/.=-]{0,30}$/);
    const sequence = fc.oneof(
      fc
        .tuple(fc.stringMatching(/^[0-9;?]{0,8}$/), fc.constantFrom('m', 'H', 'J', 'K', 'h', '~'))
        .map(([n, end]) => `\u001b[${n}${end}`),
      fc.tuple(inside, fc.constantFrom('\u0007', '\u001b\\')).map(([words, end]) => `\u001b]${words}${end}`),
    );
    fc.assert(
      fc.property(inside, sequence, inside, (before, one, after) => {
        expect(clean(before + one + after)).toBe(before + after);
      }),
    );
  });
});

describe('what people write', () => {
  test('stays as it is: letters, digits, signs and marks of every script', () => {
    const written = fc
      .integer({ min: 0xa1, max: 0x3ffff })
      .filter((one) => one < 0xd800 || one > 0xdfff)
      .map((one) => String.fromCodePoint(one))
      .filter((one) => /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(one) && !/^\p{Default_Ignorable_Code_Point}$/u.test(one));
    const marked = fc.tuple(written, fc.constantFrom('', '\u0301', '\u0308\u0304')).map(([one, mark]) => one + mark);
    const sentence = fc.array(fc.oneof(marked, fc.constantFrom(' ', '\n', '\t', '\u00a0', 'word')), { maxLength: 30 });
    fc.assert(
      fc.property(sentence, (parts) => {
        expect(clean(parts.join(''))).toBe(parts.join(''));
      }),
      { numRuns: 1_000 },
    );
  });

  test('stays as it is: emoji in sequence, flags, right-to-left text, the joiners of Persian and Indic words', () => {
    const wholes = fc.constantFrom(
      ...['👩‍👩‍👧‍👦', '👩🏽‍🚒', '🏳️‍🌈', '🏴‍☠️', '❤️‍🔥', '👁️‍🗨️', '🧑🏻‍❤️‍💋‍🧑🏿', '1️⃣', '#️⃣', '©️', '☎︎', '🇵🇹🇩🇪', '👍🏽'],
      ...[
        '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
        '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
      ],
      ...['مباراة', 'כדורגל', 'می‌خواهم', 'خانه‌ها', 'क्‍ष', 'ශ්‍රී', 'র‍্যা', '葛\u{e0100}城', 'e\u0301', 'plain'],
    );
    fc.assert(
      fc.property(fc.array(wholes, { maxLength: 12 }), fc.constantFrom(' ', ', ', '\n'), (parts, between) => {
        expect(clean(parts.join(between))).toBe(parts.join(between));
      }),
    );
  });
});
