import { once } from 'node:events';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { binary, start } from '../support/binary.ts';
import { team } from '../support/team.ts';
import { json, upstream } from '../support/upstream.ts';
import { ids } from '../support/world.ts';

const own = { 'x-iconik-app-id': 'app-of-ann', 'x-iconik-auth-token': 'token-of-ann' };
const CALL = { method: 'tools/call', params: { name: 'get_asset', arguments: { asset_id: ids.match } } };
const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...own };

describe('a caller who leaves in the middle of a call', () => {
  test('ends what the call does at Iconik', async () => {
    const gone: string[] = [];
    await using up = await upstream(({ path }, response) => {
      response.once('close', () => gone.push(path));
    });
    await using served = await team({ baseUrl: up.url });
    const control = new AbortController();
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, ...CALL });
    const asked = fetch(served.url, { method: 'POST', headers: HEADERS, body, signal: control.signal }).catch(
      () => 'left',
    );
    await expect.poll(() => up.seen.length, { timeout: 20_000 }).toBe(1);
    control.abort();
    expect(await asked).toBe('left');
    await expect.poll(() => gone, { timeout: 20_000 }).toHaveLength(1);
  });

  test('ends also the calls whose answers wait behind another on the same connection', async () => {
    const gone: string[] = [];
    await using up = await upstream(({ path }, response) => {
      response.once('close', () => gone.push(path));
    });
    await using served = await team({ baseUrl: up.url });
    const { hostname, port } = new URL(served.url);
    const socket = connect(Number(port), hostname);
    for (const asset_id of [ids.match, ids.interview]) {
      const params = { name: 'get_asset', arguments: { asset_id } };
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
      const headers = { ...HEADERS, host: `${hostname}:${port}`, 'content-length': body.length };
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`POST /mcp HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
    }
    await expect.poll(() => up.seen.length, { timeout: 20_000 }).toBe(2);
    socket.destroy();
    await expect.poll(() => gone, { timeout: 8_000 }).toHaveLength(2);
  });
});

describe('callers who leave while their rights are looked up', () => {
  test('make room for others', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leaving-'));
    const at = (name: string): string => join(folder, name);
    writeFileSync(at('secrets'), 'ann secret-of-ann-0123456789 iconik:read\n', { mode: 0o600 });
    writeFileSync(
      at('command'),
      `#!/bin/sh\nwhile [ ! -e ${at('go')} ]; do sleep 0.1; done\nprintf '{"app_id":"app-of-ann","auth_token":"token-of-ann"}'\n`,
    );
    chmodSync(at('command'), 0o700);
    const argv = ['--bearer-file', at('secrets'), '--credentials-command', `${at('command')} {subject}`];
    await using up = await upstream((_, response) => json(response, 200, {}));
    await using served = await team({ argv, baseUrl: up.url });
    const ann = { ...HEADERS, authorization: 'Bearer secret-of-ann-0123456789' };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    const control = new AbortController();
    let refused = 0;
    const all = Array.from({ length: 300 }, async () => {
      const sent = fetch(served.url, { method: 'POST', headers: ann, body, signal: control.signal });
      const status = await sent.then((response) => response.status).catch(() => 'left');
      if (status === 429) refused += 1;
    });
    await expect.poll(() => refused, { timeout: 8_000 }).toBe(300 - 64);
    control.abort();
    await Promise.all(all);
    writeFileSync(at('go'), '');
    await expect
      .poll(async () => (await served.post({ method: 'tools/list' }, ann)).status, { timeout: 8_000 })
      .toBe(200);
  });
});

describe('the built server, when it is told to stop', () => {
  test('finishes what is under way, answers 503 to what comes, and leaves', async () => {
    let release: () => void = () => undefined;
    await using up = await upstream((_, response) => {
      release = () => json(response, 200, { id: ids.match, title: 'A match' });
    });
    const running = start({ args: [binary, 'serve', '--port', '0'], env: { ICONIK_BASE_URL: up.url } });
    await once(running.child.stdout, 'data');
    const url = /serves (\S+)/.exec(running.stdout())?.[1] ?? '';
    const post = (message: object, signal?: AbortSignal) => {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, ...message });
      return fetch(url, { method: 'POST', headers: HEADERS, body, ...(signal && { signal }) });
    };
    // One who left before does not count any more, nor twice.
    const control = new AbortController();
    const left = post(CALL, control.signal).catch(() => 'left');
    await expect.poll(() => up.seen.length, { timeout: 10_000 }).toBe(1);
    control.abort();
    expect(await left).toBe('left');
    const first = post(CALL);
    await expect.poll(() => up.seen.length, { timeout: 10_000 }).toBe(2);
    running.child.kill('SIGTERM');
    await expect.poll(async () => (await post({ method: 'tools/list' })).status, { timeout: 10_000 }).toBe(503);
    expect((await fetch(new URL('/readyz', url))).status).toBe(503);
    release();
    expect(await (await first).text()).toContain('A match');
    expect(await running.exit).toBe(0);
    expect(running.stderr()).toBe('');
  });

  test('does not start on an address that others reach without anybody signing in', async () => {
    const running = start({ args: [binary, 'serve', '--bind', '0.0.0.0', '--sandbox'] });
    expect(await running.exit).toBe(1);
    expect(running.stderr()).toMatch(/^iconik-mcp: --bind 0\.0\.0\.0 needs callers that sign in: .*\n$/);
  });
});

describe('connections that say nothing', () => {
  test('keep nobody else from being served', async () => {
    await using served = await team();
    const { port, hostname } = new URL(served.url);
    const idle = Array.from({ length: 500 }, () => connect(Number(port), hostname).on('error', () => undefined));
    const slow = connect(Number(port), hostname, () => slow.write('POST /mcp HTTP/1.1\r\nHost: a\r\nX-A: '));
    slow.on('error', () => undefined);
    await Promise.all(idle.map((socket) => once(socket, 'connect')));
    expect((await served.post({ method: 'tools/list' })).status).toBe(200);
    for (const socket of [...idle, slow]) socket.destroy();
  });
});
