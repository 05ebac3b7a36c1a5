import { readFileSync } from 'node:fs';
import type { Entries, Part } from './facts.ts';

const BETWEEN = '\n},"schemas":{\n';
/** At the start of the line of an entry. */
const NAME = /^"([^"{}][^"]*)":/gm;

/**
 * Reads a fact file, which has a line for each entry, and parses a line when its entry is asked for: to parse all of them
 * takes longer than a first call may.
 */
export function readFactFile(file: URL): Part {
  // In two steps: with an encoding, `readFileSync` takes twice as long.
  const text = readFileSync(file).toString('utf8');
  const between = text.indexOf(BETWEEN);
  if (between < 0) throw new Error('the fact file has another form');
  return {
    operations: entriesOf(text.slice(0, between + 1)),
    schemas: entriesOf(text.slice(between + BETWEEN.length - 1)),
  };
}

/** Of lines `"name":{…},`, each behind a line break. */
function entriesOf(lines: string): Entries {
  return {
    keys: () => Array.from(lines.matchAll(NAME), ([, name = '']) => name),
    get(name) {
      const start = `\n"${name}":`;
      const at = lines.indexOf(start);
      if (at < 0) return undefined;
      return JSON.parse(lines.slice(at + start.length, lines.indexOf('\n', at + 1)).replace(/,$/, ''));
    },
  };
}
