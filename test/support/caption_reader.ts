/** A caption as a player reads it. */
export interface ReadCaption {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly voice?: string;
}

const milliseconds = (stamp: string, point: string): number => {
  const match = new RegExp(`^(\\d{2,}):([0-5]\\d):([0-5]\\d)\\${point}(\\d{3})$`).exec(stamp);
  if (!match) throw new Error(`"${stamp}" is not a time`);
  const [hours, minutes, seconds, rest] = match.slice(1).map(Number) as [number, number, number, number];
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest;
};

/** Reads blocks that empty lines separate; written from the formats' descriptions, with none of the writers' code. */
function blocks(document: string, point: string): (ReadCaption & { readonly number: string })[] {
  return document
    .split(/\n{2,}/)
    .map((block) => block.replace(/^\n+|\n+$/g, ''))
    .filter(Boolean)
    .map((block) => {
      const [number = '', times = '', ...lines] = block.split('\n');
      const [start = '', end = '', ...more] = times.split(' --> ');
      if (more.length > 0 || lines.length === 0) throw new Error(`not a caption: ${block}`);
      if (lines.some((line) => line.includes('-->'))) throw new Error(`an arrow in the text: ${block}`);
      return { number, start: milliseconds(start, point), end: milliseconds(end, point), text: lines.join('\n') };
    });
}

const numbered = (list: readonly { readonly number: string }[]): void =>
  list.forEach(({ number }, index) => {
    if (number !== String(index + 1)) throw new Error(`caption ${index + 1} is numbered ${number}`);
  });

/** Reads SubRip. Throws for anything that a strict player would refuse. */
export function readSrt(document: string): ReadCaption[] {
  const list = blocks(document, ',');
  numbered(list);
  return list;
}

/** Reads WebVTT: header, cue identifiers, voices and entities. */
export function readVtt(document: string): ReadCaption[] {
  if (!/^WEBVTT\n(?:\n|$)/.test(document)) throw new Error('no header');
  const list = blocks(document.slice('WEBVTT\n'.length), '.');
  numbered(list);
  return list.map(({ text, ...cue }) => {
    const [, voice, rest = text] = /^<v ([^>\n]+)>([\s\S]*)$/.exec(text) ?? [];
    if (/[<>]/.test(rest) || /&(?!amp;|lt;|gt;)/.test(rest)) throw new Error(`not escaped: ${rest}`);
    return { ...cue, text: plain(rest), ...(voice && { voice: plain(voice) }) };
  });
}

const plain = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
