import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Script } from '../support/upstream.ts';
import { ASSET, everything, type Host, json, obliging, TOKEN, TRACE, until, upstream } from './host.ts';
import { againstRunning } from './running.ts';

const proxy = { asset_id: ASSET, proxy_id: ASSET };
const SIGNATURE = 'c0ffee00c0ffee00c0ffee00c0ffee00';
const QUERY = `X-Amz-Credential=AKIAIOSFODNN7EXAMPLE&X-Amz-Signature=${SIGNATURE}`;
const KEY = `/bucket/key.mp4?uploads&${QUERY}`;
const XML = '<InitiateMultipartUploadResult><UploadId>u-1</UploadId></InitiateMultipartUploadResult>';
const DEBUG = ['--log-level', 'debug'];

/** An Iconik whose proxy lies at `address`, and the storage itself where that is under the same origin. */
function library(address: string | (() => string), storage: Script = (_, response) => response.end(XML)): Script {
  return (request, response, count) => {
    if (request.path.startsWith('/bucket/')) return storage(request, response, count);
    const at = typeof address === 'string' ? address : address();
    const urls = { multipart_upload_url: at, upload_url: at };
    return json(response, 200, { id: ASSET, status: 'AWAITING_UPLOAD', storage_method: 'S3', ...urls });
  };
}

/** The same, with the storage on Iconik's own origin, which may lie on loopback. */
function beside(
  storage: Script,
  work: (host: Host, up: Awaited<ReturnType<typeof upstream>>) => Promise<void>,
  flags = DEBUG,
) {
  let base = '';
  return againstRunning(
    library(() => `${base}${KEY}`, storage),
    async (host, up) => {
      base = up.url;
      await work(host, up);
    },
    { flags },
  );
}

const start = (host: Host) => host.call('get_upload_id_for_proxy', proxy);
const quiet = (host: Host): void => {
  for (const secret of [SIGNATURE, 'AKIAIOSFODNN7EXAMPLE', TOKEN]) expect(everything(host)).not.toContain(secret);
};

describe.concurrent('a storage', () => {
  test('gets the signed address and neither of the credentials', () =>
    beside(
      (_, response) => response.end(XML),
      async (host, up) => {
        expect((await start(host)).structured).toMatchObject({ upload_id: 'u-1' });
        const [asked, stored] = up.seen;
        expect(asked?.headers).toHaveProperty('auth-token', TOKEN);
        expect(stored).toMatchObject({ method: 'POST', path: KEY });
        expect(JSON.stringify(stored?.headers).toLowerCase()).not.toMatch(/app-id|auth-token|authorization|cookie/);
        expect(JSON.stringify(stored)).not.toContain(TOKEN);
        quiet(host);
      },
    ));

  test.each([301, 302, 303, 307, 308])('that redirects (%i) to a private address is not followed', async (status) => {
    await using other = await upstream((_, response) => response.end(XML));
    await beside(
      (_, response) => response.writeHead(status, { location: `${other.url}/bucket/x?${QUERY}` }).end(),
      async (host, up) => {
        const { isError, text } = await start(host);
        expect(isError).toBe(true);
        expect(text).toContain(String(status));
        expect(up.seen).toHaveLength(2);
        quiet(host);
      },
    );
    expect(other.connections()).toBe(0);
  });

  test('at an address on this machine, on a private network, or of another kind than https is not called', async () => {
    await using other = await upstream(obliging);
    const { port } = new URL(other.url);
    const hosts = [
      '127.0.0.1',
      'localhost',
      'LOCALHOST',
      'localhost.',
      '127.1',
      '2130706433',
      '0x7f.0.0.1',
      '017700000001',
    ];
    const more = [
      '0.0.0.0',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::]',
      '%6cocalhost',
      '127.0.0.1.',
      '\uff11\uff12\uff17.0.0.1',
    ];
    const addresses = [
      ...[...hosts, ...more].flatMap((host) => [`https://${host}:${port}${KEY}`, `http://${host}:${port}${KEY}`]),
      ...['10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '[fd00::1]', '[fe80::1]'].map(
        (host) => `https://${host}${KEY}`,
      ),
      `https://metadata.google.internal${KEY}`,
      `https://minio.local${KEY}`,
      `http://bucket.s3.example${KEY}`,
      `https://user:${SIGNATURE}@bucket.s3.example${KEY}`,
      `ftp://127.0.0.1:${port}${KEY}`,
      `//127.0.0.1:${port}${KEY}`,
      `file:///etc/passwd?${QUERY}`,
      `data:text/plain,${QUERY}`,
      `javascript:${QUERY}`,
      `\\\\127.0.0.1:${port}\\x?${QUERY}`,
      'x',
    ];
    let address = '';
    await againstRunning(
      library(() => address),
      async (host, up) => {
        for (const one of addresses) {
          address = one;
          const before = up.seen.length;
          const { isError, text } = await start(host);
          expect({ isError, sent: up.seen.length - before }, one).toEqual({ isError: true, sent: 1 });
          expect(text, one).toMatch(/storage address|could not be reached/);
          expect(text).not.toMatch(TRACE);
        }
        quiet(host);
      },
      { flags: DEBUG },
    );
    expect(other.connections()).toBe(0);
  });

  test.each([403, 404, 500, 503])(
    'that refuses (%i) is named with what it says, without the address and without a repeat',
    (status) =>
      beside(
        (_, response) =>
          response
            .writeHead(status, { 'content-type': 'application/xml' })
            .end(`<Error><Code>X</Code><Message>Signature ${SIGNATURE} is too old</Message></Error>`),
        async (host, up) => {
          const { isError, text } = await start(host);
          expect(isError).toBe(true);
          expect(text).toMatch(new RegExp(`S3.*${status}`));
          // It may quote what it was sent: that is no longer an address.
          expect(text).not.toContain('AKIAIOSFODNN7EXAMPLE');
          expect(up.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
        },
      ),
  );

  const odd: readonly (readonly [string, (response: ServerResponse) => unknown])[] = [
    ['an HTML page with status 200', (response) => response.end('<html><h1>Log in</h1></html>')],
    ['nothing', (response) => response.end()],
    ['another kind of document', (response) => response.end('{"UploadId":"u"}')],
    ['bytes', (response) => response.end(Buffer.from([0, 255, 254, 0, 60]))],
    ['10 MB', (response) => response.end('x'.repeat(10_000_000))],
    [
      'half an answer',
      (response) => response.writeHead(200, { 'content-length': '900' }).write('<Upl', () => response.destroy()),
    ],
    ['a broken connection', (response) => response.destroy()],
  ];
  test.each(odd)('that answers with %s is an error in words, and the next call is fine', (_, answer) =>
    beside(
      (_request, response) => answer(response),
      async (host, up) => {
        const { isError, text } = await start(host);
        expect(isError).toBe(true);
        expect(text).toMatch(/storage|answer/i);
        expect(text).not.toMatch(/mistake in this server/);
        expect(text).not.toMatch(TRACE);
        expect(text.length).toBeLessThan(600);
        expect(up.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
        expect((await host.call('get_storages')).code).toBeUndefined();
        quiet(host);
      },
    ),
  );

  test('that never answers is an error at the limit, with an unknown outcome, and the connection is closed', () =>
    beside(
      () => undefined,
      async (host, up) => {
        const call = start(host);
        await until(() => up.seen.length === 2);
        const own = [...up.sockets];
        const { isError, text } = await call;
        expect(isError).toBe(true);
        expect(text).toMatch(/in time.*outcome unknown/i);
        // One that carried the call; the other may stay warm.
        await until(() => own.some(({ destroyed }) => destroyed));
        quiet(host);
      },
      [...DEBUG, '--timeout', '2'],
    ));
});
