/** Why a line of a sheet is not written. */
export interface Problem {
  readonly line: number;
  readonly kind: 'ambiguous' | 'unknown' | 'invalid';
  readonly words: string;
}

/** Line numbers named for one problem. */
const MAX_LINE_NUMBERS = 12;

/** Problems as lines; rows with the same problem share one. */
export function problemLines(problems: readonly Problem[], max: number): string[] {
  const grouped = new Map<string, { readonly kind: string; readonly words: string; readonly lines: number[] }>();
  for (const { line, kind, words } of problems) {
    const key = `${kind} ${words}`;
    const known = grouped.get(key) ?? { kind, words, lines: [] };
    if (!known.lines.includes(line)) known.lines.push(line);
    grouped.set(key, known);
  }
  const lines = [...grouped.values()].map(({ kind, words, lines: at }) => {
    const shown = at.slice(0, MAX_LINE_NUMBERS).join(', ');
    const more = at.length > MAX_LINE_NUMBERS ? ` and ${at.length - MAX_LINE_NUMBERS} more` : '';
    return `line${at.length > 1 ? 's' : ''} ${shown}${more}, ${kind}: ${words}`;
  });
  return lines.length > max ? [...lines.slice(0, max), `And ${lines.length - max} more problems.`] : lines;
}
