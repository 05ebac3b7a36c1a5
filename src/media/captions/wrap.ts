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

/** Whether a text needs at most as many lines. */
export const fitsInLines = (text: string, width: number, lines: number): boolean =>
  lengthOf(text) <= width * lines && filledLines(text, width).length <= lines;

/** The text in as few lines as it needs, the longest of them as short as possible. */
export function balancedLines(text: string, width: number): string[] {
  const lines = filledLines(text, width);
  let best = lines;
  for (let narrower = width - 1; narrower >= Math.ceil(lengthOf(text) / lines.length); narrower -= 1) {
    const other = filledLines(text, narrower);
    if (other.length > lines.length) break;
    // Narrower lines must not cut a word that fits into a line.
    if (other.join(' ') === best.join(' ')) best = other;
  }
  return best;
}
