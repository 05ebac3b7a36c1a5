import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'guide-'));
const OMITTED = new Set(['node_modules', 'dist', '.git'].map((name) => join(root, name)));

afterAll(() => rmSync(copy, { recursive: true }));

/** Puts a block into a file, before the first place that matches. */
function put(file: string, block: string, before: RegExp): void {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  const at = text.search(before);
  expect(at, `${before} in ${file}`).toBeGreaterThan(0);
  writeFileSync(path, `${text.slice(0, at)}${block}\n${text.slice(at)}`);
}

const run = (...args: string[]) => spawnSync('npm', ['run', ...args], { cwd: copy, encoding: 'utf8' });

test('an operation added word for word as CONTRIBUTING says passes, is listed and stands in the README', () => {
  rmSync(copy, { recursive: true, force: true });
  cpSync(root, copy, { recursive: true, filter: (from) => !OMITTED.has(from) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const guide = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const [tool = '', entry = '', example = ''] = [...guide.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text]) => text);
  const operations = 'src/tools/operations/assets.ts';
  put(operations, tool, /^ {4}create_asset: /m);
  put(operations, entry, /^export const assets/m);
  const imported = /^Add `(\w+)`, `(\w+)` and `(\w+)` to the import/m.exec(guide)?.slice(1) ?? [];
  expect(imported).toHaveLength(3);
  put(operations, `, ${imported.join(', ')}`, /,?\s*\} from '\.\.\/params\.ts'/);
  put('test/operations/examples.ts', example, /^ {2}get_asset: /m);

  expect(run('format').status).toBe(0);
  const { status, stdout, stderr } = run('test:add', '--', 'list_deleted_collections');
  expect(status, `${stdout}\n${stderr}`).toBe(0);
  expect(existsSync(join(copy, 'test/rules/__snapshots__/tools/list_deleted_collections.json'))).toBe(true);
  expect(readFileSync(join(copy, 'README.md'), 'utf8')).toContain('`list_deleted_collections`');
}, 600_000);
