import type { PhraseMatch } from '../../../media/phrase.ts';
import { alternatives } from '../../../text/alternatives.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';

/** What asks for more than alternatives, in find_assets. */
const SIGNS: readonly (readonly [sign: RegExp, name: string, instead: string])[] = [
  [/(^|\s)(AND|&&)(\s|$)/, 'AND', 'ask for each word, and compare the times'],
  [/(^|\s)NOT(\s|$)/, 'NOT', 'leave it out'],
  [/(^|\s)[-!](?=["\p{L}\p{N}])/u, 'a sign that excludes', 'leave it out'],
  [/[\p{L}\p{N}]\*/u, 'a star', 'use forms for other forms of English words'],
];

/** The phrases that `find` asks for, as find_assets reads `spoken`. Throws `ToolError` for what would be taken as words. */
export function phrasesIn(find: string): string[] {
  const { phrases, outside } = alternatives(find);
  const brackets = phrases.length > 1 && /[()]/.test(outside) ? (['', 'a bracket', 'leave it out'] as const) : [];
  const [, name, instead] = SIGNS.find(([sign]) => sign.test(outside)) ?? brackets;
  if (name)
    throw new ToolError(
      `find: ${name} is not understood here: ${instead}. It takes a word or phrase, or several with OR between them; in quotes a word is meant itself.`,
    );
  return phrases.length > 0 ? phrases : [find];
}

/** Each place once, by time: of two phrases that begin at one word, the longer. */
export function merged(found: readonly PhraseMatch[]): PhraseMatch[] {
  const sorted = found.toSorted((a, b) => a.start - b.start || b.end - a.end);
  return sorted.filter(({ start }, index) => sorted[index - 1]?.start !== start);
}

type Look = (stem: boolean) => (phrase: string) => readonly PhraseMatch[];

/** Words that are counted one by one. */
const MAX_WORDS = 6;

/** Where nothing was found: what there is of other forms, and of the words one by one. */
export function almost(phrases: readonly string[], forms: boolean, look: Look): string[] {
  const others = forms ? 0 : merged(phrases.flatMap(look(true))).length;
  if (others > 0) return [`Not in this form: with forms: true ${others === 1 ? '1 place' : `${others} places`}.`];
  const words = [...new Set(phrases.flatMap((phrase) => phrase.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []))];
  if (words.length < 2 || words.length > MAX_WORDS || words.length === phrases.length) return [];
  const counts = words.map((word) => `${inQuotes(word)} ${look(true)(word).length}`);
  return [`Not said as one phrase. Each word alone, with its forms: ${counts.join(', ')}. OR finds any of them.`];
}
