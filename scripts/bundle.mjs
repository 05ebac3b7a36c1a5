// Makes the bundle for Claude Desktop: `node scripts/bundle.mjs [FOLDER]` writes NAME-VERSION.mcpb from `dist/`.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { validateManifest } from '@anthropic-ai/mcpb';
import { icon } from './bundle/icon.mjs';
import { manifestOf, SERVER } from './bundle/manifest.mjs';
import { pack } from './bundle/pack.mjs';
import { serverFiles } from './bundle/server.mjs';

const root = resolve(import.meta.dirname, '..');
const [folder = root] = process.argv.slice(2);
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const dist = join(root, 'dist');

const manifest = await manifestOf(own, join(dist, 'iconik-mcp.cjs'));
const files = new Map([
  ['manifest.json', Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`)],
  ['icon.png', icon()],
  ['PRIVACY.md', readFileSync(join(root, 'docs/privacy.md'))],
  ['LICENSE', readFileSync(join(root, 'LICENSE'))],
  ...[...(await serverFiles(dist))].map(([path, contents]) => [`${SERVER}/${path}`, contents]),
]);
validate(files);
const bundle = pack(files);
const path = join(folder, `${own.name}-${own.version}.mcpb`);
writeFileSync(path, bundle);
console.log(`${path}: ${bundle.length} bytes, SHA-256 ${createHash('sha256').update(bundle).digest('hex')}`);

/** By the official tool, which looks at the manifest and its icon. It prints what is wrong. */
function validate(all) {
  const draft = mkdtempSync(join(tmpdir(), 'bundle-'));
  for (const name of ['manifest.json', 'icon.png']) writeFileSync(join(draft, name), all.get(name));
  const print = console.log;
  const lines = [];
  console.log = (line) => lines.push(line);
  const valid = validateManifest(join(draft, 'manifest.json'));
  console.log = print;
  rmSync(draft, { recursive: true });
  if (!valid) throw new Error(lines.join('\n'));
}
