import { expect, test, vi } from 'vitest';
import { cost } from '../support/cost.ts';
import { builders, literals } from '../support/expressions.ts';

// The checker in this process: its other backends start processes that outlive the test.
vi.stubEnv('RECHECK_SYNC_BACKEND', 'pure');
const { checkSync } = await import('recheck');

/** Expressions built from strings, and why no text can make them slow. */
const BUILT: Readonly<Record<string, string>> = {
  'server/mask.ts': 'alternatives of whole secrets, without repetition',
  'text/xml.ts': 'the content of one element, which ends at the next angle bracket',
};

/** Files with an expression of many alternatives that the checker does not finish. */
const LARGE = ['server/mask.ts'];

test('expressions are literals, which this rule can read', () => {
  expect([...builders].sort()).toEqual(Object.keys(BUILT));
});

test('no expression takes more than linear time for any text, by its automaton', () => {
  const found = literals.flatMap(({ place, expression }) => {
    // The longest takes eleven seconds of work, which a busy machine stretches.
    const result = checkSync(expression.source, expression.flags, { checker: 'automaton', timeout: 60_000 });
    // Expressions that look around have no automaton, and one has a large one: these are only tried out, below.
    const isUnproven =
      result.status === 'unknown' && (result.error.kind === 'unsupported' || LARGE.includes(place.split(':')[0] ?? ''));
    if (result.status === 'safe' || isUnproven) return [];
    return [`${place} ${expression}: ${result.status === 'vulnerable' ? result.attack.pattern : result.error.kind}`];
  });
  expect(found).toEqual([]);
}, 600_000);

/** What hostile texts repeat; every expression also meets the characters that are written in it. */
const UNITS = [
  '0',
  '1:',
  '1 -',
  '--',
  '- ',
  '[',
  '](',
  '{?',
  '<',
  ',',
  ' ',
  '\n',
  '\t',
  '"',
  "'",
  '=',
  '.',
  '..',
  '@.',
  'a',
  'a0',
  '\u200d',
  '\u{e0041}',
  '\ufe0f',
  '\u0301',
  '\u001b[',
  '\\',
  '漢',
  '%',
  '/',
];
const STARTS = ['', '0', '"', '<', 'a', '\u0000'];
const ENDS = ['', '\u0000', '!', '\n'];

/** Milliseconds that are too short to be compared. */
const FLOOR = 3;

test.each(literals.map(({ place, expression }) => [place, expression]))(
  'eight times the text takes at most twelve times as long: %s %s',
  (_, expression) => {
    const own = new Set(expression.source.replace(/\\\w|[\\^$*+?()[\]{}|]/g, ''));
    for (const unit of new Set([...UNITS, ...[...own].slice(0, 12)]))
      for (const start of STARTS)
        for (const end of ENDS) {
          const of = (length: number): string => start + unit.repeat(length / unit.length) + end;
          expect(growsLinearly(expression, of), JSON.stringify([start, unit, end])).toBe(true);
        }
  },
);

/** From short to long: an expression of a high degree ends the test before it would freeze it. */
function growsLinearly(expression: RegExp, of: (length: number) => string): boolean {
  return [500, 5_000].every((length) => {
    const [short, long] = [of(length / 8), of(length)];
    if (once(expression, long) < FLOOR) return true;
    const limit = Math.max(FLOOR, 12 * cost(() => run(expression, short)));
    return cost(() => run(expression, long)) < limit;
  });
}

/** Milliseconds by the clock, which costs less than asking for the time of the processor. */
function once(expression: RegExp, text: string): number {
  const begin = performance.now();
  run(expression, text);
  return performance.now() - begin;
}

const run = (expression: RegExp, text: string): unknown =>
  expression.global ? text.replace(expression, '') : expression.exec(text);
