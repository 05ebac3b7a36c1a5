// What the release workflow does that is ours: `node scripts/release.mjs check TAG` says what is missing,
// `node scripts/release.mjs build FOLDER` makes the files from `dist/`.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildRelease } from './release/build.mjs';
import { notesOf, problemsOf } from './release/check.mjs';

const root = resolve(import.meta.dirname, '..');
const read = (name) => readFileSync(join(root, name), 'utf8');
const [command, argument] = process.argv.slice(2);
const own = JSON.parse(read('package.json'));
const changelog = read('CHANGELOG.md');

if (command === 'check' && argument) {
  const problems = problemsOf({ own, changelog, tag: argument });
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
  console.log(`${own.name} ${own.version} can be released.`);
} else if (command === 'build' && argument) {
  const notes = notesOf(changelog, own.version) ?? '';
  for (const name of buildRelease({ root, own, folder: resolve(argument), notes })) console.log(name);
} else {
  console.error('Usage: node scripts/release.mjs check TAG | build FOLDER');
  process.exit(2);
}
