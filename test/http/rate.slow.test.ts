import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Replica, replica } from '../support/fleet.ts';
import { mostInOneSecond } from '../support/moments.ts';
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts';
import { APP_ID, json, type Script, TOKEN, type Upstream, upstream } from '../support/upstream.ts';

/** Requests a second that all replicas may send together. */
const RATE = 45;
const SECONDS = 6;

/** Any asset, a moment later. */
const anAsset: Script = async ({ path }, response) => {
  await sleep(50);
  json(response, 200, { id: path.split('/').at(-2), title: 'An asset' });
};

describe.skipIf(!hasRedis)('three processes with one user of Iconik', () => {
  let redis: RedisServer;
  let iconik: Upstream;
  let replicas: Replica[];

  beforeAll(async () => {
    redis = await startRedis();
    iconik = await upstream(anAsset);
  });
  beforeEach(async () => {
    const account = { url: iconik.url, appId: APP_ID, authToken: TOKEN };
    replicas = await Promise.all([1, 2, 3].map(() => replica({ redis, iconik: account })));
    // The first call of a process loads its tools.
    await Promise.all(replicas.map((one) => one.call('get_asset', { asset_id: crypto.randomUUID() })));
  });
  afterEach(async () => {
    for (const { running } of replicas) running.child.kill('SIGKILL');
    await Promise.all(replicas.map(({ running }) => running.exit));
  });
  afterAll(async () => {
    await iconik[Symbol.asyncDispose]();
    await redis.end();
  });

  /** Each of them has calls waiting all the time; answers when the requests of all arrived in that time. */
  async function load(seconds: number): Promise<number[]> {
    const from = iconik.seen.length;
    const end = performance.now() + seconds * 1_000;
    const work = async ({ call }: Replica): Promise<void> => {
      while (performance.now() < end) await call('get_asset', { asset_id: crypto.randomUUID() });
    };
    await Promise.all(replicas.flatMap((one) => Array.from({ length: 8 }, () => work(one))));
    const moments = iconik.seen.slice(from).map(({ at }) => at);
    return moments.filter((at) => at < (moments[0] ?? 0) + seconds * 1_000);
  }

  test('send at most 50 requests in any one second, and use nine tenths of what is allowed', async () => {
    const moments = await load(SECONDS);
    const [most, share] = [mostInOneSecond(moments), moments.length / (RATE * SECONDS)];
    console.info(`most in one second: ${most}; of what is allowed: ${Math.round(share * 100)} %`);
    expect(most).toBeLessThanOrEqual(50);
    expect(share).toBeGreaterThanOrEqual(0.9);
  });

  test('all send nothing for as long as Iconik asked one of them to wait', async () => {
    let refused: number | undefined;
    await iconik.renew((request, response, count) => {
      if (count !== 40) return anAsset(request, response, count);
      refused = request.at;
      json(response, 429, {}, { 'retry-after': '2' });
    });
    const moments = await load(5);
    expect(refused).toBeDefined();
    const after = moments.map((at) => at - (refused ?? 0));
    // One request of each has its turn already, a moment after the answer.
    expect(after.filter((ms) => ms > 300 && ms < 2_000)).toEqual([]);
    expect(after.filter((ms) => ms >= 2_000).length).toBeGreaterThan(20);
  });
});
