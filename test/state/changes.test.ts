import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts';
import { closeStates, holding, replicas, state } from '../support/replicas.ts';
import { ids, type World, type WorldOptions, world } from '../support/world.ts';

const CHANGED = 'The object has changed since the preview. Nothing was changed.';

describe.skipIf(!hasRedis)('two changes of the same object on two replicas', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(closeStates);
  afterAll(() => redis.end());

  const two = async (options: WorldOptions = {}) =>
    (await replicas(redis, 2, { tenant: crypto.randomUUID(), ...options })) as [World, World];
  const plan = async (one: World, keyword: string): Promise<string> => {
    const values = { Keywords: [keyword] };
    const { confirm } = await one.call('set_metadata', { assets: ids.twins, values, how: 'replace' });
    return confirm;
  };
  const keywords = async ({ call }: World): Promise<string> =>
    JSON.stringify(await call('read_metadata', { assets: ids.twins, labels: ['Keywords'] }));

  test('that are confirmed at once: one is done, the other is shown anew', async () => {
    const [a, b] = await two();
    const tokens = [await plan(a, 'quay'), await plan(b, 'tide')];
    const results = await Promise.all([a, b].map((one, n) => one.raw('set_metadata', { confirm: tokens[n] })));
    const texts = results.map(({ isError, content }) => `${isError ?? false} ${JSON.stringify(content)}`);
    expect(texts.filter((text) => text.includes(CHANGED))).toHaveLength(1);
    const isFirst = texts[0]?.startsWith('false');
    expect(await keywords(a)).toContain(isFirst ? 'quay' : 'tide');
    expect(await keywords(a)).not.toContain(isFirst ? 'tide' : 'quay');
  });

  test.each([
    ['the same', (a: World) => a],
    ['another', (_: World, b: World) => b],
  ])('a plan that was read before a change on %s replica ended is made again', async (_, other) => {
    const { fetch, hold } = holding();
    const [a, b] = await two({ fetch });
    const [first, second] = [await plan(a, 'quay'), await plan(b, 'tide')];
    // Two assets, the search for them, and the values of each.
    const reads = 5;
    const release = hold(0, 'answer', reads - 1);
    const before = a.requests.length;
    const late = a.raw('set_metadata', { confirm: first });
    await expect.poll(() => a.requests.length - before).toBe(reads);
    await other(a, b).call('set_metadata', { confirm: second });
    release();
    expect(JSON.stringify(await late)).toContain(CHANGED);
    expect(await keywords(a)).toContain('tide');
  });

  test('whoever comes right after a token was used up on another replica is told so', async () => {
    const tenant = crypto.randomUUID();
    const [b] = (await replicas(redis, 1, { tenant })) as [World];
    const shared = (await state(redis)).forTenant(tenant);
    let told: string | undefined;
    const a = await world({
      library: b.sandbox,
      state: {
        ...shared,
        async take(...taken) {
          const isFirst = await shared.take(...taken);
          told = await b.refused('set_metadata', { confirm: taken[0] });
          return isFirst;
        },
      },
    });
    expect(await a.call('set_metadata', { confirm: await plan(a, 'quay') })).toMatchObject({ status: 'done' });
    expect(told).toContain('used before');
  });
});
