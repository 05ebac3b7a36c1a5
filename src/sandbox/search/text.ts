const PLAIN = /^[\0-\x7f]*$/;
const FOLDS: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', æ: 'ae', œ: 'oe', đ: 'd', ð: 'd', þ: 'th' };
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u;
// Chinese and Japanese have no spaces between words: each character counts as a word.
const SIGN = /[\p{Script=Han}\p{Script=Hiragana}]/u;
const WORDS = /[\p{Script=Han}\p{Script=Hiragana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}])[\p{L}\p{N}\p{M}])+/gu;

/** Lower case, without accents. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  const bare = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
  return bare.replace(/[ßøłæœđðþ]/g, (letter) => FOLDS[letter] ?? letter);
}

/** The words of a folded text, in order. */
export function wordsOf(folded: string): string[] {
  return folded.match(WORDS) ?? [];
}

function touches(character: string): boolean {
  if (character < '\x80') return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
  return WORD_CHARACTER.test(character) && !SIGN.test(character);
}

/** Whether a folded text has the word, as a whole. */
export function hasWord(folded: string, word: string): boolean {
  const sign = SIGN.test(word);
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    const end = at + word.length;
    if (sign || !(touches(folded.charAt(at - 1)) || touches(folded.charAt(end)))) return true;
  }
  return false;
}

/** Whether the words occur at most `slop` positions from where the phrase has them; `places` are positions by word. */
function near(places: readonly (readonly number[])[], slop: number): boolean {
  const all = places.flatMap((list, word) => list.map((place) => ({ word, at: place - word })));
  all.sort((a, b) => a.at - b.at);
  const seen = new Array<number>(places.length).fill(0);
  let distinct = 0;
  let first = 0;
  for (const last of all) {
    const count = (seen[last.word] ?? 0) + 1;
    seen[last.word] = count;
    if (count === 1) distinct += 1;
    for (let head = all[first]; head && distinct === places.length; head = all[++first]) {
      if (last.at - head.at <= slop) return true;
      const left = (seen[head.word] ?? 0) - 1;
      seen[head.word] = left;
      if (left === 0) distinct -= 1;
    }
  }
  return false;
}

/** A regular expression for adjacent words in folded text. */
function adjacent(words: readonly string[]): RegExp {
  const other = '[^\\p{L}\\p{N}\\p{M}]';
  const part = '(?![\\p{Script=Han}\\p{Script=Hiragana}])[\\p{L}\\p{N}\\p{M}]';
  const signs = words.map((word) => SIGN.test(word));
  const source = words.map((word, at) => {
    if (at === 0) return signs[0] ? word : `(?<!${part})${word}`;
    return `${other}${signs[at] || signs[at - 1] ? '*' : '+'}${word}`;
  });
  return new RegExp(`${source.join('')}${signs.at(-1) ? '' : `(?!${part})`}`, 'u');
}

/** A test for folded texts that contain the words as a phrase with at most `slop` moves. */
export function phrase(words: readonly string[], slop: number): (folded: string) => boolean {
  const expression = adjacent(words);
  return (folded) => {
    if (!words.every((word) => folded.includes(word))) return false;
    if (slop === 0) return expression.test(folded);
    const text = wordsOf(folded);
    const places = words.map((word) => text.flatMap((other, at) => (other === word ? [at] : [])));
    return places.every((list) => list.length > 0) && near(places, slop);
  };
}

/** Whether the edit distance of two words is at most `edits`. */
export function isSimilar(a: string, b: string, edits: number): boolean {
  if (Math.abs(a.length - b.length) > edits) return false;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return (row[b.length] ?? 0) <= edits;
}

/** A regular expression for a wildcard pattern in folded text, or for one whole word. */
export function wildcard(pattern: readonly string[], whole: boolean): RegExp {
  const source = pattern.map(piece).join('');
  const body = whole ? `^${source}$` : `(?<![\\p{L}\\p{N}\\p{M}])${source}(?![\\p{L}\\p{N}\\p{M}])`;
  return new RegExp(body, 'u');
}

function piece(part: string): string {
  if (part === '*') return '\\S*';
  if (part === '?') return '\\S';
  return fold(part.slice(1)).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** The text with the words that pass in `<em>`, or undefined if none passes. */
export function emphasize(text: string, passes: (word: string) => boolean): string | undefined {
  let found = false;
  const marked = text.replace(WORDS, (word) => {
    if (!passes(fold(word))) return word;
    found = true;
    return `<em>${word}</em>`;
  });
  return found ? marked : undefined;
}
