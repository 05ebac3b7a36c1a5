import { RANGE_SIGN } from './time.ts';

/** A line that begins with a time or a range: `12:04-12:31 Goal`. The times are not parsed yet. */
export interface TimedLine {
  readonly from: string;
  readonly to?: string;
  /** The text after the times and the separators. */
  readonly text: string;
}

/** A time at the start of a line needs a colon or a unit: a text may begin with a plain number. */
const TIME =
  /\d+(?:[:;.,]\d+)*[:;]\d+(?:[.,]\d+)?|\d+(?:[.,]\d+)?\s?(?:ms|s|sec)(?![\p{L}\d])|(?:\d+h\d*m?|\d+m(?:in)?)(?:\d+s)?(?![\p{L}\d])/uy;
const SPACES = /\s*/y;
const OPENING = /[[(]?/y;
const CLOSING = /[\])]?/y;
/** What may follow the times: the end, a space, a separator, or a colon before a space. */
const BOUNDARY = /$|[\s,|\-–—]|:\s/y;
const SEPARATORS = /[\s,:|\-–—]*/y;

/** Splits a line into its times and its text; undefined if it does not begin with a time. */
export function splitTimedLine(line: string): TimedLine | undefined {
  const matchAt = (expression: RegExp, index: number): string | undefined => {
    expression.lastIndex = index;
    return expression.exec(line)?.[0];
  };
  const skip = (expression: RegExp, index: number): number => index + (matchAt(expression, index)?.length ?? 0);
  const start = skip(OPENING, 0);
  const from = matchAt(TIME, start);
  if (from === undefined) return undefined;
  let end = start + from.length;
  const sign = skip(SPACES, end);
  const second = skip(SPACES, skip(RANGE_SIGN, sign));
  const to = matchAt(RANGE_SIGN, sign) === undefined ? undefined : matchAt(TIME, second);
  if (to !== undefined) end = second + to.length;
  end = skip(CLOSING, end);
  if (matchAt(BOUNDARY, end) === undefined) return undefined;
  const text = line.slice(skip(SEPARATORS, end));
  return { from, ...(to !== undefined && { to }), text };
}

/**
 * Whether a text goes on with a time after signs only, or after a word that may join two times: then a time before it was
 * not read as the start of a range. After a word, `2:1` is a score.
 */
export const beginsWithTime = (text: string): boolean =>
  /^[^\p{L}\p{N}]{0,9}(?:\d{1,9}[:;]\d|(?:(?:and|und|et|y|e|a|al|au|zu|naar|tot|til|fino al?|jusqu['’]à|do|до|по)[^\p{L}\p{N}]{1,9}|(?:至|到|から)\s{0,9})\d{1,9}[:;]\d\d)/iu.test(
    text,
  );

/** Whether a text holds another time behind a sign that parts the items of a list: `Goal; 12:31 Save`. */
export const holdsListedTime = (text: string): boolean => /[;|]\s{0,9}\d{1,9}[:;]\d\d/.test(text);

/** `12:04-31 Goal`: the end is short for 12:31, or the text begins with a number. */
export const hasShortEnd = (line: string): boolean => /^[[(]?\d[\d:;]{0,20}[-–—~]\d{1,2}(?=[\s\])]|$)/.test(line);

/** Line breaks, those included that were written as signs, where a time comes after them. */
const LINE_BREAK =
  /\r\n?|[\n\v\f\u2028\u2029]|(?:\\n|<br ?\/?>)\s{0,9}(?=(?:[-*+•–—]\s|\d{1,4}[.)]\s)?[[(]?\d{1,9}[:;]\d)/;
const FENCE = /^\s{0,9}(?:```|~~~)/;
/** A list mark before a time, as in `- 2:00 Goal` or `3. 2:00 Goal`. */
const LIST_MARK = /^\s{0,9}(?:[-*+•–—]|\d{1,4}[.)])\s{1,9}(?=[[(]?\d{1,9}[hms:;.,])/;

/** A line without the mark of a list or a code fence around it. */
const bare = (line: string): string => line.replace(LIST_MARK, '').trim();

/**
 * Splits a text that holds several timed lines, as people paste them: a line without a time belongs to the one above it.
 * A text with one timed line at its start, or with none, stays whole. Undefined if lines without a time come before the first timed one.
 */
export function splitTimedLines(text: string): string[] | undefined {
  const lines = text
    .split(LINE_BREAK)
    .filter((line) => !FENCE.test(line))
    .map(bare);
  const isTimed = (line: string): boolean => splitTimedLine(line) !== undefined;
  const timed = lines.filter(isTimed);
  const [first = ''] = lines.filter(Boolean);
  if (timed.length === 0 || (timed.length === 1 && isTimed(text))) return [text];
  if (!isTimed(first)) return undefined;
  const items: string[] = [];
  for (const line of lines) {
    if (isTimed(line)) items.push(line);
    else items.push(`${items.pop() ?? ''}\n${line}`);
  }
  return items.map((item) => item.trim());
}
