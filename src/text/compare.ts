import { clean } from './clean.ts';

/**
 * The key of a name: equal for texts that differ only in case, in how accents are encoded (as macOS stores file names), and
 * in spaces. バス and パス, мой and мои, मिल and मेल stay different words.
 */
export const identityKey = (text: string): string =>
  // Lower case first: it makes ß of ẞ; then upper case: it makes SS of ß.
  text.normalize('NFC').toLowerCase().toUpperCase().toLowerCase().normalize('NFC').replace(/\s+/g, ' ').trim();

/** Scripts whose marks people leave out when they type: accents of Latin and Greek, vowels of Hebrew and Arabic. */
const MARKED = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}])\p{M}+/gu;
/** Letters that Unicode does not decompose, and the spellings without them. */
const PLAIN_LETTER: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ё: 'е',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ـ: '',
  '’': "'",
  ʼ: "'",
  '‘': "'",
  '‐': '-',
  '–': '-',
  '—': '-',
  '−': '-',
};

/**
 * The key for finding a text: equal also without the accents of Latin and Greek, the vowel marks of Hebrew and Arabic, for
 * compatible forms (ﬁ, full width), the apostrophes and dashes that word processors put in, and what cannot be seen. Marks
 * that make another letter stay: パ, й, Hindi and Thai vowels.
 */
export const searchKey = (text: string): string =>
  identityKey(
    clean(text)
      .normalize('NFKD')
      .replace(MARKED, '$1')
      .replace(/\p{Variation_Selector}/gu, ''),
  ).replace(/[æœøłđðþıёىیکـ’ʼ‘‐–—−]/g, (letter) => PLAIN_LETTER[letter] ?? letter);

/** Characters that words must have to mean something by a part of its name. */
const MIN_PART = 3;

/** Whether a name holds these words as they follow each other: `season trailer` in `Season trailer 2025`. */
export function holdsWords(name: string, words: string): boolean {
  const [whole, part] = [name, words].map((text) =>
    searchKey(text)
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter(Boolean)
      .join(' '),
  );
  return part !== undefined && part.length >= MIN_PART && ` ${whole} `.includes(` ${part} `);
}

/** The items with this name; if there is none, those whose name has the same search key. */
export function withName<T>(items: readonly T[], namesOf: (item: T) => readonly string[], name: string): T[] {
  const by = (key: (text: string) => string): T[] => {
    const wanted = key(name);
    return items.filter((item) => namesOf(item).map(key).includes(wanted));
  };
  const same = by(identityKey);
  return same.length > 0 ? same : by(searchKey);
}
