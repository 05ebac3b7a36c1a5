import type { Row } from '../types.ts';
import { isRow } from '../values.ts';
import { contentOf } from './document.ts';
import type { Leaf } from './match.ts';
import { emphasize } from './text.ts';

const FRAGMENT_LETTERS = 160;
const MAX_FRAGMENTS = 5;

/** Metadata is highlighted field by field. */
function pathsWithin(document: Row, path: string): string[] {
  const metadata = document.metadata;
  return path === 'metadata' && isRow(metadata) ? Object.keys(metadata).map((name) => `metadata.${name}`) : [path];
}

/** Cuts a highlighted text to fragments around the marks, at word ends. */
function cut(marked: string): string[] {
  if (marked.length <= FRAGMENT_LETTERS * 2) return [marked];
  const fragments: string[] = [];
  let end = 0;
  while (fragments.length < MAX_FRAGMENTS) {
    const mark = marked.indexOf('<em>', end);
    if (mark < 0) break;
    const from = Math.max(end, mark - FRAGMENT_LETTERS / 2);
    const start = from === 0 ? 0 : Math.min(mark, marked.indexOf(' ', from) + 1 || mark);
    const stop = marked.indexOf(' ', Math.max(start + FRAGMENT_LETTERS, marked.indexOf('</em>', mark)));
    end = stop < 0 ? marked.length : stop;
    fragments.push(marked.slice(start, end));
  }
  return fragments;
}

/** The texts of a hit that contain words of the query, with these words in `<em>`. */
export function highlight(document: Row, leaves: readonly Leaf[]): Record<string, string[]> {
  const wanted = new Map<string, Leaf['marks'][]>();
  for (const { paths, found, marks } of leaves)
    for (const path of paths.flatMap((name) => pathsWithin(document, name)))
      if (found(document, path)) wanted.set(path, [...(wanted.get(path) ?? []), marks]);
  const fragments: Record<string, string[]> = {};
  for (const [path, marks] of wanted) {
    const texts = contentOf(document, path).values.map((value) =>
      emphasize(String(value), (word) => marks.some((mark) => mark(word))),
    );
    const marked = texts.filter((text) => text !== undefined).flatMap(cut);
    if (marked.length > 0) fragments[path] = marked.slice(0, MAX_FRAGMENTS);
  }
  return fragments;
}
