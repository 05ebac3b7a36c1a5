import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Words that mean several things as names, or nothing in this field, and what the house says in their place. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  said: 'notes, lines or a label',
  told: 'the thing that is shown: candidatesLine',
  called: 'a label',
  why: 'reason, cause or detail',
  thing: 'value, item or the object itself',
  stuff: 'the object itself',
  remarks: 'counts or notes',
  unseen: 'unconfirmed',
  arrive: 'findOrCreate',
  inOrder: 'the order: byTimecode, byCreation',
  landed: 'waitForCopy, written',
  desk: 'handles',
  straight: 'skipConfirm',
  MOST: 'the limit by its object: MAX_RANGES',
  FEW: 'the limit by its object: ONE_BY_ONE_LIMIT',
  SHOWN: 'the limit by its object: CANDIDATES_SHOWN',
  LONGEST: 'the limit by its object: MAX_COMMENT_CHARACTERS',
  KEPT: 'the limit by its object: MAX_TOKENS_ISSUED',
  TOLD: 'the limit by its object: LISTS_NAMED',
  Means: 'Options with the name of what takes them',
  Taken: 'what was taken: OutputOf',
  Shelf: 'Handles',
};

const DECLARED =
  /\b(?:const|let|function|class|interface|type|readonly)\s+(\w+)|\b(?:const|let)\s*[{[]([^}\]]*)[}\]]\s*=/g;

/** The names that a source declares, without those that an expression only uses. */
const namesIn = (source: string): string[] =>
  [...source.matchAll(DECLARED)].flatMap(([, name, many = '']) => (name ? [name] : (many.match(/\w+/g) ?? [])));

test('names are words that the house uses', () => {
  const root = join(import.meta.dirname, '../../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const found = files.flatMap((file) =>
    namesIn(readFileSync(join(root, file), 'utf8'))
      .filter((name) => Object.hasOwn(REPLACEMENTS, name))
      .map((name) => `${file}: ${name} → ${REPLACEMENTS[name]}`),
  );
  expect(files.length).toBeGreaterThan(200);
  expect(found).toEqual([]);
});

test.each(['const said = 1;', 'let { a, said } = b;', 'readonly said: string;', 'function said() {}'])(
  'the rule sees %s',
  (source) => {
    expect(namesIn(source)).toContain('said');
  },
);
