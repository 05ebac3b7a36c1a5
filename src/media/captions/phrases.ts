import type { SpokenWord } from '../words.ts';
import { breakPenalty, endsSentence } from './breaks.ts';
import { functionWords } from './function_words.ts';

/** The room of a caption. Lengths in characters, times in milliseconds. */
interface Room {
  readonly charactersPerLine: number;
  readonly lines: number;
  readonly longest: number;
  readonly language?: string | undefined;
}

/** What a caption costs by itself, and one that breaks a sentence off after another sentence. */
const OWN_COST = 5;
const SECOND_SENTENCE_COST = 6;
/** What a caption costs with fewer characters than that, a part of a sentence more: it looks lost. */
const LOST = [
  { below: 12, part: 14, whole: 4 },
  { below: 24, part: 5, whole: 0 },
] as const;
/** Milliseconds of silence that make half of a break. */
const BREATH = 300;
/** The share of a caption behind which a second sentence should have its own. */
const FULL_SHARE = 0.5;
/** How much of a break counts that is one of lines. */
const LINE_SHARE = 0.5;

/** What is looked at again and again, by the index of the word. */
interface Measured {
  readonly words: readonly SpokenWord[];
  /** Characters. */
  readonly sizes: readonly number[];
  /** Where a word begins in the running text, in characters. */
  readonly begins: readonly number[];
  readonly endsSentence: readonly boolean[];
  /** What it costs to break behind a word. */
  readonly breaks: readonly number[];
}

/**
 * Divides words that belong together into captions: each fits into its lines and its time, and all of them together break
 * where it hurts least. Linear in the number of words.
 */
export function phrasesOf(words: readonly SpokenWord[], room: Room): SpokenWord[][] {
  const measured = measure(words, room.language);
  const best = [0, ...words.map(() => Number.POSITIVE_INFINITY)];
  const from = words.map(() => 0);
  for (let start = 0; start < words.length; start += 1) {
    const before = best[start] ?? 0;
    forEachCaption(measured, start, room, (end, turn) => {
      const cost = before + captionCost(measured, start, end, turn, room);
      if (cost >= (best[end] ?? 0)) return;
      best[end] = cost;
      from[end - 1] = start;
    });
  }
  const phrases: SpokenWord[][] = [];
  for (let end = words.length; end > 0; end = from[end - 1] ?? 0) phrases.push(words.slice(from[end - 1], end));
  return phrases.reverse();
}

function measure(words: readonly SpokenWord[], language: string | undefined): Measured {
  const known = functionWords(language);
  const sizes = words.map(({ text }) => [...text].length);
  let at = 0;
  const begins = words.map(({ spaced }, index) => {
    at += index > 0 && spaced ? 1 : 0;
    const begin = at;
    at += sizes[index] ?? 0;
    return begin;
  });
  const breaks = words.map(({ text, end }, index) => {
    const next = words[index + 1];
    if (!next) return 0;
    const penalty = breakPenalty(text, next.text, known, next.spaced);
    return next.start - end >= BREATH ? penalty / 2 : penalty;
  });
  return { words, sizes, begins, endsSentence: words.map(({ text }) => endsSentence(text)), breaks };
}

/**
 * Calls for each caption that can begin with a word, shortest first; one word always can. `end`: the first word behind it;
 * `turn`: characters until a sentence ends inside of it, 0 where none does.
 */
function forEachCaption(
  { words, sizes, begins, endsSentence: ends }: Measured,
  start: number,
  { charactersPerLine: width, lines, longest }: Room,
  visit: (end: number, turn: number) => void,
): void {
  // Full lines, characters of the line behind them, and of the text without a space that goes on there.
  let full = 0;
  let used = 0;
  let token = 0;
  let turn = 0;
  let latest = 0;
  for (let at = start; at < words.length; at += 1) {
    const { spaced = false, end = 0 } = words[at] ?? {};
    if (at > start && spaced) {
      const taken = linesTaken(used, token, width);
      full += taken;
      used = lastLine(used, token, width);
      token = 0;
    }
    token += sizes[at] ?? 0;
    latest = Math.max(latest, end);
    const isRoom = full + linesTaken(used, token, width) < lines && latest - (words[start]?.start ?? 0) <= longest;
    if (at > start && !isRoom) return;
    visit(at + 1, turn);
    if (ends[at]) turn = (begins[at] ?? 0) + (sizes[at] ?? 0) - (begins[start] ?? 0);
  }
}

const isInLine = (used: number, token: number, width: number): boolean => used > 0 && used + 1 + token <= width;
/** Lines that get full by a text: without room in its line it goes to the next, and is cut at its end. */
const linesTaken = (used: number, token: number, width: number): number =>
  isInLine(used, token, width) ? 0 : (used > 0 ? 1 : 0) + Math.max(1, Math.ceil(token / width)) - 1;
const lastLine = (used: number, token: number, width: number): number =>
  isInLine(used, token, width) ? used + 1 + token : token - (Math.max(1, Math.ceil(token / width)) - 1) * width;

function captionCost(measured: Measured, start: number, end: number, turn: number, room: Room): number {
  const { endsSentence: ends, breaks, begins, sizes } = measured;
  const length = (begins[end - 1] ?? 0) + (sizes[end - 1] ?? 0) - (begins[start] ?? 0);
  const endsWhole = end === ends.length || ends[end - 1] === true;
  const beginsWhole = start === 0 || ends[start - 1] === true;
  const lost = LOST.find(({ below }) => length < below);
  const lostCost = lost?.[beginsWhole && endsWhole ? 'whole' : 'part'] ?? 0;
  const isFull = turn / (room.charactersPerLine * room.lines) >= FULL_SHARE;
  const second = turn > 0 && (!endsWhole || isFull) ? SECOND_SENTENCE_COST : 0;
  const inner = room.lines === 2 && length > room.charactersPerLine ? lineBreakCost(measured, start, end, room) : 0;
  return OWN_COST + (breaks[end - 1] ?? 0) + lostCost + second + inner * LINE_SHARE;
}

/** What the best break of a caption into two lines costs. */
function lineBreakCost(measured: Measured, start: number, end: number, { charactersPerLine: width }: Room): number {
  const { begins, sizes, breaks } = measured;
  const stop = (begins[end - 1] ?? 0) + (sizes[end - 1] ?? 0);
  let least = Number.POSITIVE_INFINITY;
  for (let at = end - 1; at > start && stop - (begins[at] ?? 0) <= width; at -= 1) {
    const first = (begins[at - 1] ?? 0) + (sizes[at - 1] ?? 0) - (begins[start] ?? 0);
    if (first <= width) least = Math.min(least, breaks[at - 1] ?? 0);
  }
  return Number.isFinite(least) ? least : 0;
}
