import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONFIRM_SECONDS, createConfirmations } from '../../src/server/confirm.ts';

const value = fc.jsonValue({ depthSize: 'small' });
const args = fc.dictionary(fc.string(), value, { maxKeys: 5, noNullPrototype: true });
const tool = fc.constantFrom('delete_version', 'delete_old_versions', 'set_metadata');
interface Change {
  readonly tool: string;
  readonly args: unknown;
  readonly shown: unknown;
}
const change: fc.Arbitrary<Change> = fc.record({ tool, args, shown: value }, { noNullPrototype: true });

/** The same document with the keys of every object in another order. */
function reordered(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(reordered);
  if (typeof given !== 'object' || given === null) return given;
  const entries = Object.entries(given).map(([key, item]) => [key, reordered(item)] as const);
  return Object.fromEntries(entries.reverse());
}

/** What JSON makes of it: -0 is 0 there. */
const written = (given: unknown): unknown => JSON.parse(JSON.stringify(given));
const same = (a: unknown, b: unknown): boolean => isDeepStrictEqual(written(a), written(b));

const issue = (tokens: ReturnType<typeof createConfirmations>, { tool, args, shown }: Change): string =>
  tokens.issue(tool, args, shown);
const refuse = (tokens: ReturnType<typeof createConfirmations>, token: string, one: Change): string | undefined =>
  tokens.refuse(token, one.tool, one.args, one.shown);

describe('a confirm token', () => {
  test('is good exactly once for the change that was shown, in whatever order its keys come', () => {
    fc.assert(
      fc.property(change, (one) => {
        const tokens = createConfirmations();
        const token = issue(tokens, one);
        expect(refuse(tokens, token, reordered(one) as Change)).toBeUndefined();
        // Asking whether it holds does not use it up; the act does.
        expect(refuse(tokens, token, one)).toBeUndefined();
        expect(tokens.use(token)).toBe(true);
        expect(tokens.use(token)).toBe(false);
        expect(refuse(tokens, token, one)).toContain('used before');
      }),
      { numRuns: 300 },
    );
  });

  test('is not good for any other tool, arguments or preview', () => {
    fc.assert(
      fc.property(change, change, fc.constantFrom('tool', 'args', 'shown'), (one, other, differs) => {
        const spoilt = { ...one, [differs]: other[differs as keyof Change] };
        fc.pre(!same(one, spoilt));
        const tokens = createConfirmations();
        const token = issue(tokens, one);
        expect(refuse(tokens, token, spoilt)).toMatch(differs === 'shown' ? /has changed/ : /another change/);
        // What another change tried does not spoil it.
        expect(refuse(tokens, token, one)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  test('is good for one list only in its own order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 6 }), (ids) => {
        const tokens = createConfirmations();
        const token = tokens.issue('t', { ids }, {});
        expect(tokens.refuse(token, 't', { ids: [...ids].reverse() }, {})).toContain('another change');
        expect(tokens.refuse(token, 't', { ids: ids.slice(1) }, {})).toContain('another change');
        expect(tokens.refuse(token, 't', { ids }, {})).toBeUndefined();
      }),
    );
  });

  test('is good until its time is over and never after', () => {
    const life = CONFIRM_SECONDS * 1_000;
    fc.assert(
      fc.property(
        change,
        fc.double({ min: -1e6, max: 1e9, noNaN: true }),
        fc.double({ min: 0, max: 3 * life, noNaN: true }),
        (one, start, waited) => {
          let now = start;
          const tokens = createConfirmations(() => now);
          const token = issue(tokens, one);
          now = start + waited;
          fc.pre(Math.abs(waited - life) > 1);
          const answer = refuse(tokens, token, one);
          if (waited < life) expect(answer).toBeUndefined();
          else expect(answer).toContain('too old');
          tokens.renew(token);
          now += life - 1;
          expect(refuse(tokens, token, one)).toBeUndefined();
        },
      ),
    );
  });

  test('can not be guessed or made out of others', () => {
    const tokens = createConfirmations();
    const one = { tool: 't', args: {}, shown: {} };
    const issued = Array.from({ length: 150 }, () => issue(tokens, one));
    expect(new Set(issued).size).toBe(issued.length);
    for (const token of issued) expect(token).toMatch(/^[A-Za-z0-9_-]{16,}$/);
    const guess = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '',
        'true',
        'undefined',
        'null',
        '__proto__',
        'constructor',
        ...issued.map((token) => token.slice(1)),
      ),
      fc.tuple(fc.constantFrom(...issued), fc.constantFrom(' ', '=', 'A')).map((parts) => parts.join('')),
      fc
        .tuple(fc.constantFrom(...issued), fc.constantFrom(...issued))
        .map(([a, b]) => a.slice(0, 8) + b.slice(8))
        .filter((made) => !issued.includes(made)),
      fc
        .constantFrom(...issued)
        .map((token) => token.toLowerCase())
        .filter((made) => !issued.includes(made)),
    );
    fc.assert(
      fc.property(guess, (token) => {
        expect(refuse(tokens, token, one)).toContain(token === '' ? 'was empty' : 'unknown');
      }),
      { numRuns: 1_000 },
    );
    for (const token of issued) expect(refuse(tokens, token, one)).toBeUndefined();
  });

  test('of one server is nothing to another', () => {
    fc.assert(
      fc.property(change, (one) => {
        expect(refuse(createConfirmations(), issue(createConfirmations(), one), one)).toContain('unknown');
      }),
    );
  });

  test('holds among many: the newest stay good, the oldest are given up, and none comes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), (count) => {
        const tokens = createConfirmations();
        const one = { tool: 't', args: {}, shown: {} };
        const issued = Array.from({ length: count }, () => issue(tokens, one));
        const good = issued.map((token) => refuse(tokens, token, one) === undefined);
        expect(good.slice(-100).every(Boolean)).toBe(true);
        expect(good.indexOf(true)).toBe(good.length - good.filter(Boolean).length);
        expect(issued.map((token) => tokens.use(token))).toEqual(good);
        expect(issued.some((token) => refuse(tokens, token, one) === undefined)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});
