import { Refusal } from '../types.ts';
import type { Range } from './range.ts';

/** A query as a tree; without `field` a node applies to the search fields. */
export type Node =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Node[] }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'words'; readonly field?: string | undefined; readonly text: string; readonly slop: number }
  | { readonly kind: 'fuzzy'; readonly field?: string | undefined; readonly text: string; readonly edits: number }
  /** Parts are `*`, `?` or `=` and a literal character. */
  | { readonly kind: 'wild'; readonly field?: string | undefined; readonly parts: readonly string[] }
  | { readonly kind: 'range'; readonly field: string; readonly range: Range }
  | { readonly kind: 'exists'; readonly field: string };

interface Source {
  readonly text: string;
  at: number;
}
interface Term {
  readonly text: string;
  readonly parts: readonly string[];
  readonly wild: boolean;
}

const SPACE = /\s/;
const ENDS_TERM = /[\s()[\]{}":^~!/]/;

function fail(source: Source, problem: string): never {
  throw new Refusal(400, `Failed to parse query [${source.text}]: ${problem} at position ${source.at}`);
}

const peek = (source: Source, length = 1): string => source.text.slice(source.at, source.at + length);

function skip(source: Source): void {
  while (source.at < source.text.length && SPACE.test(peek(source))) source.at += 1;
}

function take(source: Source, token: string): boolean {
  if (!source.text.startsWith(token, source.at)) return false;
  source.at += token.length;
  return true;
}

/** Takes an operator: the word, in capitals and on its own, or its sign. */
function operator(source: Source, word: string, sign: string): boolean {
  skip(source);
  const after = source.text.charAt(source.at + word.length);
  if (source.text.startsWith(word, source.at) && (after === '' || /[\s()"]/.test(after))) return take(source, word);
  return take(source, sign);
}

function escaped(source: Source): string {
  source.at += 1;
  const character = peek(source);
  if (character === '') fail(source, 'a backslash ends the query');
  source.at += 1;
  return character;
}

function term(source: Source, ends = ENDS_TERM): Term {
  const parts: string[] = [];
  while (source.at < source.text.length) {
    const character = peek(source);
    if (character === '\\') parts.push(`=${escaped(source)}`);
    else if (ends.test(character)) break;
    else {
      parts.push(character === '*' || character === '?' ? character : `=${character}`);
      source.at += 1;
    }
  }
  if (parts.length === 0)
    fail(source, source.at < source.text.length ? `unexpected '${peek(source)}'` : 'unexpected end');
  return { text: parts.map((part) => part.slice(-1)).join(''), parts, wild: parts.some((part) => part.length === 1) };
}

function quoted(source: Source): string {
  const start = source.at;
  source.at += 1;
  let text = '';
  while (peek(source) !== '"') {
    if (source.at >= source.text.length) {
      source.at = start;
      fail(source, 'a quotation mark is not closed');
    }
    if (peek(source) === '\\') text += escaped(source);
    else text += source.text.charAt(source.at++);
  }
  source.at += 1;
  return text;
}

function bound(source: Source): string {
  skip(source);
  return peek(source) === '"' ? quoted(source) : term(source, /[\s\]}()"]/).text;
}

function range(source: Source, field: string | undefined): Node {
  if (field === undefined) fail(source, 'a range needs a field');
  const minOpen = !take(source, '[') && take(source, '{');
  const min = bound(source);
  if (!operator(source, 'TO', 'TO ')) fail(source, "expected 'TO'");
  const max = bound(source);
  skip(source);
  const closed = take(source, ']');
  if (!closed && !take(source, '}')) fail(source, "expected ']' or '}'");
  return {
    kind: 'range',
    field,
    range: {
      min: min === '*' ? undefined : { text: min, open: minOpen },
      max: max === '*' ? undefined : { text: max, open: !closed },
    },
  };
}

function comparison(source: Source, field: string): Node {
  const below = peek(source) === '<';
  source.at += 1;
  const limit = { open: !take(source, '='), text: bound(source) };
  return { kind: 'range', field, range: below ? { max: limit } : { min: limit } };
}

/** Takes the distance `~2` of a phrase or word. A boost `^2` is accepted and has no effect. */
function suffix(source: Source): number | undefined {
  let distance: number | undefined;
  for (let sign = peek(source); sign === '~' || sign === '^'; sign = peek(source)) {
    source.at += 1;
    const digits = /^\d+(?:\.\d+)?/.exec(source.text.slice(source.at))?.[0] ?? '';
    if (sign === '^' && digits === '') fail(source, 'expected a number');
    source.at += digits.length;
    if (sign === '~') distance = digits === '' ? 2 : Number(digits);
  }
  return distance;
}

function simple(field: string | undefined, found: Term, edits: number | undefined): Node {
  if (field === '_exists_') return { kind: 'exists', field: found.text };
  if (found.parts.every((part) => part === '*'))
    return field === undefined || field === '*' ? { kind: 'all' } : { kind: 'exists', field };
  if (found.wild) return { kind: 'wild', field, parts: found.parts };
  if (edits !== undefined) return { kind: 'fuzzy', field, text: found.text, edits };
  return { kind: 'words', field, text: found.text, slop: 0 };
}

function value(source: Source, field: string | undefined, named = false): Node {
  const sign = peek(source);
  if (sign === '(') return group(source, field);
  if (sign === '[' || sign === '{') return range(source, field);
  if (field !== undefined && (sign === '<' || sign === '>')) return comparison(source, field);
  if (sign === '"') return { kind: 'words', field, text: quoted(source), slop: suffix(source) ?? 0 };
  const found = term(source);
  if (!named && take(source, ':')) {
    skip(source);
    return value(source, found.text, true);
  }
  return simple(field, found, suffix(source));
}

function group(source: Source, field: string | undefined): Node {
  source.at += 1;
  const node = either(source, field);
  skip(source);
  if (!take(source, ')')) fail(source, 'a parenthesis is not closed');
  suffix(source);
  return node;
}

function unary(source: Source, field: string | undefined): Node {
  if (ahead(source, 'OR', '||') || ahead(source, 'AND', '&&')) fail(source, 'an operator has nothing before it');
  if (operator(source, 'NOT', '-') || take(source, '!')) return { kind: 'not', of: unary(source, field) };
  if (take(source, '+')) return unary(source, field);
  return value(source, field);
}

function ahead(source: Source, word: string, sign: string): boolean {
  skip(source);
  const start = source.at;
  const found = operator(source, word, sign);
  source.at = start;
  return found;
}

function both(source: Source, field: string | undefined): Node {
  const of = [unary(source, field)];
  for (;;) {
    const joined = operator(source, 'AND', '&&');
    const ended = source.at >= source.text.length || peek(source) === ')' || ahead(source, 'OR', '||');
    if (ended && !joined) break;
    of.push(unary(source, field));
  }
  return of.length === 1 && of[0] ? of[0] : { kind: 'and', of };
}

function either(source: Source, field: string | undefined): Node {
  const of = [both(source, field)];
  while (operator(source, 'OR', '||')) of.push(both(source, field));
  return of.length === 1 && of[0] ? of[0] : { kind: 'or', of };
}

/** Parses a query; `field` applies to words that name no field. */
export function parse(text: string, field?: string): Node {
  if (text.trim() === '') return { kind: 'all' };
  const source: Source = { text, at: 0 };
  const node = either(source, field);
  skip(source);
  if (source.at < text.length) fail(source, `unexpected '${peek(source)}'`);
  return node;
}
