import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

// What a new operation has to pass: types, schemas, README, rules, the vendor's description, a plain call in the sandbox,
// and what the sandbox says of Iconik's methods. Its snapshot and its row in the README are written on the way.
const root = resolve(import.meta.dirname, '..');
const [name = '', ...rest] = process.argv.slice(2);
const snapshot = `test/rules/__snapshots__/tools/${name}.json`;

if (!/^[a-z][a-z0-9_]+$/.test(name) || rest.length > 0) {
  console.error('Usage: npm run test:add -- NAME, e.g. npm run test:add -- list_deleted_collections');
  process.exit(2);
}
const rules = ['schemas', 'readme', 'tools', 'contract', 'rooms'].map((file) => `test/rules/${file}.test.ts`);
const sandbox = ['test/operations/smoke.test.ts', 'test/sandbox/description.test.ts'];
run('typescript/bin/tsc', '--noEmit');
// The flag comes last: it takes a value, and would swallow the first file.
run('vitest/vitest.mjs', 'run', '--reporter=dot', ...rules, ...sandbox, '-u');
if (!existsSync(join(root, snapshot))) {
  console.error(
    `The tests pass, but no tool is listed as ${name}: see its name in src/tools/operations, and whether it is listed: false.`,
  );
  process.exit(1);
}
console.log(`${name} passes. Look at git diff: ${snapshot} is what a model reads.`);

function run(program, ...args) {
  const { status } = spawnSync(process.execPath, [`node_modules/${program}`, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
