import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { ASSET, against, hostOf, json, obliging, pause, SEGMENT, TOKEN, until, upstream } from './host.ts';

const read = { asset_id: ASSET };
const comment = { asset_id: ASSET, segment_type: 'COMMENT', segment_text: 'Sound drops here.' };
const SHORT = { flags: ['--timeout', '1'] };

describe.concurrent('no connection', () => {
  test('a refused connection is within 10 s an error that names host and cause', async () => {
    const closed = await upstream(() => undefined);
    await closed[Symbol.asyncDispose]();
    await using host = await hostOf(closed.url);
    for (const [name, args] of [
      ['get_asset', read],
      ['create_segment', comment],
    ] as const) {
      const start = performance.now();
      const { isError, text } = await host.call(name, args);
      expect(performance.now() - start).toBeLessThan(10_000);
      expect(isError).toBe(true);
      expect(text).toContain(new URL(closed.url).host);
      expect(text).toMatch(/ECONNREFUSED/);
      expect(text).not.toMatch(/outcome unknown/i);
    }
  }, 30_000);

  test('a host name that does not resolve is within 10 s an error that names host and cause', async () => {
    await using host = await hostOf('https://iconik.invalid');
    const start = performance.now();
    const { isError, text } = await host.call('get_asset', read);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(isError).toBe(true);
    expect(text).toContain('iconik.invalid');
    expect(text).toMatch(/ENOTFOUND|EAI_AGAIN/);
  }, 30_000);
});

describe.concurrent('no answer', () => {
  const stalls = [
    ['headers that never come', () => undefined, /outcome unknown/i],
    [
      'headers, then a body that drips for ever',
      (_: unknown, response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(drip));
      },
      /accepted the change \(HTTP 200\), but its answer did not arrive/,
    ],
  ] as const;
  test.each(stalls)('%s time out at the limit, and the socket is closed', (_, script, told) =>
    against(
      script,
      async (host, up) => {
        for (const [name, args] of [
          ['get_asset', read],
          ['create_segment', comment],
        ] as const) {
          const start = performance.now();
          const before = up.seen.length;
          const call = host.call(name, args);
          await until(() => up.seen.length > before);
          // The HTTP library may put idle connections in the place of those that it closes.
          const own = [...up.sockets];
          const { isError, text } = await call;
          const took = performance.now() - start;
          expect(took).toBeGreaterThan(900);
          // Far from the limits that there are without the flag: 30 s and 45 s.
          expect(took).toBeLessThan(10_000);
          expect(isError).toBe(true);
          expect(text).toMatch(/time/);
          if (name === 'create_segment') expect(text).toMatch(told);
          await until(() => own.every(({ destroyed }) => destroyed));
        }
        expect(up.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
      },
      SHORT,
    ),
  );

  test('a slow body that ends in time is read', () =>
    against(
      async (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        for (const piece of ['{"id"', `:"${ASSET}"`, '}']) {
          response.write(piece);
          await pause(100);
        }
        response.end();
      },
      async (host) => expect((await host.call('get_asset', read)).structured).toEqual({ id: ASSET }),
    ));
});

describe.concurrent('elsewhere', () => {
  test.each([301, 302, 303, 307, 308])(
    '%i to another origin is an error, and nothing is sent there',
    async (status) => {
      await using other = await upstream(obliging);
      await against(
        (_, response) => response.writeHead(status, { location: `${other.url}/API/assets/v1/assets/${ASSET}/` }).end(),
        async (host, up) => {
          for (const [name, args] of [
            ['get_asset', read],
            ['create_segment', comment],
          ] as const) {
            const { isError, text } = await host.call(name, args);
            expect(isError).toBe(true);
            expect(text).toMatch(/redirect.*ICONIK_BASE_URL/);
            expect(text).not.toContain(TOKEN);
          }
          expect(up.seen).toHaveLength(2);
        },
      );
      expect(other.connections()).toBe(0);
    },
  );

  test('307 to the same origin with a slash added is followed with method and body, or is a clear error', () =>
    against(
      ({ path }, response) =>
        path.includes('moved')
          ? json(response, 201, { id: SEGMENT })
          : response.writeHead(307, { location: `${path}moved/` }).end(),
      async (host, up) => {
        const { isError, text } = await host.call('create_segment', comment);
        if (isError) expect(text).toMatch(/307.*redirect/);
        else expect(up.seen[1]).toMatchObject({ method: 'POST', body: up.seen[0]?.body });
      },
    ));
});

describe.concurrent('a connection', () => {
  test('that Iconik closed between two calls does not disturb the second', () =>
    against(obliging, async (host, up) => {
      await host.call('get_asset', read);
      for (const socket of up.sockets) socket.destroy();
      expect((await host.call('get_asset', read)).isError).toBe(false);
      expect(up.seen).toHaveLength(2);
    }));

  test('that dies as the second call is sent: a read goes once more, a write says "outcome unknown"', () =>
    against(
      (request, response, count) => (count % 2 === 0 ? response.socket?.destroy() : obliging(request, response, count)),
      async (host, up) => {
        expect((await host.call('get_asset', read)).isError).toBe(false);
        expect((await host.call('get_asset', read)).isError).toBe(false);
        expect(up.seen).toHaveLength(3);
        const write = await host.call('create_segment', comment);
        expect(write).toMatchObject({ isError: true, text: expect.stringMatching(/outcome unknown/i) });
        expect(up.seen).toHaveLength(4);
      },
    ));

  test('reset in mid-body: a read goes once more', () =>
    against(
      (request, response, count) => {
        if (count > 1) return obliging(request, response, count);
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
        response.write('{"id":', () => response.socket?.destroy());
      },
      async (host, up) => {
        expect((await host.call('get_asset', read)).structured.id).toBe(ASSET);
        expect(up.seen).toHaveLength(2);
      },
    ));
});
