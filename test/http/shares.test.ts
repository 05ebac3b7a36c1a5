import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { team } from '../support/team.ts';
import { json, upstream } from '../support/upstream.ts';
import { ids } from '../support/world.ts';

test('one caller cannot take every place: another gets through meanwhile', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'shares-')), 'secrets');
  const secretOf = (name: string): string => `secret-of-${name}-0123456789`;
  writeFileSync(file, ['ann', 'bob'].map((name) => `${name} ${secretOf(name)} iconik:read\n`).join(''), {
    mode: 0o600,
  });
  const from = (name: string) => ({
    authorization: `Bearer ${secretOf(name)}`,
    'x-iconik-app-id': `app-of-${name}`,
    'x-iconik-auth-token': `token-of-${name}`,
  });
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await using up = await upstream(async ({ headers }, response) => {
    if (headers['app-id'] === 'app-of-ann') await released;
    json(response, 200, { id: ids.match, title: 'A match' });
  });
  await using served = await team({ baseUrl: up.url, argv: ['--bearer-file', file] });
  const call = { method: 'tools/call', params: { name: 'get_asset', arguments: { asset_id: ids.match } } };
  const refused: Response[] = [];
  const all = Array.from({ length: 300 }, async () => {
    const response = await served.post(call, from('ann'));
    if (response.status !== 200) refused.push(response);
    return response.status;
  });
  await expect.poll(() => refused.length, { timeout: 20_000 }).toBe(300 - 64);
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([429]));
  expect(refused[0]?.headers.get('retry-after')).toBe('2');
  expect(await refused[0]?.json()).toMatchObject({ jsonrpc: '2.0', error: { message: expect.stringContaining('64') } });
  expect(await served.call('get_asset', { asset_id: ids.match }, from('bob'))).toMatchObject({ isError: false });
  release();
  expect((await Promise.all(all)).filter((status) => status === 200)).toHaveLength(64);
  expect((await served.post(call, from('ann'))).status).toBe(200);
});

test('nor all the memory: of what is sent so much is held at once, and the rest is to come again', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'shares-')), 'secrets');
  const secret = 'secret-of-ann-0123456789';
  writeFileSync(file, `ann ${secret} iconik:read\nbob secret-of-bob-0123456789 iconik:read\n`, { mode: 0o600 });
  await using served = await team({ argv: ['--bearer-file', file] });
  const { hostname, port, host } = new URL(served.url);
  const head = `POST /mcp HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${secret}\r\nContent-Type: application/json\r\n`;
  const answers: string[] = [];
  // Each sends all but the end.
  const sockets = Array.from({ length: 8 }, () => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`${head}Content-Length: 7000001\r\n\r\n${'a'.repeat(7_000_000)}`),
    );
    socket.on('error', () => undefined);
    socket.on('data', (answer) => answers.push(answer.toString()));
    return socket;
  });
  await expect.poll(() => answers.length, { timeout: 20_000 }).toBe(4);
  expect(answers.every((answer) => /^HTTP\/1\.1 503 /.test(answer) && /Retry-After: 2/.test(answer))).toBe(true);
  const bob = { authorization: 'Bearer secret-of-bob-0123456789' };
  expect((await served.post({ method: 'tools/list' }, bob)).status).toBe(200);
  for (const socket of sockets) socket.destroy();
  const ann = { authorization: `Bearer ${secret}` };
  const again = `{"jsonrpc":"2.0","id":1,"method":"tools/list"}${' '.repeat(7_000_000)}`;
  await expect.poll(async () => (await served.post(again, ann)).status, { timeout: 20_000 }).toBe(200);
});
