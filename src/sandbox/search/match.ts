import type { Row } from '../types.ts';
import { type Content, contentOf, type Primitive, pathsOf, valuesOf } from './document.ts';
import type { Node } from './parse.ts';
import { span, within } from './range.ts';
import { fold, hasWord, isSimilar, phrase, wildcard, wordsOf } from './text.ts';

export type Test = (document: Row) => boolean;

/** A part of the query that looks for words; ranking and highlighting use it. */
export interface Leaf {
  readonly paths: readonly string[];
  /** Whether the document matches under this path. */
  readonly found: (document: Row, path: string) => boolean;
  /** Whether a folded word of a text is to be highlighted. */
  readonly marks: (word: string) => boolean;
}
export interface Matcher {
  readonly test: Test;
  readonly leaves: readonly Leaf[];
}

const never = (): boolean => false;

const anyText =
  (test: (folded: string) => boolean) =>
  (content: Content): boolean =>
    content.folded.some(test);

function leaf(paths: readonly string[], has: (content: Content) => boolean, marks: (word: string) => boolean): Matcher {
  const found = (document: Row, path: string): boolean => has(contentOf(document, path));
  return { test: (document) => paths.some((path) => found(document, path)), leaves: [{ paths, found, marks }] };
}

/** A date without a range matches the whole time it covers. */
function dateTest(field: string | undefined, text: string): (content: Content) => boolean {
  if (field === undefined || !text.includes('-') || !span(text)) return never;
  const inside = within(field, { min: { text }, max: { text } });
  return (content) => content.values.some((value) => typeof value === 'string' && inside(value));
}

function wordsLeaf(node: Node & { kind: 'words' }, paths: readonly string[]): Matcher {
  const folded = fold(node.text);
  const words = wordsOf(folded);
  const [word] = words;
  const marks = (other: string): boolean => words.includes(other);
  // In a named field punctuation alone matches exactly itself.
  if (word === undefined)
    return leaf(
      paths,
      anyText((text) => text === folded),
      never,
    );
  const has = words.length === 1 ? anyText((text) => hasWord(text, word)) : anyText(phrase(words, node.slop));
  const onDate = dateTest(node.field, node.text);
  return leaf(paths, onDate === never ? has : (content) => has(content) || onDate(content), marks);
}

function wildLeaf(parts: readonly string[], paths: readonly string[]): Matcher {
  const inText = wildcard(parts, false);
  const whole = wildcard(parts, true);
  return leaf(
    paths,
    anyText((text) => inText.test(text)),
    (word) => whole.test(word),
  );
}

function fuzzyLeaf(text: string, edits: number, paths: readonly string[]): Matcher {
  const wanted = fold(text);
  // The same words occur many times.
  const known = new Map<string, boolean>();
  const close = (word: string): boolean => {
    const is = known.get(word) ?? isSimilar(word, wanted, edits);
    known.set(word, is);
    return is;
  };
  return leaf(
    paths,
    anyText((folded) => wordsOf(folded).some(close)),
    close,
  );
}

const withoutLeaves = (test: Test): Matcher => ({ test, leaves: [] });

export const exists =
  (field: string): Test =>
  (document) =>
    valuesOf(document, field).length > 0;

export function inRange(field: string, passes: (value: Primitive) => boolean): Test {
  return (document) => valuesOf(document, field).some(passes);
}

function combine(kind: 'and' | 'or', parts: readonly Matcher[]): Matcher {
  const tests = parts.map(({ test }) => test);
  const test: Test =
    kind === 'and'
      ? (document) => tests.every((part) => part(document))
      : (document) => tests.some((part) => part(document));
  return { test, leaves: parts.flatMap(({ leaves }) => leaves) };
}

/** Whether nothing of it is a word: Lucene leaves such a clause out, and a query without clauses matches nothing. */
function isWordless(node: Node): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.of.every(isWordless);
  if (node.kind === 'not') return isWordless(node.of);
  return node.kind === 'words' && node.field === undefined && wordsOf(fold(node.text)).length === 0;
}

/** Compiles a query; words that name no field are looked for under `paths`. */
export function compile(node: Node, paths: readonly string[]): Matcher {
  if (isWordless(node)) return withoutLeaves(never);
  switch (node.kind) {
    case 'all':
      return withoutLeaves(() => true);
    case 'and':
    case 'or':
      return combine(
        node.kind,
        node.of.filter((part) => !isWordless(part)).map((part) => compile(part, paths)),
      );
    case 'not': {
      const { test } = compile(node.of, paths);
      return withoutLeaves((document) => !test(document));
    }
    case 'exists':
      return withoutLeaves(exists(node.field));
    case 'range':
      return withoutLeaves(inRange(node.field, within(node.field, node.range)));
  }
  const where = node.field === undefined || node.field === '*' ? paths : pathsOf(node.field);
  if (node.kind === 'wild') return wildLeaf(node.parts, where);
  if (node.kind === 'fuzzy') return fuzzyLeaf(node.text, node.edits, where);
  return wordsLeaf(node, where);
}
