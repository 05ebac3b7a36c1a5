import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMask, maskSignatures } from '../../src/server/mask.ts';

/** What a credential may be made of (`config/checks.ts`): visible ASCII. */
const letter = fc.integer({ min: 0x21, max: 0x7e }).map((one) => String.fromCharCode(one));
const any = (least: number) =>
  fc.array(letter, { minLength: least, maxLength: 120 }).map((letters) => letters.join(''));
const segment = fc.stringMatching(/^[A-Za-z0-9_-]{20,60}$/);
const jwt = fc.tuple(segment, segment, segment).map((parts) => parts.join('.'));
/** A secret whose pieces differ, so that a piece found is a piece leaked. */
const secret = fc
  .oneof(jwt, fc.uuid(), segment, any(24))
  .filter((one) => new Set(pieces(one)).size === pieces(one).length);

const around = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', '"', 'Auth-Token: ', ':', '.'),
);
const bytes = fc.uint8Array({ maxLength: 8 }).map((one) => Buffer.from(one));

/** Every twelve characters in a row. */
function pieces(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 11) }, (_, at) => text.slice(at, at + 12));
}

const leaks = (text: string, one: string): string[] => pieces(one).filter((piece) => text.includes(piece));

/** The same, read as base64 or base64url: every word, from each of its first four places. */
function leaksDecoded(text: string, one: string): string[] {
  const words = text.match(/[A-Za-z0-9+/_-]+/g) ?? [];
  return words.flatMap((word) =>
    [0, 1, 2, 3].flatMap((from) => leaks(Buffer.from(word.slice(from), 'base64').toString('latin1'), one)),
  );
}

describe('no twelve characters of a secret are left', () => {
  test('of a plain one, between any two texts', () => {
    fc.assert(
      fc.property(secret, around, around, (one, before, after) => {
        fc.pre(leaks(before + after, one).length === 0);
        const masked = createMask([one])(`${before}${one}${after}`);
        expect(leaks(masked, one)).toEqual([]);
        expect(masked).toContain('[masked]');
      }),
      { numRuns: 250 },
    );
  });

  test('of one in capitals or in small letters', () => {
    fc.assert(
      fc.property(secret, fc.boolean(), (one, upper) => {
        const echoed = upper ? one.toUpperCase() : one.toLowerCase();
        expect(leaks(createMask([one])(`x ${echoed} y`), echoed)).toEqual([]);
      }),
    );
  });

  test('of a percent-encoded one, once or twice, in capital or small digits', () => {
    fc.assert(
      fc.property(secret, around, fc.boolean(), fc.boolean(), (one, before, twice, small) => {
        const once = encodeURIComponent(one);
        const echoed = twice ? encodeURIComponent(once) : once;
        const digits = small ? echoed.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()) : echoed;
        fc.pre(leaks(before, one).length === 0);
        const masked = createMask([one])(`${before}?token=${digits}&x=1`);
        expect(leaks(masked, digits)).toEqual([]);
        expect(masked).toContain('?token=[masked]&x=1');
      }),
      { numRuns: 250 },
    );
  });

  test.each(['base64', 'base64url'] as const)('of one in %s, behind and before any bytes', (form) => {
    fc.assert(
      fc.property(secret, bytes, bytes, around, (one, before, after, outside) => {
        fc.pre(leaks(outside, one).length === 0);
        const echoed = Buffer.concat([before, Buffer.from(one), after]).toString(form);
        const masked = createMask([one])(`${outside} ${echoed} ${outside}`);
        expect(leaks(masked, one)).toEqual([]);
        expect(leaksDecoded(masked, one)).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });

  test('of two secrets that stand in one text, in any order and side by side', () => {
    fc.assert(
      fc.property(jwt, fc.uuid(), fc.boolean(), around, (token, app, first, between) => {
        const text = first ? `${token}${between}${app}` : `${app}${between}${token}`;
        const masked = createMask([token, app])(text);
        for (const one of [token, app]) expect(leaks(masked, one)).toEqual([]);
      }),
    );
  });

  test('of a part of a JWT that stands alone', () => {
    fc.assert(
      fc.property(jwt, fc.nat(2), (token, at) => {
        const part = token.split('.')[at] as string;
        expect(leaks(createMask([token])(`sub=${part};`), part)).toEqual([]);
      }),
    );
  });
});

describe('everything else', () => {
  test('stays as it is', () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.oneof(around, fc.uuid(), fc.constant('https://app.iconik.io/asset/1?x=y#z')),
        (one, text) => {
          fc.pre(!text.toLowerCase().includes(one));
          expect(createMask([one])(text)).toBe(text);
          // Too short to be a secret, and any word might hold it.
          expect(createMask([text.slice(0, 7)])(text)).toBe(text);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('stays masked: a second time changes nothing', () => {
    fc.assert(
      fc.property(secret, around, (one, before) => {
        const mask = createMask([one]);
        const once = mask(before + one);
        expect(mask(once)).toBe(once);
      }),
    );
  });
});

test('what signs an address goes, in any order of its parameters; the rest stays', () => {
  const signing = [
    'X-Amz-Signature',
    'X-Amz-Credential',
    'X-Amz-Security-Token',
    'X-Goog-Signature',
    'Signature',
    'sig',
    'Policy',
  ];
  const harmless = ['X-Amz-Date', 'X-Amz-Expires', 'response-content-disposition', 'partNumber', 'uploadId'];
  const value = fc.stringMatching(/^[A-Za-z0-9]{24}$/);
  const parameter = fc.tuple(fc.constantFrom(...signing, ...harmless), value);
  fc.assert(
    fc.property(
      fc.uniqueArray(parameter, { selector: ([, one]) => one, minLength: 1, maxLength: 6 }),
      around,
      (parameters, before) => {
        const query = parameters.map(([name, one]) => `${name}=${one}`).join('&');
        const masked = maskSignatures(`${before} https://bucket.s3.example/key.mp4?${query} and more`);
        for (const [name, one] of parameters) expect(masked.includes(one), name).toBe(harmless.includes(name));
        expect(masked).toContain('https://bucket.s3.example/key.mp4?');
        expect(masked.endsWith(' and more')).toBe(true);
      },
    ),
  );
});
