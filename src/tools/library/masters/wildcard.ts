/**
 * Whether a whole name fits a pattern, case aside: `*` is any text, `?` one character, `#` one digit. Not an expression:
 * patterns come from outside, and this takes at most the product of both lengths.
 */
export function matchesPattern(name: string, pattern: string): boolean {
  const [text, wanted] = [[...name.toLowerCase()], [...pattern.toLowerCase()]];
  let [at, next] = [0, 0];
  let [star, resume] = [-1, 0];
  while (at < text.length) {
    if (wanted[next] === '*') {
      [star, resume] = [next, at];
      next += 1;
    } else if (next < wanted.length && fits(text[at] ?? '', wanted[next] ?? '')) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      next = star + 1;
    } else return false;
  }
  return wanted.slice(next).every((one) => one === '*');
}

const fits = (character: string, wanted: string): boolean =>
  wanted === '?' || (wanted === '#' ? character >= '0' && character <= '9' : wanted === character);
