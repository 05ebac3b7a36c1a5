import { describe, expect, test } from 'vitest';
import { ASSET, fiftyMegabytes, json, obliging, SEGMENT, TRACE } from './host.ts';
import { againstRunning } from './running.ts';

const read = { asset_id: ASSET };
const comment = { asset_id: ASSET, segment_type: 'COMMENT', segment_text: 'Sound drops here.' };
const JSON_TYPE = { 'content-type': 'application/json' };
const PAGE = `<html><head><title>Log in</title><style>b{}</style></head><body><b>Please</b> log in ${'x'.repeat(5_000)}</body></html>`;

describe.concurrent('not the JSON it should be', () => {
  test.each([
    ['cut-off JSON', 200, 'application/json', '{"id":', 1],
    ['an HTML page', 200, 'text/html', PAGE, 1],
    ['an HTML page that says it is JSON', 200, 'application/json', PAGE, 1],
    ['plain text', 200, 'text/plain', 'OK', 1],
    ['an HTML error page', 502, 'text/html', PAGE, 4],
  ])('%s with %i is an error with the status and few words, without tags', (_, status, type, body, most) =>
    againstRunning(
      (_request, response) => response.writeHead(status, { 'content-type': type }).end(body),
      async (host, up) => {
        const { isError, text } = await host.call('get_asset', read);
        expect(isError).toBe(true);
        expect(text).toContain(String(status));
        if (status === 200) expect(text).toMatch(/not JSON/);
        expect(text).not.toMatch(/<\w|Unexpected|SyntaxError|position \d/);
        expect(text).not.toMatch(TRACE);
        expect(text.length).toBeLessThan(700);
        expect(up.seen.length).toBeLessThanOrEqual(most);
      },
    ),
  );

  test('JSON that is no object (a list, a number, null) is answered in words', async () => {
    for (const body of ['[]', '5', 'null', '"text"', 'true', '[{"id":"x"}]']) {
      await againstRunning(
        (_, response) => response.writeHead(200, JSON_TYPE).end(body),
        async (host) => {
          const { text, code } = await host.call('get_asset', read);
          expect(code).toBeUndefined();
          expect(text).not.toMatch(/undefined|Cannot read|is not a function/);
          expect(text, `for ${body}`).not.toBe('');
        },
      );
    }
  });

  test('unknown values, null, missing and extra fields leave the rest of the answer whole', () =>
    againstRunning(
      (_, response) =>
        json(response, 200, {
          id: ASSET,
          status: 'BRAND_NEW',
          versions: null,
          title: 5,
          is_online: 'true',
          time_end_milliseconds: '12',
          extra: { a: 1 },
        }),
      async (host) => {
        const { isError, structured } = await host.call('get_asset', read);
        expect(isError).toBe(false);
        expect(structured).toEqual({
          id: ASSET,
          status: 'BRAND_NEW',
          title: '5',
          is_online: true,
          time_end_milliseconds: 12,
        });
      },
    ));

  test('a page without total, and with a null among its objects', () =>
    againstRunning(
      (_, response) => json(response, 200, { objects: [null, { id: ASSET, title: null }, 'x'] }),
      async (host) => {
        const { isError, structured } = await host.call('search', { query: 'x' });
        expect(isError).toBe(false);
        expect(structured.objects).toEqual([{ id: ASSET }]);
      },
    ));

  test('huge integers do not become other numbers', () =>
    againstRunning(
      (_, response) =>
        response
          .writeHead(200, JSON_TYPE)
          .end(`{"id":"${ASSET}","external_id":9007199254740993,"time_end_milliseconds":1e400}`),
      async (host) => {
        const { isError, text } = await host.call('get_asset', read);
        if (!isError) expect(text).not.toMatch(/9007199254740992|Infinity/);
      },
    ));

  test.each([201, 202, 204])('%i with an empty body is a success that says so', (status) =>
    againstRunning(
      (_, response) => response.writeHead(status).end(),
      async (host, up) => {
        for (const [name, args] of [
          ['create_segment', comment],
          ['partial_update_segment', { ...read, segment_id: SEGMENT, segment_checked: true }],
          ['promote_version', { ...read, version_id: ASSET }],
        ] as const) {
          const { isError, text } = await host.call(name, args);
          expect({ isError, notes: text.trim().length > 3 }, name).toEqual({ isError: false, notes: true });
        }
        expect(up.seen).toHaveLength(3);
      },
    ),
  );

  test.each([
    ['text/plain', true],
    ['application/octet-stream', true],
    ['application/hal+json; charset=utf-8', true],
    ['text/html', true],
    [undefined, true],
    ['image/png', false],
    ['video/mp4', false],
  ])('valid JSON as %s is taken: %s', (type, taken) =>
    againstRunning(
      (_, response) => response.writeHead(200, type ? { 'content-type': type } : {}).end(`{"id":"${ASSET}"}`),
      async (host) => {
        const { isError, structured, text } = await host.call('get_asset', read);
        expect(isError).toBe(!taken);
        if (taken) expect(structured).toEqual({ id: ASSET });
        else expect(text).toContain(`${type}`);
      },
    ),
  );

  test.each([
    ['latin-1', Buffer.from(`{"id":"${ASSET}","title":"K\xf6ln"}`, 'latin1')],
    ['a byte order mark', Buffer.from(`\ufeff{"id":"${ASSET}","title":"Köln"}`)],
    [
      'UTF-8 that breaks off',
      Buffer.concat([Buffer.from(`{"id":"${ASSET}","title":"x`), Buffer.from([0xf0, 0x9f, 0x22, 0x7d])]),
    ],
    ['UTF-16', Buffer.from(`{"id":"${ASSET}"}`, 'utf16le')],
  ])('%s is an answer or an error, no crash', (name, body) =>
    againstRunning(
      (_, response) => response.writeHead(200, JSON_TYPE).end(body),
      async (host) => {
        const { isError, structured, text } = await host.call('get_asset', read);
        if (name !== 'UTF-16') expect({ isError, id: structured?.id }, text).toEqual({ isError: false, id: ASSET });
        if (isError) expect(text).toMatch(/not JSON/);
        expect((await host.call('get_storages', {})).code).toBeUndefined();
      },
    ),
  );
});

describe.concurrent('pages', () => {
  const part = { asset_id: ASSET, proxy_id: ASSET, upload_id: 'u' };

  test('a page that repeats itself for ever stops the walk, which says so', () =>
    againstRunning(
      (_, response) =>
        json(response, 200, {
          objects: [{ number: 1, url: 'https://s3.example/1' }],
          next_url: '/API/again',
          page: 1,
          pages: 99,
        }),
      async (host, up) => {
        const { isError, text } = await host.call('get_s3_presigned_url', { ...part, parts_num: 5 });
        expect(isError).toBe(true);
        expect(text).toMatch(/1 of 5 parts/);
        expect(up.seen.length).toBeLessThanOrEqual(3);
      },
    ));

  test('a list whose next_url is itself takes one request and is answered as it is', () =>
    againstRunning(
      ({ path }, response) =>
        json(response, 200, { objects: [{ id: ASSET }], total: 9, next_url: path, last_url: path }),
      async (host, up) => {
        expect((await host.call('get_storages', {})).structured).toMatchObject({ objects: [{ id: ASSET }], total: 9 });
        expect(up.seen).toHaveLength(1);
      },
    ));
});

test('50 MB of JSON are an error that says to ask for less, and the next call is fine', () =>
  againstRunning(
    (request, response, count) => (count > 1 ? obliging(request, response, count) : fiftyMegabytes(response)),
    async (host, up) => {
      const { isError, text } = await host.call('get_asset', read);
      expect(isError).toBe(true);
      expect(text).toMatch(/larger than 20 MB.*less/);
      expect((await host.call('get_asset', read)).isError).toBe(false);
      expect(up.seen).toHaveLength(2);
    },
  ));
