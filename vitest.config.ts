import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConfig } from 'vitest/config';
import { pageFiles } from './scripts/pages.mjs';
import { programFiles } from './scripts/program.mjs';

const SLOW = 'test/**/*.slow.test.ts';
const STORIES = 'test/stories/*.test.ts';

/** Threads and browsers load no TypeScript: what they run is built before the tests. */
const built = join(import.meta.dirname, 'node_modules/.cache/iconik-mcp/');
const { files } = await programFiles(import.meta.dirname);
for (const [name, contents] of [...files, ...(await pageFiles(import.meta.dirname))]) {
  const path = join(built, name);
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path) && readFileSync(path).equals(contents)) continue;
  writeFileSync(`${path}.${process.pid}`, contents);
  renameSync(`${path}.${process.pid}`, path);
}

export default defineConfig({
  define: {
    __VERSION__: JSON.stringify('0.0.0-test'),
    __PROGRAM_FILE__: JSON.stringify(pathToFileURL(join(built, 'program.mjs')).href),
    __PAGES_FOLDER__: JSON.stringify(`${pathToFileURL(join(built, 'apps')).href}/`),
  },
  test: {
    // Files of one worker share its modules, and with them the libraries that are built once (test/support/library.ts).
    isolate: false,
    pool: 'forks',
    hookTimeout: 120_000,
    // What a busy machine still manages; it ends only what would never come.
    expect: { poll: { timeout: 20_000 } },
    setupFiles: ['test/support/setup.ts'],
    projects: [
      // Nothing in here measures time: the limit is there to end what hangs, on however busy a machine.
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: [SLOW, STORIES],
          testTimeout: 60_000,
          // Two fifths of a worker's time are waits: for browsers, sockets, processes and Redis.
          maxWorkers: availableParallelism() + 1,
        },
      },
      // Whole requests of people on ten thousand assets, with an index that is behind and an Iconik that says "later".
      {
        extends: true,
        test: {
          name: 'stories',
          include: [STORIES],
          testTimeout: 60_000,
          maxWorkers: availableParallelism() + 1,
          sequence: { groupOrder: 1 },
        },
      },
      // Real waits, limits of time and memory, and long walks through a library of the worst. A busy machine misses a
      // limit once, a fault misses it every time.
      {
        extends: true,
        test: {
          name: 'slow',
          include: [SLOW],
          testTimeout: 120_000,
          retry: 3,
          maxWorkers: availableParallelism(),
          // After the others, not beside them.
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
