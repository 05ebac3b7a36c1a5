/** A note at a time, whatever tool it came from or goes to. Milliseconds from the first frame; a point ends as it starts. */
export interface Marker {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** A short name beside the text. Tools that need one take the author, else the kind. */
  readonly name?: string | undefined;
  readonly author?: string | undefined;
  /** A name or `#rrggbb`. */
  readonly color?: string | undefined;
  /** Ticked off. Undefined for what can't be. */
  readonly done?: boolean | undefined;
  /** What it is, e.g. comment or marker. */
  readonly kind: string;
}

/** Markers in the order of their times, whose order in the list decides between equals. */
export const inOrder = (markers: readonly Marker[]): Marker[] =>
  [...markers].sort((a, b) => a.start - b.start || a.end - b.end);

/** A text in one line without control characters, which end lines or are not allowed in most formats. */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();

/** A text in lines without empty ones, which would end a subtitle. */
export const someLines = (text: string): string =>
  text
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map(oneLine)
    .filter(Boolean)
    .join('\n');

/** The short name of a marker in one line. */
export const nameOf = ({ name, author, kind }: Marker): string => oneLine(name || author || kind) || 'Marker';
