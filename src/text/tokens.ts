/** Runs of ASCII letters and digits, of which ids are made. */
const RUN = /[A-Za-z\d]{4,}/g;
/** How tokenizers split the rest: words at capitals, digits in threes, characters of other scripts one by one. */
const PIECE = /[A-Z]?[a-z]{1,7}|[A-Z]{1,3}|\d{1,3}|[!-/:-@[-`{-~]{1,2}|[^\0-~]|\s{2,16}/g;
/** Letters of Greek, Cyrillic, Hebrew, Arabic … cost one token per pair; */
const LETTER_PAIR = /[\u0370-\u07ff]{2}/g;
/** other scripts and each half of an emoji may cost two tokens, and rare characters three. */
const TWO_TOKENS = /[\u0300-\u036f\u0e80-\u1fff\u2030-\uffff]/g;
const THREE_TOKENS = /[\u3400-\u4dbf\ua000-\uabff]/g;
const NOT_ASCII = /[^\0-~]/;

/** Tokenizers spend up to four tokens on five characters of an id. */
const TOKENS_PER_ID_CHARACTER = 0.8;
/** No text has fewer tokens than this share of its characters. */
const CHARACTERS_PER_TOKEN = 4;
/** Characters that are weighed. A longer text has more tokens than any answer may have. */
const MAX_WEIGHED = 50_000;

/**
 * Estimates the tokens of a text, rather too many than too few. Of a text with more than 50,000 characters only these are
 * weighed: the result is then a lower bound of at least a token per four characters.
 */
export function tokensIn(text: string): number {
  const weighed = truncate(text, MAX_WEIGHED);
  let idCharacters = 0;
  const rest = weighed.replace(RUN, (run) => {
    if (!isId(run)) return run;
    idCharacters += run.length;
    return '';
  });
  let tokens = Math.ceil(idCharacters * TOKENS_PER_ID_CHARACTER) + countOf(rest, PIECE);
  if (NOT_ASCII.test(weighed))
    tokens += countOf(weighed, TWO_TOKENS) + countOf(weighed, THREE_TOKENS) - countOf(weighed, LETTER_PAIR);
  return Math.max(tokens, Math.ceil(text.length / CHARACTERS_PER_TOKEN));
}

/** Letters mixed with digits, or letters without a pause: no tokenizer knows such words. */
const isId = (run: string): boolean => (/\d/.test(run) ? /[A-Za-z]/.test(run) : run.length >= 16);

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Estimates the tokens of a line with its list mark and line break. */
export const tokensInLine = (line: string): number => tokensIn(line) + 2;

/** Counts the lines from `start` on that fit into `limit` tokens: at least one, or paging would never end. */
export function countFittingLines(lines: readonly string[], start: number, limit: number): number {
  let sum = 0;
  let count = 0;
  for (const line of lines.slice(start)) {
    sum += tokensInLine(line);
    if (count > 0 && sum > limit) break;
    count += 1;
  }
  return count;
}

/** The first `length` UTF-16 units of a text, without half a surrogate pair at the end. */
export const truncate = (text: string, length: number): string => {
  const next = text.charCodeAt(length);
  const isHalf = next >= 0xdc00 && next <= 0xdfff;
  return text.slice(0, Math.max(0, isHalf ? length - 1 : length));
};

/** A text of at most `length` UTF-16 units, then `…` in place of the rest. */
export const shorten = (text: string, length: number): string =>
  text.length > length ? `${truncate(text, length)}…` : text;

/** Like `shorten`, with the length of the whole text. */
export const shortenWithLength = (text: string, length: number): string =>
  text.length > length ? `${shorten(text, length)} (${text.length} characters)` : text;

/** A text of at most `limit` tokens; a shortened one ends with `…` and its whole length. */
export function shortenToTokens(text: string, limit: number): string {
  if (text.length <= limit || tokensIn(text) <= limit) return text;
  let [low, high] = [0, Math.min(text.length, limit * CHARACTERS_PER_TOKEN)];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (tokensIn(text.slice(0, middle)) <= limit - 8) low = middle;
    else high = middle;
  }
  return shortenWithLength(text, low);
}
