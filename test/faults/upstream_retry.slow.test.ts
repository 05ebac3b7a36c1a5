import { describe, expect, test } from 'vitest';
import { ASSET, against, json, obliging, SEGMENT, TRACE } from './host.ts';

const read = { asset_id: ASSET };
const comment = { asset_id: ASSET, segment_type: 'COMMENT', segment_text: 'Sound drops here.' };

describe.concurrent('throttled', () => {
  test('429 with Retry-After: 1, then 200, takes two requests, a second apart', () =>
    against(
      (request, response, count) =>
        count === 1 ? json(response, 429, {}, { 'retry-after': '1' }) : obliging(request, response, count),
      async (host, up) => {
        expect(await host.call('get_asset', read)).toMatchObject({ isError: false, structured: { id: ASSET } });
        expect(up.seen).toHaveLength(2);
        expect((up.seen[1]?.at ?? 0) - (up.seen[0]?.at ?? 0)).toBeGreaterThanOrEqual(990);
      },
    ));

  test('a write that is told "later" goes again, too', () =>
    against(
      (_, response, count) =>
        count === 1 ? json(response, 429, {}, { 'retry-after': '1' }) : json(response, 201, { id: SEGMENT }),
      async (host, up) => {
        expect(await host.call('create_segment', comment)).toMatchObject({
          isError: false,
          structured: { id: SEGMENT },
        });
        expect(up.seen.map(({ body }) => JSON.parse(body).segment_text)).toEqual([
          comment.segment_text,
          comment.segment_text,
        ]);
      },
    ));

  test(
    '429 without headers, for ever, takes at most four requests, a second apart, and is an error that says to repeat later',
    () =>
      against(
        (_, response) => json(response, 429, {}),
        async (host, up) => {
          const { isError, text } = await host.call('get_asset', read);
          expect(isError).toBe(true);
          expect(text).toMatch(/429.*call again/);
          expect(up.seen.length).toBeLessThanOrEqual(4);
          for (const [n, { at }] of up.seen.entries()) {
            if (n > 0) expect(at - (up.seen[n - 1]?.at ?? 0)).toBeGreaterThanOrEqual(990);
          }
        },
      ),
    30_000,
  );

  test('429 with RateLimit-Reset: 2 is waited out', () =>
    against(
      (request, response, count) =>
        count === 1
          ? json(response, 429, {}, { 'ratelimit-reset': '2', 'ratelimit-remaining': '0' })
          : obliging(request, response, count),
      async (host, up) => {
        expect((await host.call('get_asset', read)).isError).toBe(false);
        expect((up.seen[1]?.at ?? 0) - (up.seen[0]?.at ?? 0)).toBeGreaterThanOrEqual(1_990);
      },
    ));

  test('RateLimit-Remaining: 0 on a 200 slows the next call down', () =>
    against(
      (_, response) => json(response, 200, { id: ASSET }, { 'ratelimit-reset': '1', 'ratelimit-remaining': '0' }),
      async (host, up) => {
        for (const _ of [1, 2]) expect((await host.call('get_asset', read)).isError).toBe(false);
        expect((up.seen[1]?.at ?? 0) - (up.seen[0]?.at ?? 0)).toBeGreaterThanOrEqual(900);
      },
    ));

  test('a Retry-After beyond our patience is an error at once, with the seconds', () =>
    against(
      (_, response) => json(response, 429, {}, { 'retry-after': '3600' }),
      async (host, up) => {
        expect(await host.call('get_asset', read)).toMatchObject({
          isError: true,
          text: expect.stringContaining('3600 s'),
        });
        expect(up.seen).toHaveLength(1);
      },
    ));
});

describe.concurrent('failing', () => {
  test.each([500, 502, 504])('%i once: a read goes again; a create does not and says "outcome unknown"', (status) =>
    against(
      (request, response, count) => (count % 2 === 1 ? json(response, status, {}) : obliging(request, response, count)),
      async (host, up) => {
        expect(await host.call('get_asset', read)).toMatchObject({ isError: false, structured: { id: ASSET } });
        expect(up.seen.map(({ method }) => method)).toEqual(['GET', 'GET']);
        const write = await host.call('create_segment', comment);
        expect(up.seen.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
        expect(write.isError).toBe(true);
        expect(write.text).toMatch(/outcome unknown.*read/i);
        expect(write.text).toContain(String(status));
      },
    ),
  );

  test('a search (POST that reads) goes again', () =>
    against(
      (_, response, count) => (count === 1 ? json(response, 502, {}) : json(response, 200, { objects: [], total: 0 })),
      async (host, up) => {
        expect((await host.call('search', { query: 'x' })).isError).toBe(false);
        expect(up.seen).toHaveLength(2);
      },
    ));

  test('503 on PATCH without Retry-After takes one request and is an error', () =>
    against(
      (_, response) => json(response, 503, { errors: ['Maintenance'] }),
      async (host, up) => {
        const { isError, text } = await host.call('partial_update_segment', {
          ...read,
          segment_id: SEGMENT,
          segment_checked: true,
        });
        expect(isError).toBe(true);
        expect(text).toMatch(/503.*Maintenance/);
        expect(up.seen).toHaveLength(1);
      },
    ));

  test.each([
    [400, /correct/i],
    [401, /ICONIK_AUTH_TOKEN/],
    [403, /can_read_assets.*administrator/],
    [404, /id/],
    [409, /read it/],
    [422, /correct/i],
  ])("%i takes one request and is answered with Iconik's own message and what to do", (status, hint) =>
    against(
      (_, response) => json(response, status, { errors: ['The moon is full'] }, { 'x-request-id': 'req-77' }),
      async (host, up) => {
        const { isError, text } = await host.call('get_asset', read);
        expect(isError).toBe(true);
        expect(text).toContain('The moon is full');
        expect(text).toContain('req-77');
        expect(text).toContain(String(status));
        expect(text).toMatch(hint);
        expect(text).not.toMatch(TRACE);
        // What is not found is looked for once among all objects: that is no second try.
        expect(up.seen.filter(({ path }) => !path.includes('/search/'))).toHaveLength(1);
        expect(up.seen).toHaveLength(status === 404 ? 2 : 1);
      },
    ),
  );

  test('503 for all with 50 calls waiting takes fewer than three requests a call, and all is well when it is over', async () => {
    let down = true;
    await against(
      (request, response, count) => (down ? json(response, 503, {}) : obliging(request, response, count)),
      async (host, up) => {
        const outcomes = await Promise.all(Array.from({ length: 50 }, () => host.call('get_asset', read)));
        expect(outcomes.every(({ isError, text }) => isError && text.includes('503'))).toBe(true);
        expect(up.seen.length).toBeLessThan(150);
        expect(up.seen.length).toBeGreaterThanOrEqual(50);
        down = false;
        expect((await host.call('get_asset', read)).isError).toBe(false);
      },
    );
  }, 50_000);
});
