import { describe, expect, test } from 'vitest';
import { ASSET, against, json, OTHER, obliging, pause, SEGMENT, until } from './host.ts';

const idOf = (n: number): string => `${n.toString(16).padStart(8, '0')}-5b1c-11ef-9c3a-0a580a3db916`;
const BURST = 45;

describe.concurrent('many requests', () => {
  test('one call that sends hundreds does not hold up one that sends a single one', () =>
    against(
      ({ path }, response) =>
        path.includes('/metadata/') ? json(response, 200, { objects: [] }) : obliging({ path } as never, response, 0),
      async (host, up) => {
        const many = host.call('read_metadata', { assets: Array.from({ length: 400 }, (_, n) => idOf(n)) });
        // From here on ten a second go: the call has half a minute of work left.
        await until(() => up.seen.length >= BURST);
        const before = up.seen.length;
        const single = await host.call('get_asset', { asset_id: OTHER });
        expect(single).toMatchObject({ isError: false, structured: { id: OTHER } });
        const at = up.seen.findIndex(({ path }) => path.includes(OTHER));
        // Taking turns it is the second at latest; what was sent before the host's line was read comes on top.
        expect(at - before).toBeLessThanOrEqual(20);
        expect(up.seen.length).toBeLessThan(200);
        await host[Symbol.asyncDispose]();
        await Promise.race([many, pause(0)]);
      },
      { flags: ['--rate', '10'] },
    ));

  test('never go faster than the burst and the rate allow, and are all answered', () =>
    against(
      obliging,
      async (host, up) => {
        await host.call('get_asset', { asset_id: OTHER });
        const first = up.seen.length;
        const start = performance.now() - (up.seen[0]?.at ?? 0);
        const begun = performance.now() - start;
        const outcomes = await Promise.all(
          Array.from({ length: 120 }, (_, n) => host.call('get_asset', { asset_id: idOf(n) })),
        );
        expect(outcomes.filter(({ isError }) => isError)).toEqual([]);
        expect(up.seen).toHaveLength(first + 120);
        // A machine that is busy makes each request come later, never earlier.
        for (const [n, { at }] of up.seen.slice(first).entries()) {
          expect(at - begun).toBeGreaterThanOrEqual(((n + 1 - BURST) / 20) * 1_000 - 5);
        }
      },
      { flags: ['--rate', '20'] },
    ));

  test('all wait where Iconik says that nothing is left, whoever was told', () =>
    against(
      (request, response, count) =>
        count === 1
          ? json(response, 200, { id: ASSET }, { 'ratelimit-remaining': '0', 'ratelimit-reset': '2' })
          : obliging(request, response, count),
      async (host, up) => {
        await host.call('get_asset', { asset_id: ASSET });
        const told = up.seen[0]?.at ?? 0;
        const outcomes = await Promise.all([1, 2, 3, 4, 5].map((n) => host.call('get_asset', { asset_id: idOf(n) })));
        expect(outcomes.every(({ isError }) => !isError)).toBe(true);
        for (const { at } of up.seen.slice(1)) expect(at - told).toBeGreaterThanOrEqual(1_900);
      },
    ));
});

describe.concurrent('several writes at once', () => {
  const other = '5e600002-5b1c-11ef-9c3a-0a580a3db916';

  test('to one object go one after the other, in the order in which they were asked for; others do not wait', async () => {
    const underWay = new Map<string, number>();
    let together = 0;
    let beside = 0;
    await against(
      async ({ path }, response) => {
        const own = (underWay.get(path) ?? 0) + 1;
        underWay.set(path, own);
        together = Math.max(together, own);
        beside = Math.max(
          beside,
          [...underWay.values()].reduce((sum, one) => sum + one),
        );
        await pause(30);
        underWay.set(path, own - 1);
        json(response, 200, { id: SEGMENT });
      },
      async (host, up) => {
        const write = (segment_id: string, n: number) =>
          host.call('partial_update_segment', { asset_id: ASSET, segment_id, segment_text: `n${n}` });
        const all = Array.from({ length: 12 }, (_, n) => [write(SEGMENT, n), write(other, n)]).flat();
        expect((await Promise.all(all)).every(({ isError }) => !isError)).toBe(true);
        expect(together).toBe(1);
        expect(beside).toBe(2);
        for (const id of [SEGMENT, other]) {
          const texts = up.seen
            .filter(({ path }) => path.includes(id))
            .map(({ body }) => JSON.parse(body).segment_text);
          expect(texts).toEqual(Array.from({ length: 12 }, (_, n) => `n${n}`));
        }
      },
    );
  });

  test('to one object go on after one that failed, and one that was given up is not sent', () =>
    against(
      async ({ body }, response) => {
        await pause(300);
        const { segment_text } = JSON.parse(body);
        json(response, segment_text === 'n0' ? 500 : 200, segment_text === 'n0' ? { errors: ['no'] } : { id: SEGMENT });
      },
      async (host, up) => {
        const args = (n: number) => ({ asset_id: ASSET, segment_id: SEGMENT, segment_text: `n${n}` });
        const failing = host.call('partial_update_segment', args(0));
        const line = { jsonrpc: '2.0', id: 777, method: 'tools/call' };
        host.write(JSON.stringify({ ...line, params: { name: 'partial_update_segment', arguments: args(1) } }));
        const last = host.call('partial_update_segment', args(2));
        host.notify('notifications/cancelled', { requestId: 777 });
        expect((await failing).text).toMatch(/outcome unknown/i);
        expect((await last).isError).toBe(false);
        expect(up.seen.map(({ body }) => JSON.parse(body).segment_text)).toEqual(['n0', 'n2']);
        expect(host.messages().filter(({ id }) => id === 777)).toEqual([]);
      },
    ));
});
