import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listed } from '../src/server/schema.ts';
import { type Registered, registry } from '../src/tools/index.ts';
import { binary, initialized, start } from './support/binary.ts';
import { documented } from './support/documented.ts';
import { APP_ID, json, TOKEN, upstream } from './support/upstream.ts';

const ASSET = 'a55e7001-5b1c-11ef-9c3a-0a580a3db916';

describe('the built binary', () => {
  test('serves a host over stdin and stdout, and leaves with it', async () => {
    const host = await initialized();
    expect(host.hello.result).toMatchObject({ serverInfo: { name: 'iconik' }, capabilities: { tools: {} } });
    expect(host.hello.result.instructions.length).toBeLessThanOrEqual(1_900);
    const list = await host.request('tools/list');
    expect(list.result.tools.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining([...documented]),
    );
    const asset = await host.request('tools/call', { name: 'get_asset', arguments: { asset_id: ASSET } });
    expect(asset.result.structuredContent).toMatchObject({ id: ASSET });
    host.child.stdin.end();
    expect(await host.exit).toBe(0);
    expect(host.stderr()).toBe('');
    for (const line of host.stdout().trimEnd().split('\n')) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
  });

  test('writes its last answer whole where the host says goodbye with the question and reads slowly', () => {
    const clientInfo = { name: 'test', version: '1' };
    const messages = [
      { id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo } },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/list' },
    ];
    const input = messages.map((one) => `${JSON.stringify({ jsonrpc: '2.0', ...one })}\n`).join('');
    const { stdout } = spawnSync('sh', ['-c', `"${process.execPath}" "${binary}" --sandbox | (sleep 0.2; cat)`], {
      input,
      encoding: 'utf8',
      maxBuffer: 10_000_000,
    });
    const { result } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(result.tools.length).toBeGreaterThan(40);
  });

  test('speaks to an Iconik with the credentials from the environment, and leaves while its connection is warm', async () => {
    await using up = await upstream((_, response) => json(response, 200, { id: ASSET, title: 'From upstream' }));
    const host = await initialized({
      args: [binary],
      env: { ICONIK_APP_ID: APP_ID, ICONIK_AUTH_TOKEN: TOKEN, ICONIK_BASE_URL: up.url },
    });
    const asset = await host.request('tools/call', { name: 'get_asset', arguments: { asset_id: ASSET } });
    expect(asset.result.structuredContent).toEqual({ id: ASSET, title: 'From upstream' });
    expect(up.seen[0]?.headers).toMatchObject({ 'app-id': APP_ID, 'auth-token': TOKEN });
    host.child.stdin.end();
    expect(await host.exit).toBe(0);
  });

  test('leaves with the host in the middle of a change that nobody answers, and writes down that it was under way', async () => {
    let hear: () => void = () => undefined;
    const heard = new Promise<void>((resolve) => {
      hear = resolve;
    });
    await using up = await upstream(() => hear());
    const host = await initialized({
      args: [binary],
      env: { ICONIK_APP_ID: APP_ID, ICONIK_AUTH_TOKEN: TOKEN, ICONIK_BASE_URL: up.url },
    });
    const args = { asset_id: ASSET, segment_id: ASSET, segment_checked: true };
    void host.request('tools/call', { name: 'partial_update_segment', arguments: args }).catch(() => undefined);
    await heard;
    host.child.stdin.end();
    // Without an end that is forced it would wait for the deadline of the call, longer than a test may take.
    expect(await host.exit).toBe(0);
    const [line, ...more] = host.stderr().trimEnd().split('\n');
    expect(JSON.parse(line ?? '')).toMatchObject({ tool: 'partial_update_segment' });
    expect(more).toEqual([]);
  });

  // The build computes the list, so that the start does not: here it is computed from the tools again.
  test.each([
    ['all tools', [], ({ tool }: Registered) => tool.listed === true],
    ['tools that read', ['--read-only'], ({ tool }: Registered) => tool.listed === true && tool.effect === 'read'],
    ['two toolsets', ['--toolsets', 'jobs,segments'], ({ toolset }: Registered) => /^(jobs|segments)$/.test(toolset)],
  ])('lists %s, byte for byte, as they are', async (_, flags, isOffered) => {
    const offered = [...registry.values()].filter((one) => one.tool.listed && isOffered(one));
    const names = new Set(offered.map(({ name }) => name));
    const tools = offered.map(({ name, tool }) => listed(name, tool, (other) => names.has(other)));
    const host = await initialized({ args: [binary, '--sandbox', ...flags] });
    const { result } = await host.request('tools/list');
    host.child.stdin.end();
    await host.exit;
    expect(JSON.stringify(result)).toBe(JSON.stringify({ tools }));
  });

  test('has as many assets in the sandbox as it is told', async () => {
    const host = await initialized({ args: [binary, '--sandbox', '--assets', '300'] });
    const { result } = await host.request('tools/call', { name: 'find_assets', arguments: { limit: 1 } });
    expect(result.structuredContent.total).toBeGreaterThan(250);
    host.child.stdin.end();
    await host.exit;
  });

  test('leaves on SIGTERM', async () => {
    const host = await initialized();
    host.child.kill('SIGTERM');
    expect(await host.exit).toBe(0);
    expect(host.stderr()).toBe('');
  });

  test('shows its version and its help', async () => {
    const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../package.json'), 'utf8'));
    const shown = start({ args: [binary, '--version'] });
    expect(await shown.exit).toBe(0);
    expect(shown.stdout()).toBe(`${version}\n`);
    const help = start({ args: [binary, '--help'] });
    expect(await help.exit).toBe(0);
    expect(help.stdout()).toContain('--sandbox');
  });

  test('offers only what reads in read-only mode', async () => {
    const host = await initialized({ args: [binary, '--sandbox', '--read-only'] });
    const { result } = await host.request('tools/list');
    expect(result.tools.length).toBeGreaterThan(5);
    for (const tool of result.tools) expect(tool.annotations.readOnlyHint).toBe(true);
    const refused = await host.request('tools/call', { name: 'create_asset', arguments: { title: 'x' } });
    expect(refused.result).toMatchObject({ isError: true });
    expect(refused.result.content[0].text).toContain('read-only');
    host.child.stdin.end();
    await host.exit;
  });
});

describe('a start that can not succeed', () => {
  const id = { ICONIK_APP_ID: APP_ID };
  const both = { ...id, ICONIK_AUTH_TOKEN: TOKEN };
  test.each([
    ['no credentials', [], {}, /ICONIK_APP_ID and ICONIK_AUTH_TOKEN are not set.*--sandbox/],
    ['no token', [], id, /ICONIK_AUTH_TOKEN is not set.*--sandbox/],
    [
      'a placeholder',
      [],
      { ...id, ICONIK_AUTH_TOKEN: '$' + '{ICONIK_AUTH_TOKEN}' },
      /ICONIK_AUTH_TOKEN is not a token/,
    ],
    [
      'a token of two lines',
      [],
      { ...id, ICONIK_AUTH_TOKEN: 'abcdefgh\nijklmnop' },
      /ICONIK_AUTH_TOKEN is not a token/,
    ],
    ['no address', [], { ...both, ICONIK_BASE_URL: 'iconik' }, /ICONIK_BASE_URL is not a URL.*--sandbox/],
    ['plain http', [], { ...both, ICONIK_BASE_URL: 'http://app.iconik.io' }, /ICONIK_BASE_URL must begin with https/],
    ['a path', [], { ...both, ICONIK_BASE_URL: 'https://app.iconik.io/API' }, /ICONIK_BASE_URL has a path/],
    ['an unknown flag', ['--sandbx'], {}, /--sandbx/],
    [
      'an unknown toolset',
      ['--sandbox', '--toolsets', 'nope'],
      {},
      /--toolsets: "nope" is not a toolset. Known: tasks, find, .*assets/,
    ],
    [
      'a port without the command',
      ['--sandbox', '--port', '9000'],
      {},
      /--port is for the commands "sandbox" and "serve"/,
    ],
    ['assets of an account', ['--assets', '100'], both, /--assets is for the sandbox/],
    ['a bad number of assets', ['--sandbox', '--assets', '0'], {}, /--assets: "0" is not a whole number/],
    ['a bad time', ['--sandbox', '--timeout', 'soon'], {}, /--timeout: "soon"/],
  ])('says in one line what is wrong: %s', async (_, args, env, message) => {
    const run = start({ args: [binary, ...args], env });
    expect(await run.exit).toBe(1);
    expect(run.stdout()).toBe('');
    expect(run.stderr()).toMatch(message);
    expect(run.stderr().trimEnd().split('\n')).toHaveLength(1);
    expect(run.stderr()).not.toContain(TOKEN);
  });
});
