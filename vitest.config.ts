import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConfig } from 'vitest/config';
import { programFiles } from './scripts/program.mjs';

const SLOW = 'test/**/*.slow.test.ts';

/** A thread loads no TypeScript: what it runs is built before the tests. */
const programs = join(import.meta.dirname, 'node_modules/.cache/iconik-mcp/');
mkdirSync(programs, { recursive: true });
for (const [name, contents] of (await programFiles(import.meta.dirname)).files) {
  const path = join(programs, name);
  if (existsSync(path) && readFileSync(path).equals(contents)) continue;
  writeFileSync(`${path}.${process.pid}`, contents);
  renameSync(`${path}.${process.pid}`, path);
}

export default defineConfig({
  define: {
    __VERSION__: JSON.stringify('0.0.0-test'),
    __PROGRAM_FILE__: JSON.stringify(pathToFileURL(join(programs, 'program.mjs')).href),
  },
  test: {
    // Files of one worker share its modules, and with them the libraries that are built once (test/support/library.ts).
    isolate: false,
    pool: 'forks',
    // By default vitest leaves one core idle.
    maxWorkers: '100%',
    hookTimeout: 120_000,
    setupFiles: ['test/support/setup.ts'],
    projects: [
      // Nothing in here measures time: the limit is there to end what hangs, on however busy a machine.
      { extends: true, test: { name: 'fast', include: ['test/**/*.test.ts'], exclude: [SLOW], testTimeout: 60_000 } },
      // Real waits, limits of time and memory, and long walks through a library of the worst. A busy machine misses a
      // limit once, a fault misses it every time.
      { extends: true, test: { name: 'slow', include: [SLOW], testTimeout: 120_000, retry: 3 } },
    ],
  },
});
