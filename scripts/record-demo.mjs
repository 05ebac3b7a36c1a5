// Runs the demo and writes its output as pictures: node scripts/record-demo.mjs [folder, default docs]
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { terminal } from './demo/picture.mjs';

const root = resolve(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? join(root, 'docs'));

const demo = spawnSync(process.execPath, [join(root, 'scripts/demo.mjs')], { encoding: 'utf8' });
if (demo.status !== 0) {
  process.stderr.write(`The demo failed.\n${demo.stdout}${demo.stderr}`);
  process.exit(1);
}
const [, requests, operations] = steady(demo.stdout).split('\n\n');

mkdirSync(folder, { recursive: true });
write('demo-requests.svg', 'The demo: what people ask, and what the tools answer', `$ npm run demo\n\n${requests}`);
write('demo-operations.svg', 'The demo: the documented operations, one tool each', operations);

/** Handles are random; all else in the output is the same in every run. */
function steady(text) {
  return text.replaceAll(/\b(sel|cur|plc)_[a-z0-9]{6}\b/g, '$1_k7m2xq');
}

function write(name, title, text) {
  writeFileSync(join(folder, name), terminal(title, text.trimEnd().split('\n')));
}
