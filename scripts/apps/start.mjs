import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

/**
 * The built server with the sandbox, and before it a host in a page (`test/support/apps/harness.ts`): the page's address.
 * `host` is another page than that of the tests.
 */
export async function startApps(flags = [], host = undefined) {
  const binary = join(root, 'dist/iconik-mcp.cjs');
  const server = spawn(process.execPath, [binary, 'serve', '--port', '0', '--sandbox', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => server.kill());
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
  let printed = '';
  for await (const chunk of server.stdout) {
    printed += chunk;
    if (/serves \S+/.test(printed)) break;
  }
  const { startHarness } = await harness();
  return startHarness(root, /serves (\S+)/.exec(printed)[1], host);
}

async function harness() {
  const folder = join(root, 'node_modules/.cache/iconik-mcp');
  const path = join(folder, 'harness.mjs');
  const { outputFiles } = await build({
    entryPoints: [join(root, 'test/support/apps/harness.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, outputFiles[0].contents);
  return import(pathToFileURL(path).href);
}

/** The address of a host that calls a tool at once, and shows its page. */
export const shownAt = (url, tool, args, more = {}) =>
  `${url}?${new URLSearchParams({ tool, args: JSON.stringify(args), ...more })}`;
