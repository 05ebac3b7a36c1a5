// Shows the pages of the server (MCP Apps) in any browser: a host in a page, before the built server with the sandbox.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

/** The host, on a port of its own; `test/support/apps/harness.ts`. */
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

const server = spawn(process.execPath, [join(root, 'dist/iconik-mcp.cjs'), 'serve', '--port', '0', '--sandbox'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
process.once('exit', () => server.kill());
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));

let said = '';
for await (const chunk of server.stdout) {
  said += chunk;
  if (/serves \S+/.test(said)) break;
}
const { startHarness } = await harness();
const { url } = await startHarness(root, /serves (\S+)/.exec(said)[1]);
const shown = [
  ['find_assets', {}],
  ['view_frame', { asset: 'Northbridge United vs Port Elsworth', count: 12 }],
];
for (const [tool, args] of shown) {
  console.log(`${tool}: ${url}?${new URLSearchParams({ tool, args: JSON.stringify(args) })}`);
}
console.log('Append &theme=dark for the dark theme, &revision=2026-07-28 for the newer protocol. Ctrl-C ends this.');
