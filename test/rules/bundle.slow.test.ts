import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { getMcpConfigForManifest, MANIFEST_SCHEMAS, unpackExtension } from '@anthropic-ai/mcpb';
import { imageDimensionsFromData } from 'image-dimensions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Served, serveSandbox } from '../../src/sandbox/serve.ts';
import { initialized, start } from '../support/binary.ts';
import { documented } from '../support/documented.ts';
import { APP_ID, TOKEN } from '../support/upstream.ts';

const root = resolve(import.meta.dirname, '../..');
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const elsewhere = mkdtempSync(join(tmpdir(), 'bundle-'));
const unpacked = join(elsewhere, 'unpacked');
const MAX_BYTES = 900_000;

/** Makes the bundle in `folder`, and reads it. */
const made = (folder: string, env = {}): Buffer => {
  execFileSync(process.execPath, [join(root, 'scripts/bundle.mjs'), folder], { env: { ...process.env, ...env } });
  return readFileSync(join(folder, `${own.name}-${own.version}.mcpb`));
};

let bundle: Buffer;
let manifest: ReturnType<(typeof MANIFEST_SCHEMAS)['0.3']['parse']>;
let iconik: Served;

beforeAll(async () => {
  bundle = made(elsewhere);
  const mcpbPath = join(elsewhere, `${own.name}-${own.version}.mcpb`);
  expect(await unpackExtension({ mcpbPath, outputDir: unpacked, silent: true })).toBe(true);
  manifest = MANIFEST_SCHEMAS['0.3'].parse(JSON.parse(readFileSync(join(unpacked, 'manifest.json'), 'utf8')));
  iconik = await serveSandbox({ port: 0 });
});
afterAll(async () => {
  await iconik.close();
  rmSync(elsewhere, { recursive: true, force: true });
});

/** How the host starts it, with what the person filled in. */
const configOf = (userConfig: Record<string, string>) =>
  getMcpConfigForManifest({ manifest, extensionPath: unpacked, systemDirs: {}, userConfig, pathSeparator: sep });

async function started(userConfig: Record<string, string>) {
  const config = await configOf(userConfig);
  if (!config) throw new Error('not everything that is needed was filled in');
  const { command, args = [], env = {} } = config;
  return initialized({ command, args, env, cwd: elsewhere });
}

describe('the bundle', () => {
  test('is small, and the same bytes wherever it is made', () => {
    expect(bundle.length).toBeLessThanOrEqual(MAX_BYTES);
    expect(made(elsewhere, { TZ: 'Asia/Tokyo' }).equals(bundle)).toBe(true);
  });

  test('describes the package, with the rules of privacy and a picture of ours', () => {
    expect(manifest).toMatchObject({
      name: own.name,
      version: own.version,
      license: own.license,
      privacy_policies: [expect.stringMatching(/\/docs\/privacy\.md$/)],
      compatibility: { runtimes: { node: own.engines.node } },
    });
    expect(readFileSync(join(unpacked, 'PRIVACY.md'), 'utf8')).toBe(
      readFileSync(join(root, 'docs/privacy.md'), 'utf8'),
    );
    const icon = readFileSync(join(unpacked, manifest.icon ?? ''));
    expect(imageDimensionsFromData(icon)).toMatchObject({ type: 'png', width: 512, height: 512 });
  });

  test('asks for the credentials as secrets, and does not start without them', async () => {
    const { app_id, auth_token, base_url } = manifest.user_config ?? {};
    for (const secret of [app_id, auth_token]) expect(secret).toMatchObject({ sensitive: true, required: true });
    expect(base_url).toMatchObject({ required: false, default: 'https://app.iconik.io' });
    expect(await configOf({ app_id: APP_ID })).toBeUndefined();
    const config = await configOf({ app_id: APP_ID, auth_token: TOKEN });
    expect(config?.env).toEqual({
      ICONIK_APP_ID: APP_ID,
      ICONIK_AUTH_TOKEN: TOKEN,
      ICONIK_BASE_URL: 'https://app.iconik.io',
    });
    // Other users of the machine see the arguments of a process.
    expect(config?.args?.join()).not.toContain('user_config');
  });

  test('starts as its manifest says, and lists the tools that the manifest names', async () => {
    const host = await started({ app_id: APP_ID, auth_token: TOKEN });
    expect(host.hello.result.serverInfo).toMatchObject({ version: own.version });
    const { result } = await host.request('tools/list');
    const names = result.tools.map(({ name }: { name: string }) => name);
    expect(manifest.tools?.map(({ name }) => name)).toEqual(names);
    expect(names).toEqual(expect.arrayContaining([...documented]));
    host.child.stdin.end();
    expect(await host.exit).toBe(0);
  });

  test('has all that calls load later', async () => {
    const { url, appId, authToken } = iconik;
    const host = await started({ app_id: appId, auth_token: authToken, base_url: url });
    const call = async (name: string, args: object) => {
      const { result } = await host.request('tools/call', { name, arguments: args });
      const { isError, content } = result;
      expect(isError, `${name}: ${content[0].text}`).not.toBe(true);
      return content;
    };
    const [{ text }] = await call('find_assets', { words: 'interview' });
    const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(text)?.[0];
    const frames = await call('view_frame', { asset: id, at: ['1s'] });
    expect(frames.some(({ type }: { type: string }) => type === 'image')).toBe(true);
    await call('find_operations', { words: 'collections in the recycle bin' });
    const [answer] = await call('run_query', { program: 'return 6 * 7;' });
    expect(answer.text).toContain('42');
    host.child.stdin.end();
    expect(await host.exit).toBe(0);
  });

  test('has the pages for hosts that show them', async () => {
    const { command = '', args = [], env = {} } = (await configOf({ app_id: APP_ID, auth_token: TOKEN })) ?? {};
    const host = start({ command, args, env });
    const ui = { mimeTypes: ['text/html;profile=mcp-app'] };
    await host.request('initialize', {
      protocolVersion: '2025-11-25',
      capabilities: { extensions: { 'io.modelcontextprotocol/ui': ui } },
      clientInfo: { name: 'test', version: '0' },
    });
    host.notify('notifications/initialized');
    const { result } = await host.request('tools/list');
    const uris = result.tools.flatMap(({ _meta }: { _meta?: { ui?: { resourceUri?: string } } }) =>
      _meta?.ui?.resourceUri ? [_meta.ui.resourceUri] : [],
    );
    expect(uris.length).toBeGreaterThan(0);
    for (const uri of new Set(uris)) {
      const read = await host.request('resources/read', { uri });
      expect(read.result.contents[0].text, String(uri)).toMatch(/^<!doctype html>/);
    }
    host.child.stdin.end();
    expect(await host.exit).toBe(0);
  });

  test('speaks the newest protocol, too', async () => {
    const config = await configOf({ app_id: APP_ID, auth_token: TOKEN });
    const host = start({ command: 'node', args: config?.args ?? [], env: config?.env ?? {} });
    const { result } = await host.request('server/discover', {
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientInfo': { name: 'test', version: '0' },
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    });
    expect(JSON.stringify(result)).toContain('2026-07-28');
    host.child.stdin.end();
    expect(await host.exit).toBe(0);
  });

  test.each(['serve', 'sandbox', '--sandbox', 'connect', 'disconnect', 'doctor'])(
    'leaves out what serves others, and says so: %s',
    async (word) => {
      const { args = [] } = (await configOf({ app_id: APP_ID, auth_token: TOKEN })) ?? {};
      const other = start({ command: 'node', args: [...args, word] });
      expect(await other.exit).toBe(1);
      expect(other.stderr()).toBe(
        'iconik-mcp: could not start: this bundle serves one host with one account; the package has the other commands\n',
      );
    },
  );
});
