import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLimiter, type Limiter } from '../../src/client/limiter.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** So many calls that want a turn and end at once; `begun` counts those that had it. */
function crowd(limiter: Limiter, size: number) {
  const controls = Array.from({ length: size }, () => new AbortController());
  let begun = 0;
  for (const control of controls) {
    limiter.turn(control.signal, 'crowd').then(
      (end) => {
        begun += 1;
        end();
      },
      () => undefined,
    );
  }
  const leave = (): void => {
    for (const control of controls) control.abort();
  };
  return { begun: () => begun, leave };
}

/** How many begin within so many milliseconds. */
async function within(ms: number, { begun }: ReturnType<typeof crowd>): Promise<number> {
  const before = begun();
  await pass(ms);
  return begun() - before;
}

describe('the pace', () => {
  test('is kept: what a rate allows is also reached, and not exceeded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 100 }), fc.integer({ min: 1, max: 50 }), async (rate, burst) => {
        const waiting = crowd(createLimiter({ rate, burst, inFlight: 10 }), burst + rate * 6);
        await pass(0);
        expect(waiting.begun()).toBe(burst);
        const begun = await within(5_000, waiting);
        expect(begun).toBeLessThanOrEqual(rate * 5);
        // A timer counts whole milliseconds: at a rate of 100 it may come a tenth late.
        expect(begun).toBeGreaterThanOrEqual(Math.floor(rate * 4.5));
      }),
      { numRuns: 20 },
    );
  });

  test('halves at a refusal, and is never less than two a second', async () => {
    const busy = fc.record({ rate: fc.integer({ min: 4, max: 100 }), ms: fc.integer({ min: 0, max: 5_000 }) });
    await fc.assert(
      fc.asyncProperty(busy, async ({ rate, ms }) => {
        const limiter = createLimiter({ rate, burst: rate, inFlight: 1_000 });
        const waiting = crowd(limiter, rate * 5);
        for (let n = 0; n < 100; n += 1) limiter.succeeded();
        await pass(500);
        limiter.throttle(ms);
        expect(await within(ms, waiting)).toBeLessThanOrEqual(1);
        const begun = await within(5_000, waiting);
        expect(begun).toBeLessThanOrEqual((rate / 2) * 5 + 1);
        expect(begun).toBeGreaterThanOrEqual(Math.floor(Math.max(rate / 2, 2) * 4.5));
      }),
      { numRuns: 20 },
    );
  });

  test('halves once for refusals that come together, and again for a later one', async () => {
    const refusals = fc.record({ rate: fc.integer({ min: 16, max: 100 }), together: fc.integer({ min: 2, max: 20 }) });
    await fc.assert(
      fc.asyncProperty(refusals, async ({ rate, together }) => {
        const limiter = createLimiter({ rate, burst: rate, inFlight: 1_000 });
        const waiting = crowd(limiter, rate * 6);
        for (let n = 0; n < 100; n += 1) limiter.succeeded();
        for (let n = 0; n < together; n += 1) limiter.throttle(1_000);
        await pass(1_000);
        const once = await within(5_000, waiting);
        expect(once).toBeLessThanOrEqual((rate / 2) * 5 + 1);
        expect(once).toBeGreaterThanOrEqual(Math.floor((rate / 2) * 4.5));
        limiter.throttle(0);
        expect(await within(5_000, waiting)).toBeLessThanOrEqual(Math.max(rate / 4, 2) * 5 + 1);
      }),
      { numRuns: 20 },
    );
  });

  test('falls to what really came through, where that is less than half', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 40, max: 100 }), fc.integer({ min: 2, max: 15 }), async (rate, came) => {
        const limiter = createLimiter({ rate, burst: rate, inFlight: 1_000 });
        const waiting = crowd(limiter, rate + came * 10);
        await pass(0);
        for (let n = 0; n < came; n += 1) limiter.succeeded();
        limiter.throttle(0);
        expect(await within(5_000, waiting)).toBeLessThanOrEqual(came * 5 + 1);
      }),
      { numRuns: 20 },
    );
  });

  test('rises with every answer, never above what it was, and is whole again after some ten seconds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 4, max: 40 }), async (rate) => {
        const limiter = createLimiter({ rate, burst: 1, inFlight: 1_000 });
        limiter.throttle(0);
        const seconds: number[] = [];
        for (let second = 0; second < 13; second += 1) {
          const waiting = crowd(limiter, rate * 2);
          seconds.push(await within(1_000, waiting));
          for (let n = 0; n < waiting.begun(); n += 1) limiter.succeeded();
          waiting.leave();
          await pass(0);
        }
        // One start more or less falls on either side of a second, and a timer counts whole milliseconds.
        const slack = 1 + rate / 10;
        for (const [n, begun] of seconds.entries()) {
          expect(begun).toBeGreaterThanOrEqual((seconds[n - 1] ?? 0) - slack);
          expect(begun).toBeLessThanOrEqual(rate + 1);
        }
        expect(seconds[0]).toBeLessThanOrEqual(rate / 2 + 1);
        expect(seconds.at(-1)).toBeGreaterThanOrEqual(rate - slack);
      }),
      { numRuns: 12 },
    );
  });

  test('while it is slowed, an idle time gathers no burst', async () => {
    const idle = fc.record({ rate: fc.integer({ min: 4, max: 100 }), ms: fc.integer({ min: 0, max: 60_000 }) });
    await fc.assert(
      fc.asyncProperty(idle, async ({ rate, ms }) => {
        const limiter = createLimiter({ rate, burst: rate, inFlight: 1_000 });
        limiter.throttle(0);
        await pass(ms);
        const waiting = crowd(limiter, rate);
        await pass(0);
        expect(waiting.begun()).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });

  test('without a rate there is one after a refusal, until enough answers came', async () => {
    const limiter = createLimiter({ rate: 0, burst: 45, inFlight: 1_000 });
    for (let n = 0; n < 30; n += 1) limiter.succeeded();
    limiter.throttle(0);
    const slowed = crowd(limiter, 400);
    expect(await within(5_000, slowed)).toBeLessThanOrEqual(151);
    expect(slowed.begun()).toBeGreaterThan(100);
  });
});

describe('a pause', () => {
  test('lasts as long as the longest of those that were asked for, and begins no burst', async () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 50 }), pauses, fc.boolean(), async (rate, all, refused) => {
        const limiter = createLimiter({ rate, burst: rate, inFlight: 1_000 });
        const waiting = crowd(limiter, rate * 3);
        await pass(0);
        expect(waiting.begun()).toBe(rate);
        for (const ms of all) limiter[refused ? 'throttle' : 'pause'](ms);
        const longest = Math.max(...all);
        if (longest > 1) expect(await within(longest - 1, waiting)).toBe(0);
        // The pause ends within the first millisecond of these.
        expect(await within(1_001, waiting)).toBeLessThanOrEqual(rate + 2);
        expect(waiting.begun()).toBeGreaterThan(rate);
      }),
      { numRuns: 40 },
    );
  });
});
