import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFactFile } from '../../src/catalogue/fact_file.ts';
import type { Entries } from '../../src/catalogue/facts.ts';

const file = new URL('../../src/catalogue/facts-2026.json', import.meta.url);

test('a fact file read line by line says what it says when it is parsed as a whole', () => {
  const { operations, schemas } = readFactFile(file);
  const all = (entries: Entries) => Object.fromEntries([...entries.keys()].map((name) => [name, entries.get(name)]));
  expect({ operations: all(operations), schemas: all(schemas) }).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  for (const name of ['', 'GET /API/', 'constructor', '__proto__', 'answers', 'schemas']) {
    expect(operations.get(name)).toBeUndefined();
    expect(schemas.get(name)).toBeUndefined();
  }
});
