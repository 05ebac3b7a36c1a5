import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

// What people really ask, played on ten thousand assets: what each story took, beside its budget and a naive walk.
const root = resolve(import.meta.dirname, '..');
const budgets = JSON.parse(readFileSync(join(root, 'test/stories/budgets.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'stories-'));
const [report, spent] = [join(folder, 'report.json'), join(folder, 'spent')];

try {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', 'test/stories', '--reporter=json', `--outputFile=${report}`];
  const env = { ...process.env, CI: 'true', STORIES_REPORT: spent };
  const { stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 1e9, env });
  const files = JSON.parse(read(report, stderr)).testResults;
  const spending = read(spent, '')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

  const row = (...cells) =>
    console.log(cells.map((cell, n) => String(cell).padEnd([36, 7, 8, 15, 38][n] ?? 0)).join(''));
  row('story', 'calls', 'tokens', 'budget', 'naive walk', 'result');
  for (const [name, budget] of Object.entries(budgets)) {
    const tests = files.find((file) => basename(file.name, '.test.ts') === name)?.assertionResults ?? [];
    const failed = tests.filter(({ status }) => status !== 'passed');
    const { calls = '-', tokens = '-' } = spending.find((one) => one.name === name) ?? {};
    const twins = tests.length - 1;
    const result = tests.length === 0 ? 'MISSING' : failed.length === 0 ? `right, and ${twins} mean` : 'FAIL';
    row(name, calls, tokens, `${budget.calls} / ${budget.tokens}`, budget.naive, result);
    for (const { title } of failed) console.log(`       → ${title}`);
  }
  const all = files.flatMap(({ assertionResults }) => assertionResults);
  const passed = all.filter(({ status }) => status === 'passed').length;
  console.log(`\n${passed} passed, ${all.length - passed} failed`);
  process.exitCode = passed === all.length && all.length > 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

function read(file, stderr) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    if (stderr) console.error(stderr);
    return '';
  }
}
