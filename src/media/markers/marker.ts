/** A marker in no particular format. Times in milliseconds from the first frame; a point has its end at its start. */
export interface Marker {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** A short name. Formats that need one fall back to the author, then to the kind. */
  readonly name?: string | undefined;
  readonly author?: string | undefined;
  /** A name or `#rrggbb`. */
  readonly color?: string | undefined;
  /** Completed. Undefined if this marker cannot be completed. */
  readonly done?: boolean | undefined;
  /** E.g. comment or marker. */
  readonly kind: string;
  /** Where they stand apart from the text. */
  readonly replies?: readonly string[] | undefined;
}

/** Markers sorted by start, then end. The sort is stable. */
export const sortedByTime = (markers: readonly Marker[]): Marker[] =>
  [...markers].sort((a, b) => a.start - b.start || a.end - b.end);

/** Joins a text to one line without control characters, which most formats do not allow. */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();

/** The lines of a text without empty ones, which would end a subtitle. */
export const nonEmptyLines = (text: string): string =>
  text
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map(oneLine)
    .filter(Boolean)
    .join('\n');

/** The short name of a marker, in one line. */
export const markerName = ({ name, author, kind }: Marker): string => oneLine(name || author || kind) || 'Marker';

/** What XML formats write of a marker: a name of one line, and a note with the author and what the name does not say. */
export function nameAndNote(marker: Marker): { readonly name: string; readonly note: string } {
  const text = nonEmptyLines(marker.text);
  return {
    name: oneLine(marker.name || text) || markerName(marker),
    note: [marker.author && oneLine(marker.author), marker.name && text].filter(Boolean).join('\n'),
  };
}
