import { isTimeRange, parseDuration } from '../../../media/time.ts';
import { splitTimedLine } from '../../../media/timed_line.ts';

/** A range and the words beside it: `Matchday 12 12:04-12:31`, `12:04-12:31 Matchday 12`. */
export interface WordsAndRange {
  readonly words: string;
  readonly range: string;
}

const HANDLES = /^(.+?)(?:\+\/-|\+|±)\s?(\d{1,3}(?:[.,]\d{1,3})?\s?(?:s|ms)?|\d{1,2}:\d\d)$/s;
/** A handle of another answer, with or without numbers. */
const OTHER_ANSWER = /^[a-z]{3}_\w{6}\b/;

interface Widened {
  readonly text: string;
  /** Milliseconds that are added before and after. */
  readonly handles: number;
  /** How a number without a unit was read. */
  readonly notes: readonly string[];
}

/** `plc_k3x9p2 +2s` as what is meant and what is added. A title may end in `+2`: what cannot be one takes it as seconds. */
export function withoutHandles(element: string): Widened {
  const [, before = '', length = ''] = HANDLES.exec(element) ?? [];
  const text = before.trim();
  const hasUnit = /[:s]/.test(length);
  const isSure = OTHER_ANSWER.test(text) || isTimeRange(text) || numbersIn(text) !== undefined;
  if (length === '' || !(hasUnit || isSure)) return { text: element.trim(), handles: 0, notes: [] };
  const handles = parseDuration(`${length.replace(/\s/g, '')}${hasUnit ? '' : 's'}`);
  const sign = element.slice(before.length).trim();
  return { text, handles, notes: hasUnit ? [] : [`"${sign}" → ${handles / 1_000} s before and after.`] };
}

export function splitRange(element: string): WordsAndRange | undefined {
  const line = splitTimedLine(element);
  if (line?.to !== undefined && line.text.trim() !== '')
    return { words: line.text.trim(), range: `${line.from}..${line.to}` };
  for (const { index } of element.matchAll(/\s/g)) {
    const range = element.slice(index + 1);
    const words = element.slice(0, index).replace(/[\s,:]{1,9}$/, '');
    if (words !== '' && isTimeRange(range)) return { words, range };
  }
  return undefined;
}

const NUMBER = /^#?([mtgq]?)(\d{1,6})(?:\s?[-–]\s?\1(\d{1,6}))?$/i;
/** Numbers that `m2-m90` may stand for. */
const MAX_SPAN = 1_000;

/** `m2, m4-m6` as each of its numbers; undefined for other words. */
export function numbersIn(text: string): string[] | undefined {
  const parts = text
    .replace(/\s{0,9}[-–]\s{0,9}/g, '-')
    .split(/[\s,;]+/)
    .filter(Boolean);
  const numbers = parts.map((part) => {
    const [, prefix = '', first, last = first] = NUMBER.exec(part) ?? [];
    const count = Number(last) - Number(first) + 1;
    if (first === undefined || !(count >= 1 && count <= MAX_SPAN)) return undefined;
    return Array.from({ length: count }, (_, n) => `${prefix.toLowerCase()}${Number(first) + n}`);
  });
  return parts.length > 0 && numbers.every((one) => one !== undefined) ? numbers.flat() : undefined;
}
