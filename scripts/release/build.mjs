// Everything that a release publishes, in one folder.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverEntry } from '../manifests/server.mjs';

const sha256 = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Packs what is built in `dist/`. `notes` is what is new, in Markdown. Returns the names of the files. */
export function buildRelease({ root, own, folder, notes }) {
  const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  mkdirSync(folder, { recursive: true });
  run('npm', 'pack', '--silent', '--ignore-scripts', '--pack-destination', folder);
  run(process.execPath, join(root, 'scripts/bundle.mjs'), folder);
  const bundle = join(folder, `${own.name}-${own.version}.mcpb`);
  writeFileSync(join(folder, 'server.json'), `${JSON.stringify(serverEntry(own, sha256(bundle)), undefined, 2)}\n`);
  copyFileSync(join(root, 'dist/sbom.cdx.json'), join(folder, 'sbom.cdx.json'));
  const sums = readdirSync(folder)
    .filter((name) => !['SHA256SUMS', 'notes.md'].includes(name))
    .sort()
    .map((name) => `${sha256(join(folder, name))}  ${name}\n`);
  writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
  writeFileSync(join(folder, 'notes.md'), `${notes}\n`);
  return readdirSync(folder);
}
