import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLimiter, type Limiter, type Limits } from '../../src/client/limiter.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const now = (): number => performance.now();
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** One call that wants a turn: when it began, how often it was given up, and how to end it. */
interface Call {
  readonly owner: string;
  readonly control: AbortController;
  readonly began: number[];
  gaveUp: number;
  end?: () => void;
}

function ask(limiter: Limiter, owner: string, holds: number): Call {
  const call: Call = { owner, control: new AbortController(), began: [], gaveUp: 0 };
  limiter.turn(call.control.signal, owner).then(
    (end) => {
      call.began.push(now());
      call.end = end;
      setTimeout(end, holds);
    },
    () => {
      call.gaveUp += 1;
    },
  );
  return call;
}

type Step =
  | { readonly do: 'come'; readonly owner: string; readonly holds: number; readonly times: number }
  | { readonly do: 'cancel' | 'end early'; readonly which: number }
  | { readonly do: 'wait' | 'pause' | 'throttle'; readonly ms: number }
  | { readonly do: 'succeed'; readonly times: number };

const limits: fc.Arbitrary<Limits> = fc.record({
  rate: fc.integer({ min: 2, max: 200 }),
  burst: fc.integer({ min: 1, max: 50 }),
  inFlight: fc.integer({ min: 1, max: 20 }),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('come' as const),
      owner: fc.constantFrom('a', 'b', 'c'),
      holds: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 })),
      times: fc.integer({ min: 1, max: 30 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 2_000 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'end early' as const), which: fc.nat() }),
  },
  fc.record({ do: fc.constantFrom('pause' as const, 'throttle' as const), ms: fc.integer({ min: 0, max: 3_000 }) }),
  fc.record({ do: fc.constant('succeed' as const), times: fc.integer({ min: 1, max: 60 }) }),
);
const steps = fc.array(step, { maxLength: 25 });

/** Plays the steps, then waits until nobody can be waiting any more. */
async function play(one: Limits, all: readonly Step[]) {
  const limiter = createLimiter(one);
  const calls: Call[] = [];
  const quiet: { readonly from: number; readonly to: number }[] = [];
  for (const taken of all) {
    const chosen = 'which' in taken ? calls[taken.which % Math.max(1, calls.length)] : undefined;
    if (taken.do === 'come') {
      for (let n = 0; n < taken.times; n += 1) calls.push(ask(limiter, taken.owner, taken.holds));
    }
    if (taken.do === 'cancel') chosen?.control.abort(new Error('no longer wanted'));
    if (taken.do === 'end early') chosen?.end?.();
    if (taken.do === 'pause' || taken.do === 'throttle') {
      limiter[taken.do](taken.ms);
      quiet.push({ from: now(), to: now() + taken.ms });
    }
    if (taken.do === 'succeed') for (let n = 0; n < taken.times; n += 1) limiter.succeeded();
    await pass(taken.do === 'wait' ? taken.ms : 0);
  }
  // Two a second is the slowest there is, and three seconds the longest that anyone holds a turn.
  await pass(quiet.length * 3_000 + calls.length * 3_500 + 1_000);
  return { limiter, calls, quiet, starts: calls.flatMap(({ began }) => began).sort((a, b) => a - b) };
}

describe('turns, whatever sequence of calls, cancellations, pauses and refusals', () => {
  test('come to every call exactly once: it begins, or it was given up', async () => {
    await fc.assert(
      fc.asyncProperty(limits, steps, async (one, all) => {
        const { calls, limiter } = await play(one, all);
        for (const { began, gaveUp, control } of calls) {
          expect(began.length + gaveUp).toBe(1);
          if (gaveUp > 0) expect(control.signal.aborted).toBe(true);
        }
        expect(limiter.waiting).toBe(0);
      }),
      { numRuns: 80 },
    );
  });

  test('come never faster than the burst and the rate allow, in any window', async () => {
    await fc.assert(
      fc.asyncProperty(limits, steps, async (one, all) => {
        const { starts } = await play(one, all);
        // The first start of the widest window that is too full is found from its last one, looking back.
        for (let last = 0; last < starts.length; last += 1) {
          const over = starts.findIndex((from, first) => {
            const allowed = one.burst + ((starts[last] as number) - from) * (one.rate / 1_000);
            return first <= last && last - first + 1 > allowed + 1e-6;
          });
          expect(over).toBe(-1);
        }
      }),
      { numRuns: 80 },
    );
  });

  test('come never while a pause lasts', async () => {
    await fc.assert(
      fc.asyncProperty(limits, steps, async (one, all) => {
        const { starts, quiet } = await play(one, all);
        // What begins in the very millisecond in which a pause is asked for may have been before it.
        for (const { from, to } of quiet) expect(starts.filter((at) => at > from && at < to)).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  test('come to the calls of one owner in the order in which they came', async () => {
    await fc.assert(
      fc.asyncProperty(limits, steps, async (one, all) => {
        const { calls } = await play(one, all);
        for (const owner of ['a', 'b', 'c']) {
          const own = calls.filter((call) => call.owner === owner).flatMap(({ began }) => began);
          expect(own).toEqual([...own].sort((a, b) => a - b));
        }
      }),
      { numRuns: 80 },
    );
  });

  test('are never more at a time than allowed, and as many where there is work', async () => {
    const wanted = fc.array(fc.record({ owner: fc.nat(2), holds: fc.integer({ min: 1, max: 500 }) }), {
      maxLength: 80,
    });
    await fc.assert(
      fc.asyncProperty(limits, wanted, fc.boolean(), async (one, all, unlimited) => {
        const limiter = createLimiter({ ...one, ...(unlimited && { rate: 0 }) });
        let active = 0;
        let most = 0;
        const done = all.map(async ({ owner, holds }) => {
          const end = await limiter.turn(new AbortController().signal, owner);
          active += 1;
          most = Math.max(most, active);
          await new Promise((resolve) => setTimeout(resolve, holds));
          active -= 1;
          end();
          // A second end frees no second place.
          end();
        });
        await pass(all.length * 1_001);
        await Promise.all(done);
        expect(most).toBeLessThanOrEqual(one.inFlight);
        if (unlimited) expect(most).toBe(Math.min(one.inFlight, all.length));
      }),
      { numRuns: 100 },
    );
  });

  test('are refused at once to who has given up already', async () => {
    const limiter = createLimiter({ rate: 1, burst: 1, inFlight: 1 });
    const reason = new Error('gone');
    await expect(limiter.turn(AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(limiter.waiting).toBe(0);
  });
});

describe('between owners', () => {
  test('a single call waits for one turn of every other owner at most, however many they want', async () => {
    const crowd = fc.record({ owners: fc.integer({ min: 1, max: 5 }), each: fc.integer({ min: 1, max: 100 }) });
    await fc.assert(
      fc.asyncProperty(limits, crowd, fc.nat(2_000), async (one, { owners, each }, ms) => {
        const limiter = createLimiter(one);
        const order: string[] = [];
        const want = (owner: string): void => {
          void limiter.turn(new AbortController().signal, owner).then((end) => {
            order.push(owner);
            setTimeout(end, 100);
          });
        };
        for (let n = 0; n < each; n += 1) for (let owner = 0; owner < owners; owner += 1) want(`many ${owner}`);
        await pass(ms);
        const before = order.length;
        want('single');
        await pass(each * owners * 600 + 1_000);
        expect(order).toHaveLength(each * owners + 1);
        expect(order.indexOf('single') - before).toBeLessThanOrEqual(owners);
      }),
      { numRuns: 60 },
    );
  });

  test('turns go round while everybody has something to do', async () => {
    const counts = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(limits, counts, async (one, wanted) => {
        const limiter = createLimiter(one);
        // Nobody begins before all have come.
        limiter.pause(10);
        const order: number[] = [];
        for (const [owner, count] of wanted.entries()) {
          for (let n = 0; n < count; n += 1) {
            void limiter.turn(new AbortController().signal, owner).then((end) => {
              order.push(owner);
              setTimeout(end, 50);
            });
          }
        }
        await pass(wanted.reduce((sum, count) => sum + count) * 600 + 1_000);
        const rounds = Array.from({ length: Math.max(...wanted) }, (_, round) =>
          wanted.flatMap((count, owner) => (count > round ? [owner] : [])),
        );
        expect(order).toEqual(rounds.flat());
      }),
      { numRuns: 60 },
    );
  });
});
