import { searchKey } from '../../../text/compare.ts';
import { firstOf } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import type { Transcript } from '../../library/media/transcript.ts';

/** Speakers that an error lists. */
const MAX_SPEAKERS = 12;

/**
 * The name in a transcript that words mean: Reyes for Jordan Reyes, 2 for Speaker 2. Two speakers of one name are both meant.
 * Throws `ToolError` with the names there are.
 */
export function speakerNamed({ speakers, language }: Transcript, words: string): string {
  const names = [...new Set(Object.values(speakers))].sort();
  const list = (some: readonly string[]): string => firstOf(some, MAX_SPEAKERS, inQuotes);
  if (names.length === 0)
    throw new ToolError(`speaker: the transcript in ${language} does not tell speakers apart. Leave it out.`);
  const key = searchKey(words);
  const parts = key.split(' ');
  const exact = names.filter((name) => searchKey(name) === key);
  const found =
    exact.length > 0 ? exact : names.filter((name) => parts.every((part) => searchKey(name).split(' ').includes(part)));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new ToolError(
    found.length > 1
      ? `speaker: ${inQuotes(words)} fits ${found.length} speakers: ${list(found)}. Give the whole name.`
      : `speaker: nobody in the transcript in ${language} is called ${inQuotes(words)}. Its speakers: ${list(names)}.`,
  );
}
