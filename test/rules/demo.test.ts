import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

// Written with `-u`, like every snapshot.
test('the demo succeeds, and the pictures show what it prints today', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'iconik-mcp-'));
  try {
    await run(process.execPath, [join(root, 'scripts/record-demo.mjs'), folder]);
    const pictures = readdirSync(folder).sort();
    expect(pictures).toEqual(['demo-operations.svg', 'demo-requests.svg']);
    for (const name of pictures) {
      await expect(readFileSync(join(folder, name), 'utf8')).toMatchFileSnapshot(join(root, 'docs', name));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);

test('the README shows every picture in docs', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const shown = [...readme.matchAll(/!\[[^\]]+\]\((docs\/[^)]+)\)/g)].map(([, path]) => path);
  expect(shown.sort()).toEqual(
    readdirSync(join(root, 'docs'))
      .filter((name) => /\.(?:svg|png)$/.test(name))
      .map((name) => `docs/${name}`),
  );
});
