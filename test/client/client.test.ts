import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { IconikError } from '../../src/client/errors.ts';
import type { Client } from '../../src/client/types.ts';
import { APP_ID, clientOf, json, type Script, TOKEN, upstream } from '../support/upstream.ts';

const GET = 'GET /assets/v1/assets/{asset_id}/';
const POST = 'POST /assets/v1/assets/';
const args = { asset_id: 'a1' };

async function failure(work: Promise<unknown>): Promise<IconikError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(IconikError);
  return error as IconikError;
}

async function against<T>(
  script: Script,
  work: (client: Client, up: Awaited<ReturnType<typeof upstream>>) => Promise<T>,
) {
  await using up = await upstream(script);
  const client = clientOf(up.url, { deadline: 3_000, attempt: 2_000 });
  try {
    return await work(client, up);
  } finally {
    await client.close();
  }
}

describe('a request', () => {
  test('carries both credentials, its own user agent and JSON', () =>
    against(
      (_, response) => json(response, 201, { id: 'a1' }),
      async (client, up) => {
        const { status, body } = await client.request(POST, { title: 'Märchen 🎬 مباراة' });
        expect([status, body]).toEqual([201, { id: 'a1' }]);
        const [seen] = up.seen;
        expect(seen?.headers).toMatchObject({
          'app-id': APP_ID,
          'auth-token': TOKEN,
          'user-agent': 'iconik-mcp/test',
          accept: 'application/json',
          'content-type': 'application/json',
        });
        expect(JSON.parse(seen?.body ?? '')).toEqual({ title: 'Märchen 🎬 مباراة' });
      },
    ));

  test('keeps its connection warm between calls', () =>
    against(
      (_, response) => json(response, 200, {}),
      async (client, up) => {
        for (let n = 0; n < 5; n += 1) {
          await client.request(GET, args);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        expect(up.connections()).toBe(1);
      },
    ));

  test('does not follow a redirect, so that credentials stay', async () => {
    await using other = await upstream((_, response) => json(response, 200, {}));
    await against(
      (_, response) => response.writeHead(302, { location: `${other.url}/x` }).end(),
      async (client) => {
        expect(await failure(client.request(GET, args))).toMatchObject({ code: 'redirect', status: 302 });
      },
    );
    expect(other.seen).toHaveLength(0);
  });

  test('reads both shapes of errors and an HTML page', async () => {
    const bodies: [unknown, string[]][] = [
      [{ errors: ['Nope.'] }, ['Nope.']],
      [{ errors: { title: 'Missing', size: ['Too big', 'Odd'] } }, ['title: Missing', 'size: Too big', 'size: Odd']],
    ];
    for (const [body, messages] of bodies) {
      await against(
        (_, response) => json(response, 400, body, { 'x-request-id': 'req-7' }),
        async (client, up) => {
          expect(await failure(client.request(GET, args))).toMatchObject({ status: 400, messages, requestId: 'req-7' });
          expect(up.seen).toHaveLength(1);
        },
      );
    }
    await against(
      (_, response) => response.writeHead(403, { 'content-type': 'text/html' }).end('<html><h1>Forbidden</h1></html>'),
      async (client) => expect((await failure(client.request(GET, args))).messages).toEqual(['Forbidden']),
    );
  });

  test('takes an empty 2xx as done', () =>
    against(
      (_, response) => response.writeHead(204).end(),
      async (client) => expect(await client.request(GET, args)).toEqual({ status: 204, body: undefined }),
    ));

  test.each([
    ['a web page', 'text/html', '<html>Log in</html>'],
    ['cut-off JSON', 'application/json', '{"id":'],
    ['a picture', 'image/png', 'PNG'],
  ])('does not take %s with status 200 for success', (_, type, text) =>
    against(
      (_request, response) => response.writeHead(200, { 'content-type': type }).end(text),
      async (client, up) => {
        expect(await failure(client.request(GET, args))).toMatchObject({ code: 'unreadable' });
        expect(up.seen).toHaveLength(1);
      },
    ),
  );

  test('reads JSON behind a byte order mark and without a content type', () =>
    against(
      (_, response) => response.writeHead(200).end('\uFEFF{"id":"a1"}'),
      async (client) => expect((await client.request(GET, args)).body).toEqual({ id: 'a1' }),
    ));

  test('stops at the size limit, counted unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(30_000_000, ' '));
    await against(
      (_, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(bomb),
      async (client) => expect(await failure(client.request(GET, args))).toMatchObject({ code: 'too_large' }),
    );
  });
});

describe.concurrent('a deadline', () => {
  test('covers an answer that never comes', () =>
    against(
      () => undefined,
      async (client) => expect(await failure(client.request(GET, args))).toMatchObject({ code: 'timeout' }),
    ));

  test('covers a body that drips for ever', () =>
    against(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 100);
        response.on('close', () => clearInterval(drip));
      },
      async (client) => expect(await failure(client.request(GET, args))).toMatchObject({ code: 'timeout' }),
    ));

  test('gives way to the caller, whose cancellation closes the socket', () =>
    against(
      () => undefined,
      async (client, up) => {
        const control = new AbortController();
        const call = failure(client.request(GET, args, { signal: control.signal }));
        while (up.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
        // The HTTP library may put an idle connection in the place of the one that it closes.
        const own = [...up.sockets];
        control.abort();
        expect(await call).toMatchObject({ code: 'cancelled' });
        await expect.poll(() => own.every(({ destroyed }) => destroyed), { timeout: 10_000 }).toBe(true);
      },
    ));
});

describe.concurrent('a repeat', () => {
  test.each([500, 502, 503, 504, 429, 408])('follows HTTP %i on a read', (status) =>
    against(
      (_, response, count) =>
        count === 1 ? json(response, status, {}, { 'retry-after': '0' }) : json(response, 200, { id: 'a1' }),
      async (client, up) => {
        expect((await client.request(GET, args)).body).toEqual({ id: 'a1' });
        expect(up.seen).toHaveLength(2);
      },
    ),
  );

  test.each([400, 401, 403, 404, 409, 422])('does not follow HTTP %i', (status) =>
    against(
      (_, response) => json(response, status, { errors: ['no'] }),
      async (client, up) => {
        expect(await failure(client.request(GET, args))).toMatchObject({ status, messages: ['no'] });
        expect(up.seen).toHaveLength(1);
      },
    ),
  );

  test('does not follow a failed write, and says that the outcome is unknown', async () => {
    for (const status of [500, 502, 504]) {
      await against(
        (_, response) => json(response, status, {}),
        async (client, up) => {
          expect(await failure(client.request(POST, { title: 'x' }))).toMatchObject({ status, outcomeUnknown: true });
          expect(up.seen).toHaveLength(1);
        },
      );
    }
    await against(
      (_, response) => response.destroy(),
      async (client, up) => {
        expect(await failure(client.request(POST, { title: 'x' }))).toMatchObject({
          code: 'network',
          outcomeUnknown: true,
        });
        expect(up.seen).toHaveLength(1);
      },
    );
  });

  test('waits as long as Retry-After says, and not past the deadline', async () => {
    await against(
      (_, response, count) => (count === 1 ? json(response, 429, {}, { 'retry-after': '1' }) : json(response, 200, {})),
      async (client, up) => {
        await client.request(POST, { title: 'x' });
        expect((up.seen[1]?.at ?? 0) - (up.seen[0]?.at ?? 0)).toBeGreaterThanOrEqual(990);
      },
    );
    await against(
      (_, response) => json(response, 429, {}, { 'retry-after': '3600' }),
      async (client, up) => {
        expect(await failure(client.request(GET, args))).toMatchObject({ code: 'throttled', retryAfterSeconds: 3600 });
        expect(up.seen).toHaveLength(1);
      },
    );
  });

  test('follows a refused connection even on a write, for nothing was sent', async () => {
    const closed = await upstream(() => undefined);
    await closed[Symbol.asyncDispose]();
    const client = clientOf(closed.url, { deadline: 3_000 });
    const error = await failure(client.request(POST, { title: 'x' }));
    expect(error).toMatchObject({ code: 'network', outcomeUnknown: false });
    expect(error.attempts).toBeGreaterThan(1);
    expect(error.message).toContain('ECONNREFUSED');
  });
});

describe('a transfer', () => {
  test('goes without credentials', () =>
    against(
      (_, response) => response.writeHead(200, { location: 'x' }).end('<UploadId>u</UploadId>'),
      async (client, up) => {
        const answer = await client.transfer(`${up.url}/bucket/key?X-Amz-Signature=s`, { method: 'POST' });
        expect(answer).toMatchObject({ status: 200, text: '<UploadId>u</UploadId>' });
        expect(up.seen[0]?.headers).not.toHaveProperty('auth-token');
        expect(up.seen[0]?.headers).not.toHaveProperty('app-id');
      },
    ));

  test('fetches bytes as they are, up to the limit of the call', () =>
    against(
      (_, response) =>
        response.writeHead(200, { 'content-type': 'image/jpeg' }).end(Buffer.from([0xff, 0xd8, 0, 0xfe])),
      async (client, up) => {
        const address = `${up.url}/bucket/key.jpg?X-Amz-Signature=s`;
        const answer = await client.transfer(address, { method: 'GET', limit: 4 });
        expect([...answer.bytes]).toEqual([0xff, 0xd8, 0, 0xfe]);
        expect(up.seen[0]?.headers).not.toHaveProperty('auth-token');
        const error = await failure(client.transfer(address, { method: 'GET', limit: 3 }));
        expect(error).toMatchObject({ code: 'too_large' });
      },
    ));

  test('does not follow a redirect', () =>
    against(
      (_, response) => response.writeHead(302, { location: 'https://elsewhere.example/x' }).end(),
      async (client, up) => {
        const answer = await client.transfer(`${up.url}/bucket/key`, { method: 'GET' });
        expect(answer.status).toBe(302);
        expect(up.seen).toHaveLength(1);
      },
    ));

  test.each([
    'http://storage.example.com/x',
    'https://169.254.169.254/latest',
    'https://10.0.0.1/x',
    'file:///etc/passwd',
    'x',
  ])('refuses %s', (address) =>
    against(
      (_, response) => response.end(),
      async (client) => {
        expect(await failure(client.transfer(address, { method: 'POST' }))).toMatchObject({ code: 'forbidden_url' });
      },
    ),
  );
});
