import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { initialized, start } from '../support/binary.ts';
import { documented } from '../support/documented.ts';
import { APP_ID, TOKEN } from '../support/upstream.ts';

const root = resolve(import.meta.dirname, '../..');
const elsewhere = mkdtempSync(join(tmpdir(), 'iconik-mcp-'));
const run = (command: string, args: string[], cwd: string): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

interface Component {
  readonly name: string;
  readonly version: string;
}
const manifest: {
  readonly version: string;
  readonly bundled: readonly string[];
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies?: object;
} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

let packed: { readonly filename: string; readonly files: readonly { readonly path: string }[] };

/** The packed file, installed where nothing else is. */
beforeAll(() => {
  // Lifecycle scripts would build again; the build under test is there already.
  [packed] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', elsewhere], root));
  writeFileSync(join(elsewhere, 'package.json'), '{"private":true}');
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(elsewhere, packed.filename)], elsewhere);
});
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

describe('the package', () => {
  test('holds what is needed and nothing else', () => {
    const paths = packed.files.map(({ path }) =>
      path.replace(/^dist\/chunks\/[\w-]+-\w{8}\.(mjs|jsonl)$/, 'dist/chunks/….$1'),
    );
    expect([...new Set(paths)].sort()).toEqual([
      'LICENSE',
      'README.md',
      'dist/THIRD-PARTY-LICENSES.txt',
      'dist/apps/gallery.html',
      'dist/apps/plan.html',
      'dist/apps/player.html',
      'dist/chunks/clip.mp4',
      'dist/chunks/facts-2026.json',
      'dist/chunks/….jsonl',
      'dist/chunks/….mjs',
      'dist/iconik-mcp.cjs',
      'dist/iconik-mcp.mjs',
      'dist/program.mjs',
      'dist/quickjs.wasm',
      'dist/sbom.cdx.json',

      'mcp.json',
      'package.json',
    ]);
  });

  test('installs alone: what it is built from is inside', () => {
    const installed = readdirSync(join(elsewhere, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed).toEqual(['iconik-mcp']);
  });

  test('lists in sbom.cdx.json what is bundled, each pinned and allowed for in package.json', () => {
    const { bundled, devDependencies, dependencies, version } = manifest;
    const { components, metadata, ...rest } = JSON.parse(readFileSync(join(root, 'dist/sbom.cdx.json'), 'utf8'));
    expect(rest).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    expect(metadata.component).toMatchObject({ name: 'iconik-mcp', version, purl: `pkg:npm/iconik-mcp@${version}` });
    const listed = components.map(({ name, version: own }: Component) => [name, own]);
    expect(listed).toEqual(bundled.map((name) => [name, devDependencies[name]]));
    expect(dependencies).toBeUndefined();
    for (const { name, version: own, purl, licenses } of components) {
      expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${own}`);
      expect(licenses).toEqual([{ license: { id: expect.stringMatching(/^[A-Z][\w.-]+$/) } }]);
    }
  });

  test('ships the licence of everything that is bundled', () => {
    const text = readFileSync(join(root, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of manifest.bundled) expect(text).toContain(`${name} ${manifest.devDependencies[name]} (`);
  });

  test('serves a host when it is started as mcp.json says', async () => {
    const document = JSON.parse(readFileSync(join(root, 'mcp.json'), 'utf8'));
    const { command, args, env } = document.mcpServers.iconik;
    const installed = join(elsewhere, 'node_modules/iconik-mcp');
    const filledArgs = args.map((arg: string) => arg.replace('/path/to/iconik-mcp', installed));
    expect(filledArgs, 'one path is to be replaced').not.toEqual(args);
    const own: Record<string, string> = {
      ICONIK_APP_ID: APP_ID,
      ICONIK_AUTH_TOKEN: TOKEN,
      ICONIK_BASE_URL: 'https://app.iconik.io',
    };
    const filled = Object.fromEntries(
      Object.entries<string>(env).map(([name, value]) => {
        const placeholder = value.match(/^\$\{([A-Z_]+)(?::-(.*))?\}$/);
        expect(placeholder, `${name} is a placeholder`).not.toBeNull();
        return [name, own[placeholder?.[1] as string] ?? ''];
      }),
    );
    expect(Object.keys(filled)).toEqual(expect.arrayContaining(['ICONIK_APP_ID', 'ICONIK_AUTH_TOKEN']));
    const host = await initialized({ command, args: filledArgs, cwd: elsewhere, env: { ...filled, HOME: elsewhere } });
    const list = await host.request('tools/list');
    expect(list.result.tools.length).toBeGreaterThanOrEqual(documented.length);
    host.child.stdin.end();
    expect(await host.exit).toBe(0);
  });

  test('says so where its files are taken away while it runs', async () => {
    const copy = join(elsewhere, 'copy');
    cpSync(join(elsewhere, 'node_modules/iconik-mcp/dist'), copy, { recursive: true });
    const host = await initialized({ args: [join(copy, 'iconik-mcp.cjs'), '--sandbox'] });
    rmSync(copy, { recursive: true });
    const { error } = await host.request('tools/call', { name: 'search', arguments: { query: 'x' } });
    expect(error.message).toMatch(/restart/);
    expect(JSON.stringify(error) + host.stderr()).not.toContain(copy);
    host.child.stdin.end();
    expect(await host.exit).toBe(0);
  });

  test('says so where Node is too old', async () => {
    const old = join(elsewhere, 'old.cjs');
    const launcher = join(elsewhere, 'node_modules/iconik-mcp/dist/iconik-mcp.cjs');
    writeFileSync(
      old,
      `Object.defineProperty(process.versions, 'node', { value: '18.20.0' }); require(${JSON.stringify(launcher)});`,
    );
    const started = start({ args: [old, '--sandbox'] });
    expect(await started.exit).toBe(1);
    expect(started.stderr()).toMatch(/Node.*20\.19.*18\.20\.0/);
  });
});
