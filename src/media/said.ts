import { MediaError, shown } from './errors.ts';
import { speakerName } from './transcript.ts';
import { join, type Spoken, spokenWords, type TranscriptSegment } from './words.ts';

/** A place where a phrase is said. Times of exactly its words, in milliseconds from the first frame. */
export interface Saying {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly before: string;
  readonly after: string;
  readonly speaker?: string;
  readonly transcription?: string;
}

export interface FindOptions {
  /** Words of context on either side. Default 10. */
  readonly context?: number;
  /** Also other forms of English words: climates, goals, scored, scoring. A rule of thumb, not a dictionary. */
  readonly stem?: boolean;
  readonly speakers?: Readonly<Record<string, string>>;
}

/**
 * Where a phrase is said, over the borders of segments, whatever the case, accents and punctuation, without overlaps.
 * Whole words only. Time grows with the transcript alone. Throws `MediaError` for a phrase without letters or digits.
 */
export function findSaid(segments: readonly TranscriptSegment[], phrase: string, options: FindOptions = {}): Saying[] {
  const wanted = keys(phrase, options.stem);
  if (wanted.length === 0)
    throw new MediaError(`${shown(phrase)} has no word to look for. Give one or more words, e.g. climate change.`);
  const words = spokenWords(segments);
  const heard = words.flatMap((word, index) => keys(word.text, options.stem).map((key) => ({ key, index })));
  return ends(heard, wanted, words).map((end) => {
    const first = heard[end - wanted.length + 1]?.index ?? 0;
    return saying(words, first, heard[end]?.index ?? 0, options);
  });
}

interface Heard {
  readonly key: string;
  readonly index: number;
}

/** The places in `heard` where `wanted` ends (Knuth, Morris and Pratt: each word is looked at once). */
function ends(heard: readonly Heard[], wanted: readonly string[], words: readonly Spoken[]): number[] {
  const back = borders(wanted);
  const found: number[] = [];
  let matched = 0;
  for (const [place, { key, index }] of heard.entries()) {
    const earlier = heard[place - 1];
    if (earlier && words[earlier.index]?.transcription !== words[index]?.transcription) matched = 0;
    while (matched > 0 && wanted[matched] !== key) matched = back[matched - 1] ?? 0;
    if (wanted[matched] === key) matched += 1;
    if (matched < wanted.length) continue;
    found.push(place);
    matched = 0;
  }
  return found;
}

/** For each beginning of `wanted`, the length of the longest shorter one that it ends with. */
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

function saying(words: readonly Spoken[], first: number, last: number, options: FindOptions): Saying {
  const { context = 10, speakers } = options;
  const found = words.slice(first, last + 1);
  const [word] = found as [Spoken];
  const near = (one: Spoken): boolean => one.transcription === word.transcription;
  const speaker = speakerName(word, speakers);
  return {
    start: word.start,
    end: found.reduce((latest, { end }) => Math.max(latest, end), word.start),
    text: join(found),
    before: join(words.slice(Math.max(0, first - context), first).filter(near)),
    after: join(words.slice(last + 1, last + 1 + context).filter(near)),
    ...(speaker !== undefined && { speaker }),
    ...(word.transcription !== undefined && { transcription: word.transcription }),
  };
}

/** Letters that Unicode does not take apart, as people type them without the right keyboard. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Scripts written without spaces are compared sign by sign. */
const UNSPACED = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((script) => `\\p{Script=${script}}`)
  .join('');
const TOKEN = new RegExp(`[${UNSPACED}]\\p{M}*|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+`, 'gu');

/** What of a text is compared: its words in small letters without accents. `don't` is two. */
function keys(text: string, stem = false): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => PLAIN[letter] ?? letter);
  const found = plain.match(TOKEN) ?? [];
  return stem ? found.map(stemOf) : found;
}

/** Words that only look like a form of another: news is not about what is new. */
const NO_FORMS = new Set(['news', 'series', 'species', 'always', 'evening', 'during']);

/** The part of an English word that its forms share: `goal` of goals, `scor` of score, scores, scored and scoring. */
function stemOf(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word) || NO_FORMS.has(word)) return word;
  return withoutEnding(word.replace(/(?<![sui])s$/, ''))
    .replace(/ie?$/, 'y')
    .replace(/e$/, '')
    .replace(/([^aeiou])\1$/, '$1');
}

/** Takes off `ing` and `ed` where what is left can be a word: not of spring, shed or speed. */
function withoutEnding(word: string): string {
  const left = word.replace(/(?:ing|(?<!e)ed)$/, '');
  return left.length >= (word.endsWith('ing') ? 2 : 3) && /[aeiouy]/.test(left) ? left : word;
}
