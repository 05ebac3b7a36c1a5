import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSharedTurns } from '../../src/server/shared_turns.ts';
import { createTurns } from '../../src/server/turns.ts';
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts';
import { closeStates, state } from '../support/replicas.ts';

const never = new AbortController().signal;

describe.skipIf(!hasRedis)('turns among replicas', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(closeStates);
  afterAll(() => redis.end());

  async function two() {
    const tenant = crypto.randomUUID();
    const claims = [(await state(redis)).forTenant(tenant), (await state(redis)).forTenant(tenant)] as const;
    const [a, b] = claims.map((one) => createSharedTurns(createTurns(), one));
    if (!a || !b) throw new Error('there are two');
    return { a, b, claims };
  }
  const now = () => performance.now();

  test('are had by one at a time where they share an object, and at once where they do not', async () => {
    const { a, b } = await two();
    const order: string[] = [];
    const first = await a.take(['one', 'two'], now(), never);
    const other = await b.take(['three'], now(), never);
    const second = b.take(['two', 'three'], now(), never).then((turn) => {
      order.push('second');
      return turn;
    });
    other.end();
    await new Promise((resolve) => setTimeout(resolve, 300));
    order.push('first ends');
    first.end();
    expect((await second).overtaken).toBe(true);
    expect(order).toEqual(['first ends', 'second']);
    (await second).end();
  });

  test('say whether another has had its turn since, and not where that was before', async () => {
    const { a, b } = await two();
    const early = now();
    expect((await a.take(['one'], early, never)).overtaken).toBe(false);
    expect(await b.take([], early, never)).toMatchObject({ overtaken: false });
    const { a: c, b: d } = await two();
    const began = now();
    (await c.take(['one'], began, never)).end();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const late = now();
    const turn = await d.take(['one'], late, never);
    expect(turn.overtaken).toBe(false);
    turn.end();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await c.take(['one'], began, never)).overtaken).toBe(true);
  });

  test('are waited for only as long as the caller is there', async () => {
    const { a, b } = await two();
    const first = await a.take(['one'], now(), never);
    const control = new AbortController();
    const waiting = b.take(['one'], now(), control.signal);
    setTimeout(() => control.abort(new Error('left')), 50);
    await expect(waiting).rejects.toThrow('left');
    first.end();
    (await b.take(['one'], now(), never)).end();
  });

  test('are given back by their owner alone, and end by themselves where that is gone', async () => {
    const { b, claims } = await two();
    const claim = { names: ['one'], owner: 'somebody who dies' };
    expect(await claims[0].claim({ ...claim, lifetime: 400 })).toBe(Number.POSITIVE_INFINITY);
    await claims[1].release({ names: ['one'], owner: 'somebody else' });
    const began = now();
    const turn = await b.take(['one'], began, never);
    expect(now() - began).toBeGreaterThan(300);
    expect(turn.overtaken).toBe(true);
    turn.end();
  });

  test('are refused, with the reason, while Redis is away', async () => {
    const { a } = await two();
    redis.freeze();
    const refused = a.take(['one'], now(), never);
    await expect(refused).rejects.toThrow(/does not answer, and whether another .* Nothing was changed/);
    redis.thaw();
    const again = async () => a.take(['two'], now(), never).then((turn) => turn.end());
    await expect.poll(() => again().then(() => 'had')).toBe('had');
  });
});
