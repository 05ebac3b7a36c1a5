import { readFileSync } from 'node:fs';
import { createFacts, type Facts, type Part } from '../../src/catalogue/facts.ts';

export type { Facts, Operation } from '../../src/catalogue/facts.ts';
export type { Field as FactField, Fields as FactFields } from '../../src/catalogue/notation.ts';

const read = (name: string): Part => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Part;

/** The entries with the changes made; null takes an entry or a key away. */
function changed(entries: Part['schemas'], changes: Part['schemas']): Part['schemas'] {
  const made = Object.entries(changes).map(([key, change]) => {
    const parts = Object.entries({ ...entries[key], ...change }).filter(([, part]) => part !== null);
    return [key, change && Object.fromEntries(parts)] as const;
  });
  return Object.fromEntries(Object.entries({ ...entries, ...Object.fromEntries(made) }).filter(([, entry]) => entry));
}

const after = read('../../src/catalogue/facts-2026.json');
const before = read('./facts-2025.json');

/** The vendor's facts of July 2026, corrected by what a client saw of the live system. */
export const facts2026: Facts = createFacts(after);

/** The vendor's OpenAPI documents of May 2025. */
export const facts2025: Facts = createFacts({
  operations: changed(after.operations, before.operations),
  schemas: changed(after.schemas, before.schemas),
});
