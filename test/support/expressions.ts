import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parseAst } from 'vitest/node';

const src = resolve(import.meta.dirname, '../../src');

/** A regular expression in the source of the server. */
export interface Expression {
  /** `text/clean.ts:22`. */
  readonly place: string;
  readonly file: string;
  readonly expression: RegExp;
}

interface Node {
  readonly type?: string;
  readonly start: number;
  readonly regex?: { readonly pattern: string; readonly flags: string };
  readonly callee?: { readonly name?: string };
}

const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(src, join(entry.parentPath, entry.name)).split(sep).join('/'))
  // The sandbox meets what a person tries out on their own machine.
  .filter((file) => !file.startsWith('sandbox/'))
  // These meet the operations that the facts list, and no text from anywhere else.
  .filter((file) => !['catalogue/rules.ts', 'catalogue/judge.ts', 'catalogue/notation.ts'].includes(file));

/** Every regular expression literal of the server. */
export const literals: readonly Expression[] = files.flatMap((file) =>
  nodesOf(file).flatMap(({ regex, line }) =>
    regex ? [{ file, place: `${file}:${line()}`, expression: new RegExp(regex.pattern, regex.flags) }] : [],
  ),
);

/** The files that build expressions from strings, once for each place where they do. */
export const builders: readonly string[] = files.flatMap((file) =>
  nodesOf(file).flatMap(({ callee }) => (callee?.name === 'RegExp' ? [file] : [])),
);

function nodesOf(file: string): (Node & { readonly line: () => number })[] {
  const code = readFileSync(join(src, file), 'utf8');
  const found: (Node & { readonly line: () => number })[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, start } = node as Node;
    if (type) found.push({ ...(node as Node), line: () => code.slice(0, start).split('\n').length });
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseAst(code, { lang: 'ts' }));
  return found;
}
