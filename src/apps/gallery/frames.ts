import type { ToolResult } from '../bridge.ts';
import { el, pictureAddress } from '../elements.ts';

/** The pictures of the answer, in its order, with the lines that say what they show. */
export function framesOf({ content = [] }: ToolResult, lines: readonly string[]): HTMLElement[] {
  const pictures = content.flatMap(({ type, data, mimeType }) => {
    const address = type === 'image' ? pictureAddress(mimeType, data) : undefined;
    return address === undefined ? [] : [address];
  });
  const heading = el('h1', {}, pictures.length === 1 ? 'One picture' : `${pictures.length} pictures`);
  // A sheet is one picture with many places.
  if (pictures.length === 1) return [heading, figure(pictures[0] ?? '', lines)];
  const captions = pictures.map((_, index) => lines.filter((line) => line.includes(`picture ${index + 1},`)));
  const figures = pictures.map((address, index) => figure(address, captions[index] ?? []));
  const missing = lines.filter((line) => !captions.some((some) => some.includes(line)));
  return [heading, el('div', { class: 'frames' }, ...figures), ...missing.map((line) => el('p', {}, line))];
}

/** With many lines the caption can be folded. */
const MAX_LINES = 3;

function figure(src: string, lines: readonly string[]): HTMLElement {
  const texts = lines.map((line) => el('p', { dir: 'auto' }, line.replace(/picture \d+, /, '')));
  const caption = lines.length > MAX_LINES ? [el('details', {}, el('summary', {}, 'What it shows'), ...texts)] : texts;
  const alt = lines[0] ?? 'A picture of the library';
  return el('figure', {}, el('img', { src, alt }), el('figcaption', {}, ...caption));
}
