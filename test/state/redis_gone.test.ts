import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts';
import { closeStates, replicas, STATE_KEY, state } from '../support/replicas.ts';
import { ids, type World } from '../support/world.ts';

const writes = (...worlds: readonly World[]): string[] =>
  worlds.flatMap(({ requests }) => requests.filter((one) => one.startsWith('DELETE ')));

describe.skipIf(!hasRedis)('while Redis is away', () => {
  let redis: RedisServer;
  let a: World;
  let b: World;
  beforeEach(async () => {
    redis = await startRedis();
    [a, b] = (await replicas(redis, 2)) as [World, World];
  });
  afterEach(async () => {
    closeStates();
    await redis.end();
  });

  test('reads go on, with handles of this server too; those of another fail readably', async () => {
    const own = await a.call('find_assets', { words: 'storm', limit: 1 });
    const other = await b.call('find_assets', { words: 'harbour', limit: 1 });
    await redis.stop();
    expect((await a.call('read_notes', { asset: ids.interview })).total).toBeGreaterThan(0);
    expect((await a.call('find_assets', { cursor: own.next, limit: 1 })).shown).toBe(1);
    expect(await a.refused('read_metadata', { selection: other.selection })).toBe(
      `read_metadata failed: The store that the replicas of this server share does not answer, and ${other.selection} can only be there. Nothing was changed. Try again in a moment.`,
    );
  });

  test('nothing is changed: no plan is made, and a token is neither used nor lost', async () => {
    const { confirm } = await a.call('delete_assets', { assets: [ids.interview] });
    redis.freeze();
    const texts = [
      await a.refused('delete_assets', { confirm }),
      await b.refused('delete_assets', { confirm }),
      await a.refused('delete_assets', { assets: [ids.match] }),
      await b.refused('create_segment', { asset_id: ids.match, segment_type: 'COMMENT', segment_text: 'No' }),
    ];
    for (const text of texts)
      expect(text).toContain('does not answer, and no change is made without it. Nothing was changed.');
    expect(writes(a, b)).toEqual([]);
    redis.thaw();
    const done = async () => (await b.raw('delete_assets', { confirm })).isError !== true;
    await expect.poll(done, { timeout: 20_000 }).toBe(true);
    expect(await a.refused('delete_assets', { confirm })).toContain('used before');
    expect(writes(a, b)).toHaveLength(1);
  });

  test('a token that it lost is refused, with a new preview', async () => {
    const args = { assets: [ids.interview] };
    const { confirm } = await a.call('delete_assets', args);
    await redis.stop();
    await redis.start();
    const text = async () => JSON.stringify(await b.raw('delete_assets', { ...args, confirm }));
    await expect
      .poll(text, { timeout: 20_000 })
      .toContain('unknown here, or was used before. Nothing was changed. This is a new preview');
    expect(writes(a, b)).toEqual([]);
  });

  test('what a server has kept meanwhile is known to the others once it is back', async () => {
    await redis.stop();
    const { selection, total } = await a.call('find_assets', { words: 'storm' });
    await redis.start();
    const read = async () => (await b.raw('read_metadata', { selection })).structuredContent?.total;
    await expect.poll(read, { timeout: 20_000 }).toBe(total);
  });

  test('one that goes and comes while calls run does nothing twice, and leaves no error unheard', async () => {
    const plans = await Promise.all(
      [ids.interview, ids.match, ids.drone, ids.trailer].map((id) => a.call('delete_assets', { assets: [id] })),
    );
    const going = (async () => {
      for (let n = 0; n < 3; n += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        redis.freeze();
        await new Promise((resolve) => setTimeout(resolve, 700));
        redis.thaw();
      }
    })();
    const confirmed = async (confirm: string, one: World): Promise<void> => {
      for (let n = 0; n < 100; n += 1) {
        const result = await one.raw('delete_assets', { confirm });
        if (!result.isError || /used before|Another call|unknown here/.test(JSON.stringify(result))) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('it never came back');
    };
    await Promise.all(plans.flatMap(({ confirm }) => [confirmed(confirm, a), confirmed(confirm, b)]));
    await going;
    expect(new Set(writes(a, b)).size).toBe(writes(a, b).length);
    expect(writes(a, b).length).toBeLessThanOrEqual(plans.length);
  });

  test('its turns are a safe share, and the log says once that it went, without its password', async () => {
    await redis.stop();
    const lines: unknown[] = [];
    const url = redis.url.replace('//', '//:pass-word@');
    const own = await state(redis, { url, replicas: 3, log: { warn: (...line) => void lines.push(line) } });
    const { turn } = own.forTenant('tenant');
    expect(own.ready()).toBe(false);
    const began = performance.now();
    for (let n = 0; n < 16; n += 1) await turn(45, AbortSignal.timeout(60_000));
    // 15 a second, the first at once.
    expect(performance.now() - began).toBeGreaterThan(990);
    expect(JSON.stringify(lines)).toBe('[["the shared state is gone",{"cause":"ECONNREFUSED"}]]');
    await redis.start();
    await expect.poll(own.ready, { timeout: 20_000 }).toBe(true);
    expect(JSON.stringify(lines)).toContain('the shared state is back');
    expect(JSON.stringify(lines)).not.toMatch(/pass-word|127/);
  });
});

describe.skipIf(!hasRedis)('what Redis holds', () => {
  let redis: RedisServer;
  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    closeStates();
    await redis.end();
  });

  test('is unreadable, and ends by itself', async () => {
    const [a] = (await replicas(redis, 1, { tenant: 'maria@example.com' })) as [World];
    const { selection } = await a.call('find_assets', { words: 'storm' });
    const { next } = await a.call('list_bin', { limit: 1 });
    const { confirm } = await a.call('delete_assets', { assets: [ids.interview] });
    await a.call('create_segment', { asset_id: ids.match, segment_type: 'COMMENT', segment_text: 'Unreadable note' });
    await a.raw('export_captions', { asset: ids.interview, format: 'srt' });
    const dump = (await redis.dump()).toString('latin1');
    const keys = (await redis.keys()).join('\n');
    expect(keys.split('\n').length).toBeGreaterThan(5);
    for (const text of [
      selection,
      next,
      confirm,
      ids.interview,
      ids.match,
      'storm',
      'Interview',
      'Unreadable',
      'maria',
    ])
      expect(dump + keys, text).not.toContain(text);
    for (const left of await redis.lifetimes()) {
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(24 * 3_600_000 + 60_000);
    }
  });

  test('is nothing to a server with another key, or of another version', async () => {
    const entry = { name: 'name', value: 'value', lifetime: 60_000 };
    const own = (await state(redis, { version: '1' })).forTenant('tenant');
    await own.store(entry);
    const key = Buffer.alloc(32, 1).toString('base64');
    for (const options of [{ key, version: '1' }, { version: '2' }]) {
      const other = (await state(redis, options)).forTenant('tenant');
      expect([...(await other.load(['name'], 60_000))]).toEqual([]);
    }
    const same = (await state(redis, { version: '1' })).forTenant('tenant');
    expect([...(await same.load(['name'], 60_000))]).toEqual([['name', 'value']]);
  });
});

describe('a state', () => {
  test.each([
    ['without a key', { key: undefined }, /^ICONIK_STATE_KEY is missing/],
    ['with a short key', { key: Buffer.alloc(16).toString('base64') }, /^ICONIK_STATE_KEY is not 32 bytes/],
    ['with a key that is no base64', { key: `${STATE_KEY.slice(0, -4)}!!!!` }, /^ICONIK_STATE_KEY is not 32 bytes/],
    ['at an address of something else', { url: 'http://:pass-word@localhost' }, /^the address of a Redis looks like/],
  ])('%s is refused at the start, and the reason holds no secret', async (_, options, reason) => {
    const redis = { url: 'redis://127.0.0.1:1' } as RedisServer;
    const error: unknown = await state(redis, options).catch((one: unknown) => one);
    expect((error as Error).message).toMatch(reason);
    expect((error as Error).message).not.toMatch(/pass-word|AAAA|!!!!/);
  });
});
