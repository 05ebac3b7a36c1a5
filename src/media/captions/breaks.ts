import type { FunctionWords } from './function_words.ts';

const CLOSING = '"\'”’»)]';
/** A word without what stands around it. */
const BARE = /[\p{L}\p{N}][\p{L}\p{N}'’-]*/u;
/** Scripts that are written without spaces. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** Whether the last sign that closes nothing is one of these. */
function endsWith(text: string, signs: string): boolean {
  let at = text.length - 1;
  while (at > 0 && CLOSING.includes(text.charAt(at))) at -= 1;
  return at >= 0 && signs.includes(text.charAt(at));
}

export const endsSentence = (text: string): boolean => endsWith(text, '.!?…。！？।؟');

/**
 * How badly a text breaks between two words, from 0 on: not at all behind a sentence, a little behind a comma and before a
 * phrase, badly behind a word that belongs to the next one and within a name. The subtitle guidelines of the BBC and the timed
 * text style guide of Netflix ask for the same.
 */
export function breakPenalty(before: string, after: string, known: FunctionWords | undefined, isSpaced = true): number {
  if (!isSpaced) return UNSPACED.test(after) ? 7 : 40;
  if (endsSentence(before)) return 0;
  if (endsWith(before, ',;:–—،、，；：')) return 2;
  const [last, next] = [before, after].map((text) => BARE.exec(text.slice(0, MAX_WORD))?.[0] ?? '');
  const [own, following] = [last, next].map((text) => (text ?? '').toLowerCase().replaceAll('’', "'"));
  if (known?.binders.has(own ?? '') || known?.openers.has(own ?? '')) return 18;
  if (known?.openers.has(following ?? '')) return 4;
  return isName(last) && isName(next) ? 12 : 8;
}

/** Characters of a word that are looked at. */
const MAX_WORD = 60;

const isName = (word: string | undefined): boolean => word !== undefined && /^\p{Lu}\p{Ll}/u.test(word);
