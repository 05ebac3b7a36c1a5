import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts';
import { closeStates, replicas } from '../support/replicas.ts';
import { ids, type World } from '../support/world.ts';

const made = (requests: readonly string[]) => requests.filter((one) => /^(POST|PUT|PATCH|DELETE) /.test(one));

describe.skipIf(!hasRedis)('replicas', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(closeStates);
  afterAll(() => redis.end());

  const three = async () => (await replicas(redis, 3, { tenant: crypto.randomUUID() })) as [World, World, World];

  test('do a change once that was planned on one and confirmed at once on two others', async () => {
    const [a, b, c] = await three();
    const { confirm } = await a.call('delete_assets', { assets: [ids.interview] });
    const both = await Promise.all([b, c].map((one) => one.raw('delete_assets', { confirm })));
    expect(both.filter(({ isError }) => !isError)).toHaveLength(1);
    expect([...made(b.requests), ...made(c.requests)].filter((one) => one.startsWith('DELETE'))).toHaveLength(1);
    expect(await a.refused('delete_assets', { confirm })).toMatch(/used before/);
  });
});
