import { parse, stringify, TomlError } from 'smol-toml';
import { type Form, isValues, lineEndOf, refusedAtLine, type Values, valueAt } from './form.ts';

/** TOML, a server being a table with its own header, and the tables below it. */
export const toml: Form = {
  parse(text) {
    try {
      // Its tables have no prototype, which a comparison with plain objects would take for a difference.
      return plain(parse(text)) as Values;
    } catch (error) {
      if (error instanceof TomlError) throw refusedAtLine(error.line, error.column);
      throw error;
    }
  },

  put(text, path, value) {
    const eol = lineEndOf(text);
    const table = stringify(path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value));
    const lines = table.trimEnd().split('\n').join(eol);
    const kept = valueAt(toml.parse(text), path) === undefined ? text : withoutTables(text, path);
    const gap = kept === '' || kept.endsWith(eol + eol) ? '' : kept.endsWith(eol) ? eol : eol + eol;
    return `${kept}${gap}${lines}${eol}`;
  },

  take(text, path) {
    const eol = lineEndOf(text);
    const kept = withoutTables(text, path);
    // The blank line that `put` added.
    return kept !== text && kept.endsWith(eol + eol) ? kept.slice(0, -eol.length) : kept;
  },
};

/**
 * The text without the tables of this name and below it. It goes by the headers of tables, each in a line of its own; whoever
 * calls compares what it leaves with what it should be, for a text that has the server in another way.
 */
function withoutTables(text: string, path: readonly string[]): string {
  const kept: string[] = [];
  let isOurs = false;
  let pending: string[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    if (/^[ \t]*\[/.test(line)) {
      // Comments right above a header belong to it.
      const isNext = isTableOf(line, path);
      if (isOurs && !isNext) kept.push(...pending);
      pending = [];
      isOurs = isNext;
    }
    if (!isOurs) kept.push(line);
    else pending = /^[ \t]*(#.*)?\r?\n?$/.test(line) ? [...pending, line] : [];
  }
  return [...kept, ...(isOurs ? pending.filter((line) => line.trim() !== '') : [])].join('');
}

/** Whether a line is the header of the table of this name, or of one below it. */
function isTableOf(line: string, path: readonly string[]): boolean {
  const [, header = ''] = /^[ \t]*\[([^\]]*)\]/.exec(line) ?? [];
  const names = header.split('.').map((part) => part.trim().replace(/^["']|["']$/g, ''));
  return path.every((name, at) => names[at] === name);
}

const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (!isValues(value) || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
};
