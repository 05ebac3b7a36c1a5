// Writes what registries and hosts read at the root of the repository: `node scripts/manifests.mjs [FOLDER]`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { claudePlugin, geminiExtension } from './manifests/hosts.mjs';
import { serverEntry } from './manifests/server.mjs';

const root = resolve(import.meta.dirname, '..');
const [folder = root] = process.argv.slice(2);
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const manifests = {
  'server.json': serverEntry(own),
  '.claude-plugin/plugin.json': claudePlugin(own),
  'gemini-extension.json': geminiExtension(own),
};
for (const [name, content] of Object.entries(manifests)) {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(content, undefined, 2)}\n`);
}
