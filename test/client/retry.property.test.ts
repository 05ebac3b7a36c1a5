import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { IconikError } from '../../src/client/errors.ts';
import { createClient, defaults } from '../../src/client/index.ts';
import { askedFor, createBudget, delay, type Failure, mayRepeat, policy } from '../../src/client/retry.ts';
import { restartClock, stopClock } from '../support/clock.ts';

const LATER = [408, 429, 500, 502, 503, 504];
const failure: fc.Arbitrary<Failure> = fc.record(
  { status: fc.integer({ min: 100, max: 599 }), unsent: fc.boolean(), asked: fc.integer({ min: 0, max: 100_000 }) },
  { requiredKeys: ['unsent'] },
);
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('a wait', () => {
  test('is between nothing and the ceiling; after a 429 a second more; and never shorter than what was asked for', () => {
    fc.assert(
      fc.property(failure, fc.integer({ min: 1, max: 60 }), chance, (one, attempt, random) => {
        const wait = delay(one, attempt, () => random);
        const tooLong = one.asked !== undefined && one.asked > policy.longest;
        expect(wait === undefined).toBe(tooLong);
        if (tooLong) return;
        const least = one.asked ?? (one.status === 429 ? 1_000 : 0);
        expect(wait).toBeGreaterThanOrEqual(least);
        expect(wait).toBeLessThanOrEqual(least + policy.ceiling);
        // Nothing asked for: no longer than what doubles with each attempt.
        if (least === 0) expect(wait).toBeLessThanOrEqual(policy.base * 2 ** attempt);
      }),
      { numRuns: 500 },
    );
  });

  test('grows with chance and with the number of attempts', () => {
    fc.assert(
      fc.property(failure, fc.integer({ min: 1, max: 20 }), chance, chance, (one, attempt, a, b) => {
        const at = (n: number, random: number) => delay(one, n, () => random) ?? -1;
        expect(at(attempt, Math.max(a, b))).toBeGreaterThanOrEqual(at(attempt, Math.min(a, b)));
        expect(at(attempt + 1, a)).toBeGreaterThanOrEqual(at(attempt, a));
      }),
    );
  });
});

describe('what the headers ask for', () => {
  const now = Date.parse('2026-03-01T09:30:00Z');
  const of = (name: string, value: string): number | undefined => askedFor(new Headers({ [name]: value }), now);

  test('is a span of milliseconds or nothing, whatever stands there', () => {
    const odd = fc.constantFrom(
      '',
      ' ',
      '-1',
      '1e400',
      'NaN',
      'Infinity',
      '0x10',
      '1,2',
      'soon',
      '-0',
      '9'.repeat(400),
    );
    const value = fc.oneof(odd, fc.string({ unit: 'grapheme-ascii' }), fc.double().map(String), fc.date().map(String));
    const name = fc.constantFrom('retry-after', 'ratelimit-reset', 'x-ratelimit-reset');
    fc.assert(
      fc.property(name, value, (header, text) => {
        const asked = of(header, text);
        if (asked === undefined) return;
        expect(asked).toBeGreaterThanOrEqual(0);
        expect(Number.isNaN(asked)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  test('is the same as seconds, as a date, and as a moment in seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_400 }), (seconds) => {
        expect(of('retry-after', String(seconds))).toBe(seconds * 1_000);
        expect(of('retry-after', new Date(now + seconds * 1_000).toUTCString())).toBe(seconds * 1_000);
        expect(of('ratelimit-reset', String(now / 1_000 + seconds))).toBe(seconds * 1_000);
        // What lies behind us is over.
        expect(of('retry-after', new Date(now - seconds * 1_000).toUTCString())).toBe(0);
      }),
    );
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-03-01T09:30:00Z');
  const asked = (value: string): number | undefined => askedFor(new Headers({ 'retry-after': value }), now);

  test.each([
    '1e1',
    '0x10',
    '1.5',
    '5, 10',
    '5 s',
    '12:15',
    '2026-03-01',
    '2026-03-01T09:45:00Z',
    '1 Mar',
    '1767225600000',
  ])('asks for nothing if it is neither digits nor a date of HTTP: %s', (value) => {
    expect(asked(value)).toBeUndefined();
  });

  test.each(['Sun, 01 Mar 2026 09:30:05 GMT', 'Sunday, 01-Mar-26 09:30:05 GMT', 'Sun Mar  1 09:30:05 2026'])(
    'may be a date in each of the forms of HTTP: %s',
    (value) => {
      expect(asked(value)).toBe(5_000);
    },
  );

  test('never lets a throttled request go again within a second', () => {
    for (const value of ['0', 'Sun, 01 Mar 2026 09:29:00 GMT', 'nonsense']) {
      const span = asked(value);
      const failure: Failure = { status: 429, unsent: false, ...(span !== undefined && { asked: span }) };
      expect(delay(failure, 1, () => 0)).toBeGreaterThanOrEqual(1_000);
    }
  });
});

describe('a repeat', () => {
  test('of a write is made only where nothing was sent or Iconik said "later"', () => {
    fc.assert(
      fc.property(failure, (one) => {
        const told = one.status === 429 || (one.status === 503 && one.asked !== undefined);
        expect(mayRepeat(one, false)).toBe(one.unsent || told);
      }),
      { numRuns: 500 },
    );
  });

  test('of a read is made for what may pass, and never for an answer that will be the same', () => {
    fc.assert(
      fc.property(failure, (one) => {
        expect(mayRepeat(one, true)).toBe(one.unsent || one.status === undefined || LATER.includes(one.status));
        // Whatever a write may, a read may.
        if (mayRepeat(one, false)) expect(mayRepeat(one, true)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('is paid for: the budget never lends, never grows above its size, and two successes buy one', () => {
    const acts = fc.array(fc.boolean(), { maxLength: 300 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), acts, (size, all) => {
        const budget = createBudget(size);
        let left = size;
        for (const spends of all) {
          if (spends) {
            expect(budget.spend()).toBe(left >= 1);
            if (left >= 1) left -= 1;
          } else {
            budget.earn();
            left = Math.min(size, left + 0.5);
          }
        }
        let rest = 0;
        while (budget.spend()) rest += 1;
        expect(rest).toBe(Math.floor(left));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a call', () => {
  // Loading a module takes real time.
  beforeAll(async () => {
    await import('../../src/client/sender.ts');
  });
  beforeEach(() => {
    stopClock();
  });
  afterEach(() => {
    restartClock();
  });

  const GET = 'GET /assets/v1/assets/{asset_id}/';
  const PATCH = 'PATCH /assets/v1/assets/{asset_id}/';
  /** What the upstream does with one request: a status, how long it takes, and what it asks for. */
  const answer = fc.record({
    status: fc.oneof(fc.constantFrom(...LATER), fc.constantFrom(200, 204, 302, 400, 403, 404, 409), fc.constant(0)),
    takes: fc.constantFrom(0, 10, 500, 5_000),
    after: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined, freq: 2 }),
  });

  type Answered = typeof answer extends fc.Arbitrary<infer T> ? T : never;
  const STEP = 500;

  /** Status 0 is a connection that broke: no answer, and nothing asked for. */
  const failureOf = ({ status, after }: Answered): Failure =>
    status === 0 ? { unsent: false } : { status, unsent: false, ...(after !== undefined && { asked: after * 1_000 }) };

  async function made(script: readonly Answered[], route: typeof GET | typeof PATCH) {
    const sent: number[] = [];
    const client = createClient({
      ...defaults,
      baseUrl: 'https://app.iconik.io',
      appId: 'app',
      authToken: 'token',
      userAgent: 'test',
      fetch: async (input, init) => {
        const { signal } = new Request(input, init);
        const { status, takes, after } = script[Math.min(sent.length, script.length - 1)] ?? {
          status: 200,
          takes: 0,
          after: undefined,
        };
        sent.push(performance.now());
        await new Promise<void>((resolve, reject) => {
          setTimeout(resolve, takes);
          signal.addEventListener('abort', () => reject(signal.reason));
        });
        if (status === 0) throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } });
        const headers = after === undefined ? {} : { 'retry-after': String(after) };
        return new Response(status === 204 ? null : '{}', { status, headers });
      },
    });
    const began = performance.now();
    let over = Number.NaN;
    const ended = client.request(route, { asset_id: 'a1', ...(route === PATCH && { title: 'x' }) }).then(
      (value) => ({ value, error: undefined }),
      (error: unknown) => ({ value: undefined, error }),
    );
    void ended.then(() => {
      over = performance.now();
    });
    // Far beyond any deadline, in steps, so that work between two timers gets its turn.
    for (let n = 0; n < 120 && Number.isNaN(over); n += 1) await vi.advanceTimersByTimeAsync(STEP);
    return { sent, took: over - began, ...(await ended) };
  }

  test('sends at most four requests, waits as told between them, and ends in time with one answer or one error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(GET, PATCH),
        async (script, route) => {
          const { sent, took, value, error } = await made(script, route);
          expect(sent.length).toBeGreaterThanOrEqual(1);
          expect(sent.length).toBeLessThanOrEqual(1 + policy.retries);
          expect(took).toBeLessThanOrEqual(defaults.deadline + STEP);
          const of = (n: number) => script[Math.min(n, script.length - 1)] ?? script[0];
          for (let n = 0; n + 1 < sent.length; n += 1) {
            const one = of(n);
            if (!one) continue;
            expect(mayRepeat(failureOf(one), route === GET)).toBe(true);
            const gap = (sent[n + 1] as number) - (sent[n] as number) - one.takes;
            const { asked } = failureOf(one);
            expect(gap).toBeGreaterThanOrEqual(asked ?? (one.status === 429 ? 1_000 : 0));
            expect(asked ?? 0).toBeLessThanOrEqual(policy.longest);
          }
          const last = of(sent.length - 1);
          if (value) {
            expect(last?.status).toBeLessThan(300);
            return;
          }
          expect(error).toBeInstanceOf(IconikError);
          const { attempts, earlier, outcomeUnknown, code } = error as IconikError;
          if (code === 'timeout') return;
          expect(attempts).toBe(sent.length);
          expect(earlier).toHaveLength(sent.length - 1);
          const mayHaveHappened = [0, 408, 500, 502, 504].includes(last?.status ?? -1);
          if (route === GET || !mayHaveHappened) expect(outcomeUnknown).toBe(false);
          else if (last?.status !== 408) expect(outcomeUnknown).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
