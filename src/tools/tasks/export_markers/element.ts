import { isTimeRange, parseDuration } from '../../../media/time.ts';
import { splitTimedLine } from '../../../media/timed_line.ts';

/** A range and the words beside it: `Matchday 12 12:04-12:31`, `12:04-12:31 Matchday 12`. */
export interface WordsAndRange {
  readonly words: string;
  readonly range: string;
}

const HANDLES = /^(.+?)(?:\+\/-|\+|±)\s?(\d{1,3}(?:[.,]\d{1,3})?\s?(?:s|ms)|\d{1,2}:\d\d)$/s;

/** `plc_k3x9p2 +2s` as what is meant and the milliseconds that are added before and after. */
export function withoutHandles(element: string): { readonly text: string; readonly handles: number } {
  const [, text = element, length] = HANDLES.exec(element) ?? [];
  return { text: text.trim(), handles: length === undefined ? 0 : parseDuration(length.replace(/\s/g, '')) };
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
