import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineReader } from '../../src/server/lines.ts';

/** The lines that are read from such chunks, and how many were left out. */
function through(chunks: readonly Buffer[], maxLine: number) {
  let skipped = 0;
  const lines: string[] = [];
  const tooLong = (): void => {
    skipped += 1;
  };
  const read = createLineReader({ line: (bytes) => lines.push(bytes.toString('latin1')), tooLong }, maxLine);
  for (const chunk of chunks) read(chunk);
  return { lines, skipped };
}

/** Each byte as one character, so that bytes which are no text can be compared. */
const asBytes = (text: string): string => Buffer.from(text).toString('latin1');

/** Cuts bytes at any places, in the middle of a character, too. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...at, bytes.length].map((end, n) => bytes.subarray(at[n - 1] ?? 0, end));
}

const line = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\n', ' ')),
  fc.integer({ min: 0, max: 80 }).map((length) => 'x'.repeat(length)),
  fc.constantFrom('', '\r', '{"a":"👩🏽‍🚀"}'),
);
const lines = fc.array(line, { maxLength: 12 });
const places = fc.array(fc.nat(2_000), { maxLength: 30 });
const LONGEST = 33;

describe('lines in any pieces', () => {
  test('come out whole and in order; each that is too long is left out and told once', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom('', 'rest', 'y'.repeat(50)), places, (texts, rest, at) => {
        const whole = Buffer.from(texts.map((text) => `${text}\n`).join('') + rest);
        const read = through(cut(whole, at), LONGEST);
        const kept = texts.filter((text) => Buffer.byteLength(text) <= LONGEST);
        expect(read.lines).toEqual(kept.map(asBytes));
        // What has no end yet is no line; it is told as soon as it can't become one any more.
        const tooLong = texts.length - kept.length + (Buffer.byteLength(rest) > LONGEST ? 1 : 0);
        expect(read.skipped).toBe(tooLong);
      }),
      { numRuns: 500 },
    );
  });

  test('make no difference to what comes out: byte by byte is as in one piece', () => {
    fc.assert(
      fc.property(lines, (texts) => {
        const whole = Buffer.from(texts.join('\n'));
        const single = Array.from(whole, (_, at) => whole.subarray(at, at + 1));
        expect(through(single, LONGEST)).toEqual(through([whole], LONGEST));
      }),
      { numRuns: 200 },
    );
  });

  test('with bytes that are no text, too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), places, (given, at) => {
        const whole = Buffer.from(given);
        const kept: string[] = [];
        for (let from = 0, end = whole.indexOf(10); end !== -1; from = end + 1, end = whole.indexOf(10, from)) {
          if (end - from <= LONGEST) kept.push(whole.toString('latin1', from, end));
        }
        expect(through(cut(whole, at), LONGEST).lines).toEqual(kept);
      }),
      { numRuns: 300 },
    );
  });
});
