import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createClient, defaults } from '../../src/client/index.ts';
import { mostInOneSecond } from '../support/moments.ts';
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts';
import { closeStates, state } from '../support/replicas.ts';

const SECONDS = 6;
const REPLICAS = 3;

describe.skipIf(!hasRedis)('three replicas with one user of Iconik', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(closeStates);
  afterAll(() => redis.end());

  /** Three clients with requests waiting all the time, for `SECONDS`; answers when each was sent. */
  async function load(meanwhile: () => Promise<void> = async () => undefined): Promise<number[]> {
    const sent: number[] = [];
    const control = new AbortController();
    setMaxListeners(0, control.signal);
    const user = crypto.randomUUID();
    const clients = await Promise.all(
      Array.from({ length: REPLICAS }, async (_, n) => {
        const { turn } = (await state(redis, { replicas: REPLICAS })).forTenant(`tenant ${n}`, user);
        return createClient({
          ...defaults,
          turn,
          baseUrl: 'https://iconik.example',
          appId: 'app',
          authToken: 'token',
          userAgent: 'test',
          async fetch() {
            sent.push(performance.now());
            await sleep(100);
            return Response.json({ objects: [] });
          },
        });
      }),
    );
    const work = clients.flatMap((client) =>
      Array.from({ length: defaults.limits.inFlight }, async () => {
        while (!control.signal.aborted)
          await client.request('GET /assets/v1/assets/', {}, { signal: control.signal }).catch(() => undefined);
      }),
    );
    await Promise.all([sleep(SECONDS * 1_000), meanwhile()]);
    control.abort();
    await Promise.all(work);
    return sent;
  }

  test('send at most 50 requests in any one second, and use nine tenths of what is allowed', async () => {
    const sent = await load();
    expect(mostInOneSecond(sent)).toBeLessThanOrEqual(50);
    expect(sent.length).toBeGreaterThanOrEqual(0.9 * 45 * SECONDS);
  });

  test('keep to it while Redis stops and starts', async () => {
    const sent = await load(async () => {
      await sleep(1_500);
      await redis.stop();
      await sleep(2_000);
      await redis.start();
    });
    expect(mostInOneSecond(sent)).toBeLessThanOrEqual(50);
    expect(sent.length).toBeGreaterThanOrEqual(0.5 * 45 * SECONDS);
  });
});
