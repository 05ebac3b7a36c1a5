import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createOrder } from '../../src/client/order.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const work = fc.record({
  key: fc.option(fc.constantFrom('a', 'b', '__proto__'), { nil: undefined }),
  /** Milliseconds after the one before it. */
  after: fc.integer({ min: 0, max: 30 }),
  takes: fc.integer({ min: 0, max: 100 }),
  ends: fc.constantFrom('well', 'badly', 'at once', 'badly at once'),
});
type Work = typeof work extends fc.Arbitrary<infer T> ? T : never;

interface Done extends Work {
  readonly n: number;
  asked: number;
  began: number;
  ended: number;
  settled: PromiseSettledResult<number> | undefined;
}

/** Runs all of it and says what happened when. */
async function play(all: readonly Work[]): Promise<Done[]> {
  const order = createOrder();
  const done: Done[] = [];
  const running: Promise<unknown>[] = [];
  for (const [n, one] of all.entries()) {
    await vi.advanceTimersByTimeAsync(one.after);
    const own: Done = { ...one, n, asked: performance.now(), began: -1, ended: -1, settled: undefined };
    done.push(own);
    const settled = order(one.key, async () => {
      own.began = performance.now();
      if (!one.ends.endsWith('at once')) await new Promise((resolve) => setTimeout(resolve, one.takes));
      own.ended = performance.now();
      if (one.ends.startsWith('badly')) throw new Error(`${n} failed`);
      return n;
    });
    running.push(
      Promise.allSettled([settled]).then(([result]) => {
        own.settled = result;
      }),
    );
  }
  await vi.advanceTimersByTimeAsync(all.length * 101);
  await Promise.all(running);
  return done;
}

const works = fc.array(work, { maxLength: 30 });

describe('writes', () => {
  test('under one key never overlap and keep the order in which they came', async () => {
    await fc.assert(
      fc.asyncProperty(works, async (all) => {
        const done = await play(all);
        for (const key of ['a', 'b', '__proto__']) {
          const own = done.filter((one) => one.key === key);
          for (const [n, one] of own.entries()) {
            const before = own[n - 1];
            // Neither too early nor later than it has to be.
            expect(one.began).toBe(Math.max(one.asked, before?.ended ?? 0));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('without a key, or under another, do not wait', async () => {
    await fc.assert(
      fc.asyncProperty(works, async (all) => {
        const done = await play(all);
        for (const one of done) {
          const alone = !done.some((other) => other !== one && other.key === one.key);
          if (one.key === undefined || alone) expect(one.began).toBe(one.asked);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('each end with their own result or their own error, whatever came before', async () => {
    await fc.assert(
      fc.asyncProperty(works, async (all) => {
        for (const { n, ends, settled } of await play(all)) {
          if (!ends.startsWith('badly')) expect(settled).toEqual({ status: 'fulfilled', value: n });
          else expect(settled).toMatchObject({ status: 'rejected', reason: { message: `${n} failed` } });
        }
      }),
      { numRuns: 100 },
    );
  });

  test('do not pile up: a thousand that are over leave nothing to wait for', async () => {
    const order = createOrder();
    for (let n = 0; n < 1_000; n += 1) await order('a', async () => n).catch(() => undefined);
    let began = false;
    const last = order('a', async () => {
      began = true;
    });
    expect(began).toBe(true);
    await last;
  });
});
