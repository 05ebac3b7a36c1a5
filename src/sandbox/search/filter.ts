import { Refusal, type Row } from '../types.ts';
import { isRow, rowsOf, textOf, textsOf } from '../values.ts';
import { valuesOf } from './document.ts';
import { compile, exists, inRange, type Test } from './match.ts';
import { parse } from './parse.ts';
import { within } from './range.ts';

const not =
  (test: Test): Test =>
  (document) =>
    !test(document);

/** A test for documents with exactly one of the values under the name. */
export function anyOf(name: string, wanted: readonly string[]): Test {
  const set = new Set(wanted);
  return (document) => valuesOf(document, name).some((value) => set.has(String(value)));
}

function rangeTest(name: string, range: Row): Test {
  const [min, max] = [textOf(range.min), textOf(range.max)];
  const limits = {
    min: min === undefined || min === '*' ? undefined : { text: min },
    max: max === undefined || max === '*' ? undefined : { text: max },
  };
  return inRange(name, within(name, limits, textOf(range.timezone) ?? 'Z'));
}

function termTests(term: Row): Test[] {
  const name = textOf(term.name) ?? '';
  const { value, value_in, range, exists: there, missing } = term;
  const tests: Test[] = [];
  if (typeof value === 'string') tests.push(compile(parse(value, name), []).test);
  if (Array.isArray(value_in)) tests.push(anyOf(name, textsOf(value_in)));
  if (isRow(range)) tests.push(rangeTest(name, range));
  if (typeof there === 'boolean') tests.push(there ? exists(name) : not(exists(name)));
  if (typeof missing === 'boolean') tests.push(missing ? not(exists(name)) : exists(name));
  if (tests.length === 0)
    throw new Refusal(400, `Filter term '${name}' needs one of value, value_in, range, exists, missing`);
  return tests;
}

function every(tests: readonly Test[]): Test {
  return (document) => tests.every((test) => test(document));
}

/** Compiles a criteria filter, including the filters in it. */
export function compileFilter(filter: unknown): Test {
  if (!isRow(filter)) return () => true;
  const operator = String(filter.operator).toUpperCase();
  if (operator !== 'AND' && operator !== 'OR')
    throw new Refusal(400, { operator: `Unknown operator '${String(filter.operator)}': expected AND or OR` });
  const parts = [
    ...rowsOf(filter.terms).map((term) => every(termTests(term))),
    ...rowsOf(filter.filters).map(compileFilter),
  ];
  if (operator === 'AND' || parts.length === 0) return every(parts);
  return (document) => parts.some((part) => part(document));
}
