import { expect, test } from 'vitest';
import { ArgumentError, parseArguments } from '../../src/server/arguments.ts';
import { closestTo } from '../../src/text/nearest.ts';
import { registry } from '../../src/tools/index.ts';
import { cost } from '../support/cost.ts';
import { toolsWithPaths } from './host.ts';

test('an id of 100 kB costs each tool less than 10 ms', () => {
  const long = 'a'.repeat(100_000);
  for (const { name, names, args } of toolsWithPaths()) {
    const input = registry.get(name)?.tool.input;
    if (!input) throw new Error(name);
    for (const argument of names) {
      const spent = cost(() => {
        expect(() => parseArguments(input, { ...args, [argument]: long })).toThrow(ArgumentError);
      });
      expect(spent, `${name} ${argument}`).toBeLessThan(10);
    }
  }
  expect(cost(() => closestTo(long, [...registry.keys()]))).toBeLessThan(10);
});

test('a filter nested 100 deep and one of 5,000 terms are refused within 50 ms', () => {
  const input = registry.get('search')?.tool.input;
  if (!input) throw new Error('no search');
  let nested: object = { operator: 'AND', terms: [{ name: 'a', value: 'b' }] };
  for (let depth = 0; depth < 100; depth += 1) nested = { operator: 'AND', filters: [nested] };
  const terms = Array.from({ length: 5_000 }, (_, n) => ({ name: `field_${n}`, value: 'x' }));
  for (const filter of [nested, { operator: 'OR', terms }]) {
    const spent = cost(() => expect(() => parseArguments(input, { filter })).toThrow(ArgumentError));
    expect(spent).toBeLessThan(50);
  }
});
