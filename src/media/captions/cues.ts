import { joinWords, type SpokenWord } from '../words.ts';
import { balancedLines, fitsInLines, isCut } from './wrap.ts';

/** What captions may be like. Lengths in characters, times in milliseconds. */
export interface CaptionShape {
  readonly charactersPerLine: number;
  readonly lines: number;
  /** Characters that a viewer reads in a second: a caption is shown longer where there is room. */
  readonly charactersPerSecond: number;
  readonly shortest: number;
  readonly longest: number;
}

/** One caption. Times in milliseconds from the first frame. */
export interface Cue {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
  /** The number of the speaker in the transcription. */
  readonly speaker?: string;
}

/** Milliseconds of silence after which a caption does not go on. */
const PAUSE = 1_500;
/** Milliseconds of silence after a sentence, and the share of a caption that it fills, which end a caption. */
const SENTENCE_PAUSE = 300;
const SENTENCE_SHARE = 0.5;
/** Milliseconds that a caption has at least, where words come faster than captions can be shown. */
const FLOOR = 200;

/**
 * Makes captions of words in their order: each word once, one speaker a caption. No caption overlaps the next, whatever
 * the times of the words are. A word longer than a line is cut.
 */
export function captionCues(spoken: readonly SpokenWord[], shape: CaptionShape): Cue[] {
  const words = spoken
    .filter(({ text }) => text.trim() !== '')
    .toSorted((a, b) => a.start - b.start)
    .flatMap((word) => pieces(word, shape.charactersPerLine));
  const groups: SpokenWord[][] = [];
  for (const word of words) {
    const group = groups.at(-1);
    if (group && continues(group, word, shape)) group.push(word);
    else groups.push([word]);
  }
  return timed(groups, shape);
}

/** How many captions are shorter, or faster, than asked for; none is longer. */
export function breaches(cues: readonly Cue[], { charactersPerSecond, shortest }: CaptionShape) {
  const count = (test: (cue: Cue, duration: number) => boolean): number =>
    cues.filter((cue) => test(cue, cue.end - cue.start)).length;
  return {
    fast: count(({ lines }, duration) => readingTime(lines, charactersPerSecond) > duration),
    short: count((_, duration) => duration < shortest),
  };
}

/** A word in parts that fit into a line, with a share of its time each. */
function pieces(word: SpokenWord, width: number): SpokenWord[] {
  const characters = [...word.text.trim().replace(/\s+/g, ' ')];
  if (characters.length <= width) return [{ ...word, text: characters.join('') }];
  const count = Math.ceil(characters.length / width);
  const at = (n: number): number => word.start + Math.floor(((word.end - word.start) * n) / count);
  return Array.from({ length: count }, (_, n) => ({
    ...word,
    text: characters.slice(n * width, (n + 1) * width).join(''),
    spaced: n === 0 && word.spaced,
    start: at(n),
    end: at(n + 1),
  }));
}

function continues(group: readonly SpokenWord[], next: SpokenWord, shape: CaptionShape): boolean {
  const [first] = group as [SpokenWord];
  const last = group.at(-1) as SpokenWord;
  const silence = next.start - last.end;
  if (next.speaker !== last.speaker || silence > PAUSE || next.end - first.start > shape.longest) return false;
  if (!fitsInLines(joinWords([...group, next]), shape.charactersPerLine, shape.lines)) return false;
  const filled = joinWords(group).length / (shape.charactersPerLine * shape.lines);
  return !(endsSentence(last.text) && (silence > SENTENCE_PAUSE || filled >= SENTENCE_SHARE));
}

const CLOSING = '"\'”’»)]';

/** Whether the last sign that closes nothing ends a sentence. */
function endsSentence(text: string): boolean {
  let at = text.length - 1;
  while (at > 0 && CLOSING.includes(text.charAt(at))) at -= 1;
  return at >= 0 && '.!?…。！？।؟'.includes(text.charAt(at));
}

const readingTime = (lines: readonly string[], perSecond: number): number =>
  (lines.reduce((sum, line) => sum + [...line].length, 0) * 1000) / perSecond;

function timed(groups: readonly (readonly SpokenWord[])[], shape: CaptionShape): Cue[] {
  const cues: Cue[] = [];
  for (const [index, group] of groups.entries()) {
    const [first] = group as readonly [SpokenWord];
    const lines = balancedLines(joinWords(group), shape.charactersPerLine);
    const start = Math.max(0, first.start, cues.at(-1)?.end ?? 0);
    const spokenUntil = group.reduce((latest, { end }) => Math.max(latest, end), start);
    const wanted = Math.max(spokenUntil, start + shape.shortest, start + readingTime(lines, shape.charactersPerSecond));
    const free = Math.max(groups[index + 1]?.[0]?.start ?? Number.POSITIVE_INFINITY, start + FLOOR);
    const end = Math.min(Math.ceil(wanted), start + shape.longest, free);
    cues.push({ start, end, lines, ...(first.speaker !== undefined && { speaker: first.speaker }) });
  }
  return cues;
}

/** Words that were cut because they are longer than a line. */
export const cutWords = (words: readonly SpokenWord[], width: number): number =>
  words.filter(({ text }) => isCut(text, width)).length;
