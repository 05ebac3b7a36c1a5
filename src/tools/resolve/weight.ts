/** Signs of scripts written without spaces cost about a token each. */
const PIECES = /[A-Za-z]{1,7}|\d{1,3}|[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^A-Za-z\d\s]{1,2}/g;

/** Tokens of a line, estimated from above. */
export const weight = (line: string): number =>
  Math.max(line.match(PIECES)?.length ?? 0, Math.ceil(line.length / 4)) + 2;

/** How many lines from `start` on fit into so many tokens; one at least, so that a walk comes to its end. */
export function fitting(lines: readonly string[], start: number, most: number): number {
  let sum = 0;
  let count = 0;
  for (const line of lines.slice(start)) {
    sum += weight(line);
    if (count > 0 && sum > most) break;
    count += 1;
  }
  return count;
}
