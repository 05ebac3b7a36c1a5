import { joinWords, type SpokenWord } from '../words.ts';
import { endsSentence } from './breaks.ts';
import { functionWords } from './function_words.ts';
import { phrasesOf } from './phrases.ts';
import { isCut, linesOf } from './wrap.ts';

/** What captions may be like. Lengths in characters, times in milliseconds. */
export interface CaptionShape {
  readonly charactersPerLine: number;
  readonly lines: number;
  /** Characters that a viewer reads in a second: a caption is shown longer where there is room. */
  readonly charactersPerSecond: number;
  readonly shortest: number;
  readonly longest: number;
  /** Of what is said, e.g. pt: where its lines break well is known of some languages. */
  readonly language?: string | undefined;
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
/** Milliseconds of silence after a sentence that end a caption. */
const SENTENCE_PAUSE = 300;
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
  return timed(
    runsOf(words).flatMap((run) => phrasesOf(run, shape)),
    shape,
  );
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

/** Words that captions may hold together: of one speaker, without a pause, and a shorter one behind a sentence. */
function runsOf(words: readonly SpokenWord[]): SpokenWord[][] {
  const runs: SpokenWord[][] = [];
  for (const word of words) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const silence = last ? word.start - last.end : 0;
    const isApart = !last || word.speaker !== last.speaker || silence > PAUSE;
    if (!run || isApart || (endsSentence(last.text) && silence > SENTENCE_PAUSE)) runs.push([word]);
    else run.push(word);
  }
  return runs;
}

const readingTime = (lines: readonly string[], perSecond: number): number =>
  (lines.reduce((sum, line) => sum + [...line].length, 0) * 1000) / perSecond;

function timed(groups: readonly (readonly SpokenWord[])[], shape: CaptionShape): Cue[] {
  const cues: Cue[] = [];
  const known = functionWords(shape.language);
  for (const [index, group] of groups.entries()) {
    const [first] = group as readonly [SpokenWord];
    const lines = linesOf(joinWords(group), shape.charactersPerLine, known);
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
