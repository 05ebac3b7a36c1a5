import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** The fault cases in scope, by letter: each has to have a test. */
const SCOPE = { I: 16, U: 20, P: 15, S: 6, X: 6, D: 5 };
const wanted = Object.entries(SCOPE).flatMap(([letter, last]) =>
  Array.from({ length: last }, (_, index) => `F-${letter}${index + 1}`),
);

const cases = run()
  .map(({ title, status, failureMessages }) => {
    const [, number = '-', done = title] = /^(F-[A-Z]\d+) (.*)$/s.exec(title) ?? [];
    const happened = status === 'passed' ? 'pass' : status === 'failed' ? 'FAIL' : 'SKIPPED';
    return { number, done, happened, why: firstLine(failureMessages[0]) };
  })
  .sort((a, b) => place(a.number) - place(b.number));
const missing = wanted
  .filter((number) => !cases.some((one) => one.number === number))
  .map((number) => ({ number, done: 'no test has this number', happened: 'MISSING', why: '' }));
const rows = [...cases, ...missing].sort((a, b) => place(a.number) - place(b.number));

const width = Math.max(...rows.map(({ number }) => number.length), 4);
const line = (number, happened, done) => `${number.padEnd(width)}  ${happened.padEnd(7)}  ${done}`;
console.log(line('case', 'result', 'what was done'));
for (const { number, done, happened, why } of rows) {
  console.log(line(number, happened, done));
  if (why) console.log(`${' '.repeat(width + 11)}→ ${why}`);
}

const count = (result) => rows.filter(({ happened }) => happened === result).length;
const others = ['SKIPPED', 'MISSING'].filter(count).map((result) => `, ${count(result)} ${result.toLowerCase()}`);
console.log(`\n${count('pass')} passed, ${count('FAIL')} failed${others.join('')}`);
process.exitCode = rows.every(({ happened }) => happened === 'pass') ? 0 : 1;

/** Every test of the suite, as vitest reports it. */
function run() {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  const report = join(folder, 'report.json');
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', 'test/faults', '--reporter=json', `--outputFile=${report}`];
    const { stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 1e9 });
    const { testResults } = read(report, stderr);
    return testResults.flatMap(({ name, message, assertionResults }) =>
      // A file that did not load has no tests of its own.
      assertionResults.length > 0
        ? assertionResults
        : [{ title: name.slice(root.length + 1), status: 'failed', failureMessages: [message] }],
    );
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

/** Order of section G; cases beyond it come last. */
function place(number) {
  const index = wanted.indexOf(number);
  if (index !== -1) return index;
  return wanted.length + (number === '-' ? 1_000 : Number(number.replace(/\D/g, '')));
}

function firstLine(message = '') {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of the terminal are taken out
  const text = message.split('\n')[0].replace(/\x1b\[[\d;]*m/g, '');
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
