import { readFileSync } from 'node:fs';
import { createFacts, type Entry, type Facts as Found } from '../../src/catalogue/facts.ts';

export type { Operation } from '../../src/catalogue/facts.ts';
export type { Field as FactField, Fields as FactFields } from '../../src/catalogue/notation.ts';

/** What the vendor described at one time. */
export interface Facts extends Found {
  /** All routes, sorted: `GET /API/assets/v1/assets/{asset_id}/`. */
  readonly routes: readonly string[];
  /** All schemas' names, sorted: `assets/AssetSchema`. */
  readonly schemas: readonly string[];
}

type Entries = Readonly<Record<string, Entry | null>>;
interface Part {
  readonly operations: Entries;
  readonly schemas: Entries;
}

const read = (name: string): Part => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Part;

function factsFrom({ operations, schemas }: Part): Facts {
  const present = (entries: Entries) =>
    new Map(Object.entries(entries).flatMap(([name, entry]) => (entry ? [[name, entry] as const] : [])));
  return {
    ...createFacts({ operations: present(operations), schemas: present(schemas) }),
    routes: Object.keys(operations).sort(),
    schemas: Object.keys(schemas).sort(),
  };
}

/** The entries with the changes made; null takes an entry or a key away. */
function changed(entries: Entries, changes: Entries): Entries {
  const made = Object.entries(changes).map(([key, change]) => {
    const parts = Object.entries({ ...entries[key], ...change }).filter(([, part]) => part !== null);
    return [key, change && Object.fromEntries(parts)] as const;
  });
  return Object.fromEntries(Object.entries({ ...entries, ...Object.fromEntries(made) }).filter(([, entry]) => entry));
}

const after = read('../../src/catalogue/facts-2026.json');
const before = read('./facts-2025.json');

/** The vendor's facts of July 2026, corrected by what a client saw of the live system. */
export const facts2026: Facts = factsFrom(after);

/** The vendor's OpenAPI documents of May 2025. */
export const facts2025: Facts = factsFrom({
  operations: changed(after.operations, before.operations),
  schemas: changed(after.schemas, before.schemas),
});
