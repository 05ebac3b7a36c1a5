import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shortLines } from '../../src/server/lines.ts';

/** What a stream lets through of the chunks it is given, and how often it said that it skipped a line. */
async function through(chunks: readonly Buffer[], longest: number) {
  let skipped = 0;
  const stream = shortLines(() => {
    skipped += 1;
  }, longest);
  const out: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => out.push(chunk));
  for (const chunk of chunks) if (!stream.write(chunk)) await new Promise((resolve) => stream.once('drain', resolve));
  await new Promise<void>((resolve) => stream.end(resolve));
  return { pushed: out, out: Buffer.concat(out), skipped };
}

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
  test('come out whole and in order; each that is too long is left out and told once', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.constantFrom('', 'rest', 'y'.repeat(50)), places, async (texts, rest, at) => {
        const whole = Buffer.from(texts.map((text) => `${text}\n`).join('') + rest);
        const { out, pushed, skipped } = await through(cut(whole, at), LONGEST);
        const fits = (text: string): boolean => Buffer.byteLength(`${text}\n`) <= LONGEST;
        const kept = texts.filter(fits).map((text) => `${text}\n`);
        expect(out.toString()).toBe(kept.join(''));
        expect(pushed.every((chunk) => chunk.at(-1) === 10)).toBe(true);
        // What has no end yet is no line; it is told as soon as it can't become one any more.
        const tooLong = texts.length - kept.length + (Buffer.byteLength(rest) > LONGEST ? 1 : 0);
        expect(skipped).toBe(tooLong);
      }),
      { numRuns: 500 },
    );
  });

  test('make no difference to what comes out: byte by byte is as in one piece', async () => {
    await fc.assert(
      fc.asyncProperty(lines, async (texts) => {
        const whole = Buffer.from(texts.join('\n'));
        const single = Array.from(whole, (_, at) => whole.subarray(at, at + 1));
        const [a, b] = await Promise.all([through([whole], LONGEST), through(single, LONGEST)]);
        expect(b.out.equals(a.out)).toBe(true);
        expect(b.skipped).toBe(a.skipped);
      }),
      { numRuns: 200 },
    );
  });

  test('with bytes that are no text, too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), places, async (given, at) => {
        const whole = Buffer.from(given);
        const { out } = await through(cut(whole, at), LONGEST);
        const kept: Buffer[] = [];
        for (let from = 0, end = whole.indexOf(10); end !== -1; from = end + 1, end = whole.indexOf(10, from)) {
          if (end + 1 - from <= LONGEST) kept.push(whole.subarray(from, end + 1));
        }
        expect(out.equals(Buffer.concat(kept))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
