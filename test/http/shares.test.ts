import { mkdtempSync, writeFileSync } from 'node:fs';
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
