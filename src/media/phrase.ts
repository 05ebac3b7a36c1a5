import { MediaError, quote } from './errors.ts';
import { endsSentence, speakerName } from './transcript.ts';
import type { TranscriptSegment } from './transcript_segment.ts';
import { joinWords, type SpokenWord, spokenWords } from './words.ts';

/** One occurrence of a phrase in a transcript. Times in milliseconds from the first frame, of exactly its words. */
export interface PhraseMatch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly before: string;
  readonly after: string;
  readonly speaker?: string;
  readonly transcription?: string;
  /** The sentence that the words are in, where sentences are asked for. */
  readonly sentence?: SentenceOfWords;
}

export interface SentenceOfWords {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface FindOptions {
  /** Number of words before and after. Default 10; `after` where it is another. */
  readonly context?: number;
  readonly after?: number;
  readonly sentences?: boolean;
  /** Also match other forms of English words (goals, scored, scoring), by rules of thumb without a dictionary. */
  readonly stem?: boolean;
  /** Maps a text to the form in which words are compared, e.g. without accents. Default: lower case. */
  readonly fold?: (text: string) => string;
  readonly speakers?: Readonly<Record<string, string>>;
}

/**
 * Finds a phrase in a transcript, across segments, ignoring case and punctuation. Matches whole words and does
 * not overlap. Linear in the length of the transcript. Throws `MediaError` for a phrase without letters or digits.
 */
export function findPhrase(
  segments: readonly TranscriptSegment[],
  phrase: string,
  options: FindOptions = {},
): PhraseMatch[] {
  const wanted = keys(phrase, options);
  if (wanted.length === 0)
    throw new MediaError(`${quote(phrase)} has no word to look for. Give one or more words, e.g. climate change.`);
  const words = spokenWords(segments);
  const spoken = words.flatMap((word, index) => keys(word.text, options).map((key) => ({ key, index })));
  return ends(spoken, wanted, words).map((end) => {
    const first = spoken[end - wanted.length + 1]?.index ?? 0;
    return matchAt(words, first, spoken[end]?.index ?? 0, options);
  });
}

interface SpokenKey {
  readonly key: string;
  readonly index: number;
}

/** The positions in `spoken` where `wanted` ends (Knuth–Morris–Pratt: each word is visited once). */
function ends(spoken: readonly SpokenKey[], wanted: readonly string[], words: readonly SpokenWord[]): number[] {
  const back = borders(wanted);
  const found: number[] = [];
  let matched = 0;
  for (const [place, { key, index }] of spoken.entries()) {
    const earlier = spoken[place - 1];
    if (earlier && words[earlier.index]?.transcription !== words[index]?.transcription) matched = 0;
    while (matched > 0 && wanted[matched] !== key) matched = back[matched - 1] ?? 0;
    if (wanted[matched] === key) matched += 1;
    if (matched < wanted.length) continue;
    found.push(place);
    matched = 0;
  }
  return found;
}

/** For each prefix of `wanted`, the length of the longest proper prefix that is also its suffix. */
function borders(wanted: readonly string[]): number[] {
  const back = [0];
  let length = 0;
  for (let at = 1; at < wanted.length; at += 1) {
    while (length > 0 && wanted[at] !== wanted[length]) length = back[length - 1] ?? 0;
    if (wanted[at] === wanted[length]) length += 1;
    back.push(length);
  }
  return back;
}

function matchAt(words: readonly SpokenWord[], first: number, last: number, options: FindOptions): PhraseMatch {
  const { context = 10, after = context, speakers, sentences = false } = options;
  const found = words.slice(first, last + 1);
  const [word] = found as [SpokenWord];
  const near = (one: SpokenWord): boolean => one.transcription === word.transcription;
  const speaker = speakerName(word, speakers);
  return {
    start: word.start,
    end: found.reduce((latest, { end }) => Math.max(latest, end), word.start),
    text: joinWords(found),
    before: joinWords(words.slice(Math.max(0, first - context), first).filter(near)),
    after: joinWords(words.slice(last + 1, last + 1 + after).filter(near)),
    ...(speaker !== undefined && { speaker }),
    ...(word.transcription !== undefined && { transcription: word.transcription }),
    ...(sentences && { sentence: sentenceAround(words, first, last) }),
  };
}

/** Words before and after that a sentence may have, where nobody wrote signs. */
const MAX_SENTENCE = 60;
/** Milliseconds of silence that end one. */
const PAUSE = 2_000;

function sentenceAround(words: readonly SpokenWord[], first: number, last: number): SentenceOfWords {
  const goesOn = (at: number): boolean => {
    const [one, next] = [words[at], words[at + 1]];
    if (!one || !next || one.transcription !== next.transcription || one.speaker !== next.speaker) return false;
    return !endsSentence(one.text) && next.start - one.end <= PAUSE;
  };
  let [from, to] = [first, last];
  while (first - from < MAX_SENTENCE && goesOn(from - 1)) from -= 1;
  while (to - last < MAX_SENTENCE && goesOn(to)) to += 1;
  const own = words.slice(from, to + 1);
  const [begin] = own as [SpokenWord];
  const end = own.reduce((latest, one) => Math.max(latest, one.end), begin.start);
  return { start: begin.start, end, text: joinWords(own) };
}

/** A word, or one character of a script that is written without spaces. */
const TOKEN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{N}\p{M}])+/gu;

/** The words of a text as they are compared. `don't` is two words. */
function keys(text: string, { fold = (given) => given.toLowerCase(), stem = false }: FindOptions): string[] {
  const found = fold(text).match(TOKEN) ?? [];
  return stem ? found.map(stemOf) : found;
}

/** Words that only look like a form of another word: news is not a form of new. */
const NO_FORMS = new Set(['news', 'series', 'species', 'always', 'evening', 'during']);

/** The stem that the forms of an English word share: `goal` for goals, `scor` for score, scores, scored, scoring. */
function stemOf(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word) || NO_FORMS.has(word)) return word;
  return withoutEnding(word.replace(/(?<![sui])s$/, ''))
    .replace(/ie?$/, 'y')
    .replace(/e$/, '')
    .replace(/([^aeiou])\1$/, '$1');
}

/** Removes `ing` and `ed` if the rest can be a word: not from spring, shed or speed. */
function withoutEnding(word: string): string {
  const left = word.replace(/(?:ing|(?<!e)ed)$/, '');
  return left.length >= (word.endsWith('ing') ? 2 : 3) && /[aeiouy]/.test(left) ? left : word;
}
