// Asks the registry for advisories about the packages inside the bundle. It warns and never fails: what to do about one
// is decided by a person, and a registry is not always there.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const { bundled } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { stdout } = spawnSync('npm', ['audit', '--json'], { cwd: root, encoding: 'utf8', timeout: 60_000 });
const report = parsed(stdout);

if (!report?.vulnerabilities) {
  console.warn(`audit: no answer from the registry${report?.message ? ` (${report.message})` : ''}`);
} else {
  const found = bundled.filter((name) => report.vulnerabilities[name]);
  for (const name of found) console.warn(`audit: ${name}: ${describe(report.vulnerabilities[name])}`);
  if (found.length === 0) console.log(`audit: nothing is known against the ${bundled.length} bundled packages`);
}

function describe({ severity, via }) {
  const titles = via.map((one) => (typeof one === 'string' ? `through ${one}` : `${one.title} ${one.url}`));
  return `${severity}: ${titles.join('; ')}`;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
