import { type TimedWord, type TranscriptSegment, type WordOrigin, wordOrigin } from './transcript_segment.ts';

/** A word with its punctuation; `spaced` if there is a space before it. */
export interface SpokenWord {
  readonly text: string;
  readonly spaced: boolean;
  readonly start: number;
  readonly end: number;
  readonly speaker: string | undefined;
  readonly transcription: string | undefined;
}

interface Timed {
  readonly text: string;
  readonly spaced: boolean;
  readonly start: number;
  readonly end: number;
}

/**
 * All words of the segments in order of time, one transcription after another (a clip can have one per language). The text
 * comes from the segment, which people correct; the times come from its words. If the two differ, the times are spread
 * over the text.
 */
export function spokenWords(segments: readonly TranscriptSegment[]): SpokenWord[] {
  const groups = new Map<string | undefined, TranscriptSegment[]>();
  for (const segment of segments) {
    const key = segment.transcription_id ?? undefined;
    const group = groups.get(key);
    if (group) group.push(segment);
    else groups.set(key, [segment]);
  }
  return [...groups.values()].flatMap((group) => {
    const { origin } = wordOrigin(group);
    return [...group].sort((a, b) => startOf(a) - startOf(b)).flatMap((segment) => wordsOf(segment, origin));
  });
}

/** Joins words to running text. */
export function joinWords(words: readonly SpokenWord[]): string {
  return words.map(({ text, spaced }, index) => (spaced && index > 0 ? ` ${text}` : text)).join('');
}

const startOf = (segment: TranscriptSegment): number =>
  segment.time_start_milliseconds ?? segment.transcription?.words?.[0]?.start_ms ?? 0;

function wordsOf(segment: TranscriptSegment, origin: WordOrigin): SpokenWord[] {
  const zero = origin === 'segment' ? (segment.time_start_milliseconds ?? 0) : 0;
  const words = (segment.transcription?.words ?? []).map((word) => ({
    ...word,
    // As other times of Iconik, they may come as texts.
    start_ms: Number(word.start_ms) + zero,
    end_ms: Number(word.end_ms) + zero,
  }));
  const text = segment.segment_text?.trim() || spelled(words);
  const speaker = segment.transcription?.speaker;
  const of = {
    speaker: speaker === null || speaker === undefined ? undefined : String(speaker),
    transcription: segment.transcription_id ?? undefined,
  };
  const timed = aligned(text, words) ?? paired(text, words) ?? spread(text, segment, words);
  return timed.map((word) => ({ ...word, ...of }));
}

const hasLetters = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** The text of a segment that has only words. Some engines return punctuation as separate words. */
const spelled = (words: readonly TimedWord[]): string =>
  words.reduce(
    (text, { value }) => text + (text && (hasLetters(value) || /^[([{¿¡]/.test(value)) ? ' ' : '') + value,
    '',
  );

/** Finds each word in the text, in order. Undefined if one is missing or if there are letters between two words. */
function aligned(text: string, words: readonly TimedWord[]): Timed[] | undefined {
  const spoken = words.filter(({ value }) => hasLetters(value));
  const lower = text.toLowerCase();
  if (spoken.length === 0 || lower.length !== text.length) return undefined;
  const starts: number[] = [];
  let cursor = 0;
  for (const { value } of spoken) {
    const word = value.trim().toLowerCase();
    const at = lower.indexOf(word, cursor);
    if (at < 0 || hasLetters(lower.slice(cursor, at))) return undefined;
    starts.push(at);
    cursor = at + word.length;
  }
  if (hasLetters(lower.slice(cursor))) return undefined;
  return cut(text, starts).map((piece, index) => ({ ...piece, ...times(spoken[index] as TimedWord) }));
}

/** Splits a text before each word. Opening quotes and brackets belong to the word after them. */
function cut(text: string, starts: readonly number[]): { text: string; spaced: boolean }[] {
  const cuts = starts.map((start, index) => {
    const before = text.slice(index === 0 ? 0 : starts[index - 1], start);
    const opening = index === 0 ? before.length : (/(?<=\s)[^\s\p{L}\p{N}]+$/u.exec(before)?.[0].length ?? 0);
    return start - opening;
  });
  return cuts.map((from, index) => {
    const piece = text.slice(from, cuts[index + 1]);
    return { text: piece.trim(), spaced: index === 0 || /\s/.test(text[from - 1] ?? '') };
  });
}

/** Pairs text and words one to one if both have the same number of words: somebody corrected the spelling. */
function paired(text: string, words: readonly TimedWord[]): Timed[] | undefined {
  const written = text.split(/\s+/);
  const spoken = words.filter(({ value }) => hasLetters(value));
  if (spoken.length === 0 || written.length !== spoken.length) return undefined;
  return written.map((word, index) => ({ text: word, spaced: true, ...times(spoken[index] as TimedWord) }));
}

/** Spreads the time of a segment over its text, in proportion to the letters of each word. */
function spread(text: string, segment: TranscriptSegment, words: readonly TimedWord[]): Timed[] {
  const written = text.split(/\s+/).filter(Boolean);
  const start = words[0]?.start_ms ?? startOf(segment);
  const end = Math.max(start, words.at(-1)?.end_ms ?? segment.time_end_milliseconds ?? start);
  const letters = written.reduce((sum, word) => sum + word.length, 0);
  let before = 0;
  return written.map((word) => {
    const from = start + Math.floor(((end - start) * before) / letters);
    before += word.length;
    return { text: word, spaced: true, start: from, end: start + Math.floor(((end - start) * before) / letters) };
  });
}

const times = ({ start_ms, end_ms }: TimedWord): { start: number; end: number } => ({
  start: start_ms,
  end: Math.max(start_ms, end_ms),
});
