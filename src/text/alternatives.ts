/** Quotation marks of any kind that people type or paste. */
export const QUOTES = /[\u201c-\u201f\u00ab\u00bb\u2033\u300c-\u300f\uff02]/g;

/**
 * The words or phrases between `OR`, `||` or `|`, without their quotes. `outside`: the text without what is in quotes. An
 * operator without words on both sides joins nothing.
 */
export function alternatives(given: string): { readonly phrases: string[]; readonly outside: string } {
  const pieces =
    given
      .normalize('NFC')
      .replace(QUOTES, '"')
      .match(/"[^"]*"?|[^"]+/g) ?? [];
  const isQuoted = (piece: string): boolean => piece.startsWith('"');
  // Quotes keep an OR: it is put together again behind a sign that nobody types.
  const marked = pieces.map((piece) =>
    isQuoted(piece) ? piece : piece.replace(/(?<=^|\s)OR(?=\s|$)|\|+/g, SEPARATOR),
  );
  const parts = marked
    .join('')
    .split(SEPARATOR)
    .map((part) => part.replaceAll('"', ' ').trim());
  return {
    phrases: parts.filter((part) => /[\p{L}\p{N}]/u.test(part)),
    outside: pieces.map((piece) => (isQuoted(piece) ? '""' : piece)).join(''),
  };
}

const SEPARATOR = '\u0000';
