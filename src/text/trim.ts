import { clean } from './clean.ts';

/** Removes every character that `edge` matches from both ends of a text. Linear, unlike an expression with `+$`. */
export function trimEnds(text: string, edge: RegExp): string {
  const characters = [...text];
  const isKept = (character: string): boolean => !edge.test(character);
  const start = characters.findIndex(isKept);
  return start < 0 ? '' : characters.slice(start, characters.findLastIndex(isKept) + 1).join('');
}

/** Whether a text shows nothing: spaces, invisible characters and the empty Braille pattern. */
export const isBlank = (text: string): boolean => clean(text).replaceAll('\u2800', '').trim() === '';

const QUOTES = /[ \u00a0"'`“”„‟‘’‚‛«»‹›]/;

/** A word without the quotes and spaces that were pasted around it. Control characters stay: they are no slip of a hand. */
export const unquoted = (text: string): string => trimEnds(text, QUOTES);
