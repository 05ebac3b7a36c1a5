import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, startRedis } from '../support/redis.ts';
import { STATE_KEY } from '../support/replicas.ts';
import { type Team, team } from '../support/team.ts';

const SECRETS = { ann: 'secret-of-ann-0123456789', bob: 'secret-of-bob-0123456789' };
const LIST = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
const call = (args: string): string =>
  `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"find_assets","arguments":${args}}}`;

let served: Team;
beforeAll(async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'adversary-')), 'secrets');
  const lines = Object.entries(SECRETS).map(([name, secret]) => `${name} ${secret} iconik:read\n`);
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  served = await team({ argv: ['--bearer-file', file] });
});
afterAll(() => served[Symbol.asyncDispose]());

/** Writes bytes to the server as they are, and answers all that comes until it closes the connection. */
function raw(bytes: string | Buffer, url = served.url): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
    socket.setTimeout(20_000, () => socket.destroy());
  });
}

interface Post {
  readonly target?: string;
  readonly without?: readonly string[];
  /** After the ordinary ones. */
  readonly more?: readonly string[];
  readonly body?: string;
  /** Whether another request comes behind this one. */
  readonly goesOn?: boolean;
}

function post({ target = '/mcp', without = [], more = [], body = LIST, goesOn = false }: Post): string {
  const own = {
    Host: new URL(served.url).host,
    Authorization: `Bearer ${SECRETS.ann}`,
    'Content-Type': 'application/json',
    Accept: 'application/json, text/event-stream',
    Connection: goesOn ? 'keep-alive' : 'close',
    'Content-Length': String(Buffer.byteLength(body)),
  };
  const lines = Object.entries(own).flatMap(([name, value]) => (without.includes(name) ? [] : [`${name}: ${value}`]));
  return `POST ${target} HTTP/1.1\r\n${[...lines, ...more].join('\r\n')}\r\n\r\n${body}`;
}

const statuses = (answer: string): string[] =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => code ?? '');

describe('a request that is not as it should be', () => {
  test.each<[string, () => string | Buffer, status: string]>([
    ['two names of ours', () => post({ more: [`Host: ${new URL(served.url).host}`] }), '400'],
    ['another name behind ours', () => post({ more: ['Host: evil.example'] }), '400'],
    ['another secret behind the first', () => post({ more: [`Authorization: Bearer ${SECRETS.bob}`] }), '400'],
    ['a name with a user', () => post({ without: ['Host'], more: [`Host: a@${new URL(served.url).host}`] }), '403'],
    ['an origin that is empty', () => post({ more: ['Origin: '] }), '403'],
    ['a header that is too long', () => post({ more: [`X-A: ${'a'.repeat(40_000)}`] }), '431'],
    ['a header with a NUL', () => post({ more: ['X-A: a\0b'] }), '400'],
    ['a header that hides another', () => post({ more: ['X-A: a\nHost: evil.example'] }), '400'],
    ['two lengths', () => post({ more: ['Transfer-Encoding: chunked'] }), '400'],
    ['a whole address', () => post({ target: 'http://evil.example/mcp' }), '404'],
    ['no wish for JSON', () => post({ without: ['Accept'], more: ['Accept: text/event-stream'] }), '406'],
    ['a body of another type', () => post({ without: ['Content-Type'], more: ['Content-Type: text/plain'] }), '415'],
    ['a body that is packed', () => packed(), '400'],
    ['lists in lists', () => post({ body: '['.repeat(100_000) + ']'.repeat(100_000) }), '400'],
    ['no HTTP', () => Buffer.from('\x16\x03\x01\x02\x00\x01', 'latin1'), '400'],
  ])('with %s is refused', async (_, bytes, status) => {
    const answer = await raw(bytes());
    expect(statuses(answer)).toEqual([status]);
    expect(answer).not.toContain('find_assets');
  });

  test('is refused alone: those before it on the same connection are answered', async () => {
    const answer = await raw(post({ goesOn: true }) + post({ goesOn: true }) + post({ without: ['Authorization'] }));
    expect(statuses(answer)).toEqual(['200', '200', '401']);
  });

  test('with arguments in arguments is told how deep they may be', async () => {
    const answer = await raw(post({ body: call(`${'{"words":'.repeat(100_000)}1${'}'.repeat(100_000)}`) }));
    expect(answer).toContain('nested deeper than 50 levels');
  });

  test.skipIf(!hasRedis)('is told so too where replicas share what arguments name', async () => {
    const redis = await startRedis();
    await using own = await team({ argv: ['--state', redis.url], env: { ICONIK_STATE_KEY: STATE_KEY } });
    const response = await own.post(call(`${'{"words":'.repeat(100_000)}1${'}'.repeat(100_000)}`));
    expect(await response.text()).toContain('nested deeper than 50 levels');
    await redis.end();
  });

  const packed = (): Buffer => {
    const body = gzipSync(LIST);
    const more = ['Content-Encoding: gzip', `Content-Length: ${body.length}`];
    return Buffer.concat([Buffer.from(post({ without: ['Content-Length'], more, body: '' })), body]);
  };
});
