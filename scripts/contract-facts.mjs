// Writes, without prose, what both of the vendor's descriptions say, in the notation of contract-facts/notation.mjs:
//   src/catalogue/facts-2026.json    the API as of July 2026, for the catalogue and the tests
//   test/contract/facts-2025.json    what differs in that of May 2025
//   test/catalogue/classes.json      what each operation does, as a reader of all 953 judged it: holds the rules of the catalogue
// node scripts/contract-facts.mjs [folder of the descriptions] [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readClasses } from './contract-facts/classes.mjs';
import { byKey } from './contract-facts/notation.mjs';
import { readOpenApi } from './contract-facts/openapi.mjs';
import { readSurface } from './contract-facts/surface.mjs';

const HOME = fileURLToPath(new URL('../../shared/iconik-api', import.meta.url));
const out = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const PARTS = ['operations', 'schemas'];

/** The text of each file that is made from the descriptions in a folder. */
function filesFrom(folder) {
  const before = readOpenApi(folder);
  const after = readSurface(join(folder, 'surface-2026.json'), before);
  return {
    'src/catalogue/facts-2026.json': print(after),
    'test/contract/facts-2025.json': print({
      operations: differences(after.operations, before.operations),
      schemas: differences(after.schemas, before.schemas),
    }),
    'test/catalogue/classes.json': `{\n${lines(readClasses(join(folder, 'classes.tsv')))}\n}\n`,
  };
}

/** What turns `from` into `to`, entry by entry and key by key; null takes an entry or a key away. */
function differences(from, to) {
  const changed = keysOf(from, to).map((key) => {
    if (!to[key]) return [key, null];
    if (!from[key]) return [key, to[key]];
    const parts = keysOf(from[key], to[key]).filter((part) => !same(from[key][part], to[key][part]));
    return [key, Object.fromEntries(parts.map((part) => [part, to[key][part] ?? null]))];
  });
  return Object.fromEntries(
    changed.filter(([key, value]) => value === null || !from[key] || Object.keys(value).length),
  );
}

const keysOf = (a, b) => [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// One line per operation and schema: small, and a change of the vendor's shows as the lines that changed.
const lines = (record) =>
  Object.entries(record)
    .sort(byKey)
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
    .join(',\n');

function print(parts) {
  return `{${PARTS.map((part) => `"${part}":{\n${lines(parts[part])}\n}`).join(',')}}\n`;
}

function check(name, text) {
  const file = out(name);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (before === text) return true;
  const had = new Set(before.split('\n'));
  const changed = text.split('\n').filter((line) => !had.has(line));
  console.error(`${name}: out of step with the descriptions, ${changed.length} lines differ`);
  for (const line of changed.slice(0, 20)) console.error(`  ${line.slice(0, 120)}`);
  return false;
}

function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { check: { type: 'boolean' } } });
  const folder = positionals[0] ?? HOME;
  if (!existsSync(folder)) {
    if (values.check) return console.log("contract facts: not checked, the vendor's descriptions are not here");
    console.error(`contract facts: no such folder: ${folder}`);
    process.exitCode = 1;
    return;
  }
  const files = Object.entries(filesFrom(folder));
  if (!values.check) {
    for (const [name, text] of files) {
      writeFileSync(out(name), text);
      console.log(`${name}: ${Math.ceil(text.length / 1000)} kB`);
    }
  } else if (files.map(([name, text]) => check(name, text)).every(Boolean)) console.log('contract facts: in step');
  else {
    console.error('run: node scripts/contract-facts.mjs');
    process.exitCode = 1;
  }
}

main();
