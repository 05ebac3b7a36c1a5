const NUMBER = /^n(?::\d{1,2})?$/;
const LIKE_A_PLACEHOLDER = /\{([^{}]{0,40})\}/g;

/**
 * One sentence about the first word in braces that a pattern may not hold; `words` are those that it may beside `{n}`. Undefined
 * where there is none.
 */
export function faultOfPattern(
  argument: string,
  pattern: string | undefined,
  words: readonly string[],
): string | undefined {
  const found = [...(pattern ?? '').matchAll(LIKE_A_PLACEHOLDER)];
  const [unknown] = found.find(([, name = '']) => !NUMBER.test(name) && !words.includes(name)) ?? [];
  const known = ['{n}', '{n:3} (001)', ...words.map((word) => `{${word}}`)].join(', ');
  return unknown && `${argument}: ${unknown} is not known. Placeholders: ${known}.`;
}

/** Whether a pattern counts. */
export const hasNumber = (pattern = ''): boolean => /\{n(?::\d{1,2})?\}/.test(pattern);

/** A pattern with its number, `{n:3}` with at least as many digits, and the words whose values are given. */
export const filledIn = (pattern: string, n: number, values: Readonly<Record<string, string>>): string =>
  pattern.replace(LIKE_A_PLACEHOLDER, (whole, name: string) => {
    if (NUMBER.test(name)) return String(n).padStart(Number(name.slice(2)), '0');
    return Object.hasOwn(values, name) ? (values[name] ?? '') : whole;
  });
