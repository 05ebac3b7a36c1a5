import type { HandleKind } from '../../handles.ts';

/** Where words are said. Kept under a handle, so that times do not travel through the model. */
export interface Places {
  readonly asset_id: string;
  readonly version_id?: string;
  readonly phrase: string;
  /** In milliseconds from the first frame. */
  readonly places: readonly Place[];
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly speaker?: string;
}

export const PLACES: HandleKind<Places> = {
  prefix: 'plc',
  noun: 'the places of an answer',
  argument: 'at_places',
  renew: 'Call read_transcript with find again and use the places it returns.',
};

/** A pattern with what is at a place: `{n}`, and where words are said `{said}` and `{speaker}`. */
export const textAt = (pattern: string, place: Place | undefined, n: number): string =>
  pattern.replace(/\{(said|speaker|n)\}/g, (whole, name: string) => {
    if (name === 'n') return String(n);
    return place ? ((name === 'said' ? place.text : place.speaker) ?? '') : whole;
  });
