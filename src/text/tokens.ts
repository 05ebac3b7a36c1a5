/** Ids, and what has no pause for long: five characters may make four tokens. */
const IDS = /(?=\d*[A-Za-z])(?=[A-Za-z]*\d)[A-Za-z\d]{4,}|[A-Za-z]{16,}/g;
/** How tokenizers split the rest: words by their capitals, digits by three, signs of other scripts one by one. */
const PIECES = /[A-Z]?[a-z]{1,7}|[A-Z]{1,3}|\d{1,3}|[!-/:-@[-`{-~]{1,2}|[^\0-~]|\s{2,16}/g;
/** Letters of near alphabets come in pairs, … */
const PAIRS = /[\u0370-\u07ff]{2}/g;
/** … other scripts and each half of an emoji may cost a token more, and rare signs two. */
const DEAR = /[\u0300-\u036f\u0e80-\u1fff\u2030-\uffff]/g;
const DEARER = /[\u3400-\u4dbf\ua000-\uabff]/g;
const NOT_ASCII = /[^\0-~]/;

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Tokens of a text, estimated from above; where it is long and light, its characters count, four to a token. */
export function tokensIn(text: string): number {
  const ids = text.match(IDS) ?? [];
  const rest = ids.length > 0 ? text.replace(IDS, '') : text;
  let tokens = Math.ceil(ids.reduce((sum, { length }) => sum + length, 0) * 0.8) + countOf(rest, PIECES);
  if (NOT_ASCII.test(text)) tokens += countOf(text, DEAR) + countOf(text, DEARER) - countOf(text, PAIRS);
  return Math.max(tokens, Math.ceil(text.length / 4));
}

/** Tokens of a line, estimated from above. */
export const tokensInLine = (line: string): number => tokensIn(line) + 2;

/** How many lines from `start` on fit into so many tokens; one at least, so that a walk comes to its end. */
export function countFittingLines(lines: readonly string[], start: number, most: number): number {
  let sum = 0;
  let count = 0;
  for (const line of lines.slice(start)) {
    sum += tokensInLine(line);
    if (count > 0 && sum > most) break;
    count += 1;
  }
  return count;
}

/** The beginning of a text, in so many UTF-16 units at most: no sign is cut in half. */
export const truncate = (text: string, length: number): string => {
  const next = text.charCodeAt(length);
  const isHalf = next >= 0xdc00 && next <= 0xdfff;
  return text.slice(0, Math.max(0, isHalf ? length - 1 : length));
};

/** A text of so many UTF-16 units at most; `…` stands for the rest. */
export const shorten = (text: string, length: number): string =>
  text.length > length ? `${truncate(text, length)}…` : text;

/** The same, and how long the whole is. */
export const shortenWithLength = (text: string, length: number): string =>
  text.length > length ? `${shorten(text, length)} (${text.length} characters)` : text;

/** A text that fits into so many tokens; what is longer ends with `…` and its whole length. */
export function shortenToTokens(text: string, most: number): string {
  if (text.length <= most || tokensIn(text) <= most) return text;
  let [low, high] = [0, Math.min(text.length, most * 4)];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (tokensIn(text.slice(0, middle)) <= most - 8) low = middle;
    else high = middle;
  }
  return shortenWithLength(text, low);
}
