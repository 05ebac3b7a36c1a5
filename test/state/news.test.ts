import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts';
import { closeStates, state } from '../support/replicas.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe.skipIf(!hasRedis)('news', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(closeStates);
  afterAll(() => redis.end());

  const replica = async (tenant: string) => (await state(redis)).forTenant(tenant);

  test('reach every other replica once, in their order, however many there are', async () => {
    const tenant = crypto.randomUUID();
    const [a, b, c] = [await replica(tenant), await replica(tenant), await replica(tenant)];
    const all = Array.from({ length: 1_200 }, (_, n) => n);
    for (const value of all) await a.publish([{ value, lifetime: MINUTE }]);
    expect((await b.news()).map(({ value }) => value)).toEqual(all);
    expect(await b.news()).toEqual([]);
    // Calls that come at the same time do not read the same twice.
    const several = await Promise.all([c.news(), c.news(), c.news()]);
    expect(several.flat().map(({ value }) => value)).toEqual(all);
    expect(await a.news()).toEqual([]);
  });

  test('that were published before a replica began are known to it, with what is left of their time', async () => {
    const tenant = crypto.randomUUID();
    await (await replica(tenant)).publish([
      { value: 'for minutes', lifetime: MINUTE },
      { value: 'for hours', lifetime: 3 * HOUR },
      { value: 'for a moment', lifetime: 1 },
    ]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const found = await (await replica(tenant)).news();
    expect(found.map(({ value }) => value).sort()).toEqual(['for hours', 'for minutes']);
    for (const { lifetime } of found) expect(lifetime).toBeLessThanOrEqual(3 * HOUR);
  });

  test('of one tenant do not reach another', async () => {
    const [a, b] = [await replica('one'), await replica('two')];
    await a.publish([{ value: 'for one', lifetime: MINUTE }]);
    expect(await b.news()).toEqual([]);
  });

  test('that were published before Redis went away are not lost', async () => {
    const tenant = crypto.randomUUID();
    const [a, b] = [await replica(tenant), await replica(tenant)];
    await a.publish([{ value: 'kept', lifetime: MINUTE }]);
    redis.freeze();
    await expect(b.news()).rejects.toMatchObject({ name: 'StateGone' });
    redis.thaw();
    const read = async () => (await b.news().catch(() => [])).map(({ value }) => value);
    await expect.poll(read, { timeout: 20_000 }).toEqual(['kept']);
  });
});
