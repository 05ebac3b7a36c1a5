import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const elsewhere = mkdtempSync(join(tmpdir(), 'release-'));
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const sha256 = (file: string): string =>
  createHash('sha256')
    .update(readFileSync(join(elsewhere, file)))
    .digest('hex');

afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

test('a release is the package, the bundle, the list of packages inside, and what registries and people compare', () => {
  execFileSync(process.execPath, [join(root, 'scripts/release.mjs'), 'build', elsewhere]);
  const bundle = `${name}-${version}.mcpb`;
  const files = [bundle, `${name}-${version}.tgz`, 'sbom.cdx.json', 'server.json'];
  expect(readdirSync(elsewhere).sort()).toEqual([...files, 'SHA256SUMS', 'notes.md'].sort());
  const sums = files.map((file) => `${sha256(file)}  ${file}\n`).join('');
  expect(readFileSync(join(elsewhere, 'SHA256SUMS'), 'utf8')).toBe(sums);
  const released = JSON.parse(readFileSync(join(elsewhere, 'server.json'), 'utf8'));
  const kept = JSON.parse(readFileSync(join(root, 'server.json'), 'utf8'));
  kept.packages[1].fileSha256 = sha256(bundle);
  expect(released).toEqual(kept);
});
