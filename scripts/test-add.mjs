// npm run test:add -- NAME: what a new operation has to pass, and its snapshot and README row, in seconds.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const [name] = process.argv.slice(2);
if (!/^[a-z][a-z0-9_]{2,35}$/.test(name ?? '')) {
  console.error('test:add: give the name of an operation, e.g. npm run test:add -- get_asset_history');
  process.exit(2);
}

const root = resolve(import.meta.dirname, '..');
const vitest = (...args) =>
  spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'fast', ...args], {
    cwd: root,
    stdio: 'inherit',
  }).status;

// The first writes what follows from the literal, the second runs the rules and the example of this operation alone.
const written = vitest('test/rules/schemas.test.ts', 'test/rules/readme.test.ts', '-u');
const named = vitest(
  'test/rules/tools.test.ts',
  'test/rules/contract.test.ts',
  'test/operations/smoke.test.ts',
  '-t',
  name,
);
process.exitCode = written || named;
