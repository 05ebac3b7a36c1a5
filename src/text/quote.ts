import { clean } from './clean.ts';
import { shorten, truncate } from './tokens.ts';

/** Characters of a text that are looked at where only its beginning is shown. */
const MAX_READ = 20_000;
/** Characters of a quoted title or name. */
const MAX_QUOTED = 120;

/** The beginning of a text in one line of at most `length` characters, without what cannot be seen. */
export const oneLine = (text: string, length: number): string =>
  shorten(clean(truncate(text, MAX_READ)).replace(/\s+/g, ' ').trim(), length);

/** A title or name inside a sentence of ours. Its own quotes are escaped: no text can end its quotation. */
export const inQuotes = (text: string): string => `"${oneLine(text, MAX_QUOTED).replaceAll('"', '\\"')}"`;
