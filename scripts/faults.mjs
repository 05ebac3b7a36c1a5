import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

// The fault and abuse cases by file, one line each: what was done, what happened.
const root = resolve(import.meta.dirname, '..');
const RESULTS = { passed: 'pass', failed: 'FAIL' };

const files = run().sort((a, b) => a.name.localeCompare(b.name));
for (const { name, message, assertionResults } of files) {
  console.log(`\n${basename(name, '.test.ts').replaceAll('_', ' ')}`);
  for (const { fullName, status, failureMessages } of assertionResults) {
    console.log(`  ${resultOf(status).padEnd(7)}  ${fullName}`);
    if (failureMessages.length > 0) console.log(`           → ${firstLine(failureMessages[0])}`);
  }
  // A file that did not load has no tests of its own.
  if (assertionResults.length === 0) console.log(`  FAIL     ${firstLine(message)}`);
}

const results = files.flatMap(({ assertionResults }) =>
  assertionResults.length > 0 ? assertionResults.map(({ status }) => resultOf(status)) : ['FAIL'],
);
const count = (result) => results.filter((one) => one === result).length;
const skipped = count('SKIPPED') > 0 ? `, ${count('SKIPPED')} skipped` : '';
console.log(`\n${count('pass')} passed, ${count('FAIL')} failed${skipped}`);
process.exitCode = results.length > 0 && results.every((one) => one === 'pass') ? 0 : 1;

function resultOf(status) {
  return RESULTS[status] ?? 'SKIPPED';
}

/** Every file of fault cases, as vitest reports it. */
function run() {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  const report = join(folder, 'report.json');
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', 'test/faults', '--reporter=json', `--outputFile=${report}`];
    const { stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 1e9 });
    return read(report, stderr).testResults;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function read(report, stderr) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    console.error(`vitest left no report.\n${stderr}`);
    process.exit(1);
  }
}

function firstLine(message = '') {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of the terminal are taken out
  const text = message.split('\n')[0].replace(/\x1b\[[\d;]*m/g, '');
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
