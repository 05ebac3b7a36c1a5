import { structuredPatch } from 'diff';

const HIDDEN = '"…"';
/** One that does not end in its line goes to the end of it. */
const STRING = /"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|'[^']*(?:'|$)/g;

/**
 * The change as a unified diff for a person. Of strings it shows names, and the values in `visible`: every other may be a
 * secret, and most belong to other servers.
 */
export function diffOf(before: string, after: string, visible: ReadonlySet<string>): string {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: 2 });
  return hunks
    .flatMap(({ oldStart, lines }) => [
      `@@ line ${oldStart} @@`,
      ...lines.filter((line) => !line.startsWith('\\')).map((line) => shown(line.trimEnd(), visible)),
    ])
    .join('\n');
}

const shown = (line: string, visible: ReadonlySet<string>): string =>
  line.replace(STRING, (quoted, offset: number) => {
    const isName = /^\s*[:=]/.test(line.slice(offset + quoted.length));
    return isName || visible.has(unquoted(quoted)) ? quoted : HIDDEN;
  });

function unquoted(quoted: string): string {
  try {
    return quoted.startsWith('"') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
  } catch {
    return quoted;
  }
}
