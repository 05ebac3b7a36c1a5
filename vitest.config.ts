import { defineConfig } from 'vitest/config';

const SLOW = 'test/**/*.slow.test.ts';

export default defineConfig({
  define: { __VERSION__: JSON.stringify('0.0.0-test') },
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
