import { breakPenalty } from './breaks.ts';
import type { FunctionWords } from './function_words.ts';

/** Length in code points. */
const lengthOf = (text: string): number => [...text].length;

export const isCut = (word: string, width: number): boolean => lengthOf(word.trim()) > width;

/** Fills lines one after another; text without spaces breaks between any two characters. */
function filledLines(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && lengthOf(line) + 1 + lengthOf(word) <= width) lines[lines.length - 1] = `${line} ${word}`;
    else {
      const characters = [...word];
      for (let at = 0; at < characters.length; at += width) lines.push(characters.slice(at, at + width).join(''));
    }
  }
  return lines;
}

/** What an uneven line costs, at most. */
const UNEVEN_COST = 24;
/** Words among which the best breaks are looked for; more are filled line by line. */
const MAX_WORDS = 80;

/** The text in as few lines as it needs, broken where it hurts least and as even as that allows. */
export function linesOf(text: string, width: number, known: FunctionWords | undefined): readonly string[] {
  const filled = filledLines(text, width);
  const words = text.split(' ');
  // Text without spaces has no better place to break, and a word longer than a line is cut.
  if (filled.length === 1 || words.length > MAX_WORDS || words.some((word) => isCut(word, width)))
    return balancedLines(text, width, filled);
  const wanted = lengthOf(text) / filled.length;
  const lengths = words.map(lengthOf);
  const penalties = words.map((word, index) => breakPenalty(word, words[index + 1] ?? '', known));
  let best: Broken[] = [{ cost: 0, lines: [] }];
  // best[end]: the first `end` words in as many lines as there were rounds.
  for (let line = 1; line <= filled.length; line += 1) {
    const next: Broken[] = [];
    best.forEach(({ cost, lines }, start) => {
      let length = -1;
      for (let end = start + 1; end <= words.length; end += 1) {
        length += 1 + (lengths[end - 1] ?? 0);
        if (length > width) return;
        const isLast = end === words.length;
        const uneven = UNEVEN_COST * ((length - wanted) / wanted) ** 2;
        const total = cost + uneven + (isLast ? 0 : (penalties[end - 1] ?? 0));
        if (total < (next[end]?.cost ?? Number.POSITIVE_INFINITY))
          next[end] = { cost: total, lines: [...lines, words.slice(start, end).join(' ')] };
      }
    });
    best = next;
  }
  return best[words.length]?.lines ?? balancedLines(text, width, filled);
}

interface Broken {
  readonly cost: number;
  readonly lines: readonly string[];
}

/** The text in as few lines as it needs, the longest of them as short as possible. */
function balancedLines(text: string, width: number, lines: string[]): string[] {
  let best = lines;
  for (let narrower = width - 1; narrower >= Math.ceil(lengthOf(text) / lines.length); narrower -= 1) {
    const other = filledLines(text, narrower);
    if (other.length > lines.length) break;
    // Narrower lines must not cut a word that fits into a line.
    if (other.join(' ') === best.join(' ')) best = other;
  }
  return best;
}
