import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Team, team } from '../support/team.ts';

let served: Team;
const ORIGIN = 'https://chat.example.com';

beforeAll(async () => {
  served = await team({ argv: ['--allow-host', 'iconik.example.com', '--allow-origin', ORIGIN] });
});

afterAll(() => served[Symbol.asyncDispose]());

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** One request with any headers, which `fetch` would not send. */
const send = ({ method = 'POST', path = '/mcp', headers = {}, body = '' }: Sent) =>
  new Promise<{ readonly status: number; readonly headers: Record<string, unknown>; readonly text: string }>(
    (resolve, reject) => {
      const all = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers };
      const sent = request(new URL(path, served.url), { method, headers: all }, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      sent.on('error', reject);
      sent.end(body);
    },
  );

const LIST = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
const portOf = () => new URL(served.url).port;

describe('a request', () => {
  test.each(['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST'])('to %s is answered', async (name) => {
    expect((await send({ headers: { host: `${name}:${portOf()}` }, body: LIST })).status).toBe(200);
  });

  test.each([
    ['another name', { host: 'evil.example' }],
    ['a name that only begins like ours', { host: 'iconik.example.com.evil.example' }],
    ['this machine on another port', { host: 'localhost:1' }],
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page that hides where it is from', { origin: 'null' }],
    ['a page whose origin only begins like ours', { origin: `${ORIGIN}.evil.example` }],
    ['a page of ours over plain HTTP', { origin: 'http://chat.example.com' }],
  ])('to or from %s is refused', async (_, headers) => {
    const { status, text } = await send({ headers: { host: 'iconik.example.com', ...headers }, body: LIST });
    expect(status).toBe(403);
    expect(text).not.toContain('find_assets');
  });

  test('without a Host is refused', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(portOf()), '127.0.0.1', () => socket.end('POST /mcp HTTP/1.0\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('from a page that may call can be read by it', async () => {
    const preflight = await send({ method: 'OPTIONS', headers: { origin: ORIGIN } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-headers']).toMatch(/authorization/i);
    const answer = await send({ headers: { origin: ORIGIN }, body: LIST });
    expect(answer.headers['access-control-allow-origin']).toBe(ORIGIN);
  });

  test.each(['GET', 'DELETE', 'PUT', 'PATCH', 'OPTIONS'])('%s is not for the endpoint', async (method) => {
    const { status, headers } = await send({ method });
    expect([status, headers.allow]).toEqual([405, 'POST']);
  });

  test('that names a session is told that there are none', async () => {
    const { status } = await send({ headers: { 'mcp-session-id': 'a'.repeat(32) }, body: LIST });
    expect(status).toBe(404);
    expect((await send({ body: LIST })).headers['mcp-session-id']).toBeUndefined();
  });

  test('to another path learns where the endpoint is', async () => {
    const { status, text } = await send({ path: '/', body: LIST });
    expect(status).toBe(404);
    expect(text).toContain('/mcp');
  });

  test.each([
    ['no JSON', '{', 400, -32_700],
    ['nothing', '', 400, -32_700],
    ['broken UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400, -32_700],
    ['no message', '{"a":1}', 400, -32_600],
    ['an empty list', '[]', 400, -32_600],
    ['a call without a name', '{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{}}', 200, -32_602],
    ['more messages than one request may hold', `[${Array(21).fill(LIST).join()}]`, 400, -32_600],
  ])('with %s gets an error of the protocol', async (_, body, status, code) => {
    const answer = await send({ body });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ jsonrpc: '2.0', error: { code } });
  });

  test('whose body is announced as too long is refused before it is sent', async () => {
    const status = await new Promise<string>((resolve) => {
      const head = `POST /mcp HTTP/1.1\r\nHost: localhost:${portOf()}\r\nContent-Type: application/json\r\n`;
      const socket = connect(Number(portOf()), '127.0.0.1', () =>
        socket.write(`${head}Content-Length: 900000000\r\n\r\n{`),
      );
      socket.once('data', (chunk) => {
        resolve(chunk.toString().split('\r\n')[0] ?? '');
        socket.destroy();
      });
    });
    expect(status).toBe('HTTP/1.1 413 Payload Too Large');
  });

  test('whose body never ends is refused where it becomes too long, and not kept', async () => {
    const sent = await new Promise<{ readonly status: string; readonly bytes: number }>((resolve) => {
      const head = `POST /mcp HTTP/1.1\r\nHost: localhost:${portOf()}\r\nContent-Type: application/json\r\n`;
      const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
      const socket = connect(Number(portOf()), '127.0.0.1', () => {
        socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
        const more = (): void => {
          if (!socket.destroyed) socket.write(chunk, () => setImmediate(more));
        };
        more();
      });
      socket.on('error', () => undefined);
      socket.once('data', (answer) => {
        resolve({ status: answer.toString().split('\r\n')[0] ?? '', bytes: socket.bytesWritten });
        socket.destroy();
      });
    });
    expect(sent.status).toBe('HTTP/1.1 413 Payload Too Large');
    expect(sent.bytes).toBeLessThan(20_000_000);
  });
});

describe('who looks after the server', () => {
  test.each([
    ['/healthz', 'ok\n'],
    ['/readyz', 'ready\n'],
  ])('finds %s without a name or a secret', async (path, text) => {
    expect(await send({ method: 'GET', path, headers: { host: '10.0.0.7' } })).toMatchObject({ status: 200, text });
  });
});
