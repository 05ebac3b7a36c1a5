import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { binary, initialized, start } from './support/binary.ts';
import { envelope, modernHost, REVISION } from './support/modern.ts';
import { APP_ID, TOKEN, upstream } from './support/upstream.ts';
import { ids } from './support/world.ts';

const call = (name: string, args: object, about = envelope()) => ({ name, arguments: args, _meta: about });

describe('the built server over stdio, before a host of the newest revision', () => {
  test('finds, shows, plans, asks the person and changes', async () => {
    const questions: string[] = [];
    const answer = (question: string) => {
      questions.push(question);
      return 'accept' as const;
    };
    await using modern = await modernHost('stdio', { answer });
    expect(modern.host.getNegotiatedProtocolVersion()).toBe(REVISION);
    expect((await modern.host.listTools()).tools.length).toBeGreaterThan(40);
    const { selection } = await modern.call('find_assets', { words: 'drone', limit: 3 });
    const { content } = await modern.raw('view_frame', { asset: ids.match, at: '1:00' });
    expect(content.some(({ type }) => type === 'image')).toBe(true);
    const { confirm } = await modern.call('set_metadata', { selection, values: { Description: 'From above' } });
    expect(await modern.call('set_metadata', { confirm })).toMatchObject({ status: 'done' });
    expect(questions).toEqual([expect.stringContaining('Go ahead?')]);
  });

  test('takes the token alone from a host that cannot ask', async () => {
    await using modern = await modernHost('stdio');
    const { confirm } = await modern.call('set_metadata', {
      assets: [ids.interview, ids.match],
      values: { Rating: 4 },
    });
    expect(await modern.call('set_metadata', { confirm })).toMatchObject({ status: 'done', changed: 2 });
  });

  test('reads a document back, and names what is not there', async () => {
    await using modern = await modernHost('stdio');
    const { content } = await modern.raw('export_markers', { asset: ids.match, format: 'csv' });
    const document = content.find(({ type }) => type === 'resource');
    if (document?.type !== 'resource') throw new Error('nothing is attached');
    const { uri } = document.resource;
    expect(await modern.host.readResource({ uri })).toMatchObject({ contents: [{ uri }] });
    expect(await modern.refused('find_asset')).toContain('Did you mean find_assets?');
  });

  test('reports progress to whoever wants it', async () => {
    const running = start();
    const ask = (args: object, more: object = {}) =>
      running.request('tools/call', call('set_metadata', args, { ...envelope(), ...more }));
    const { result } = await ask({ assets: [ids.interview, ids.match], values: { Rating: 4 } });
    await ask({ confirm: result.structuredContent.confirm }, { progressToken: 'mine' });
    const lines = running.stdout().trim().split('\n');
    const reports = lines.map((line) => JSON.parse(line)).filter(({ method }) => method === 'notifications/progress');
    expect(reports[0].params).toEqual({ progressToken: 'mine', progress: 1, total: 2 });
    running.child.stdin.end();
    expect(await running.exit).toBe(0);
  });

  test('ends what a call does at Iconik when the host cancels it', async () => {
    const gone: string[] = [];
    await using up = await upstream(({ path }, response) => {
      response.once('close', () => gone.push(path));
    });
    const env = { ICONIK_BASE_URL: up.url, ICONIK_APP_ID: APP_ID, ICONIK_AUTH_TOKEN: TOKEN };
    const running = start({ args: [binary], env });
    void running.request('tools/call', call('get_asset', { asset_id: ids.match }));
    await expect.poll(() => up.seen.length, { timeout: 10_000 }).toBe(1);
    running.notify('notifications/cancelled', { requestId: 1, _meta: envelope() });
    await expect.poll(() => gone, { timeout: 10_000 }).toHaveLength(1);
    running.child.stdin.end();
    expect(await running.exit).toBe(0);
    expect(running.stdout()).toBe('');
  });

  test('keeps lines in order while the revision is loaded', async () => {
    const running = start();
    const answers = await Promise.all([
      running.request('server/discover', { _meta: envelope() }),
      running.request('tools/list', { _meta: envelope() }),
      running.request('tools/call', call('find_assets', { words: 'drone', limit: 1 })),
    ]);
    expect(answers.map(({ result }) => result?.resultType)).toEqual(['complete', 'complete', 'complete']);
    expect(answers[0].result.supportedVersions).toContain(REVISION);
    running.child.stdin.end();
    expect(await running.exit).toBe(0);
  });

  test('answers a revision that nobody knows with those that it serves, and then initialize as ever', async () => {
    const running = start();
    const { error } = await running.request('server/discover', { _meta: envelope({ revision: '2031-01-01' }) });
    expect(error).toMatchObject({ code: -32_022, data: { supported: [REVISION] } });
    const { result } = await running.request('initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'test', version: '0' },
    });
    expect(result.protocolVersion).toBe('2025-11-25');
    running.notify('notifications/initialized');
    expect((await running.request('tools/list')).result.tools.length).toBeGreaterThan(40);
    running.child.stdin.end();
    expect(await running.exit).toBe(0);
  });
});

describe('the built server over stdio, before an older host', () => {
  test('is ready without anything of the newest revision', async () => {
    const newer = 'subscriptions/listen';
    const main = resolve(import.meta.dirname, '../dist/iconik-mcp.mjs');
    const atStart = new Set([main]);
    for (const file of atStart)
      for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/(?:\bimport|\bfrom)\s*"(\.\.?\/[^"]+)"/g))
        if (existsSync(join(dirname(file), path))) atStart.add(join(dirname(file), path));
    expect(atStart.size, 'with what it imports').toBeGreaterThan(1);
    for (const file of atStart) expect(readFileSync(file, 'utf8')).not.toContain(newer);
    const { child, hello, exit } = await initialized();
    expect(hello.result.protocolVersion).toBe('2025-11-25');
    child.stdin.end();
    expect(await exit).toBe(0);
  });
});
