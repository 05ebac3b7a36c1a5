/** One word of a transcription (Iconik's `TranscriptionElementType`), in milliseconds; `wordOrigin` tells from where. */
export interface TimedWord {
  readonly start_ms: number;
  readonly end_ms: number;
  readonly value: string;
  readonly score?: number | null | undefined;
}

/** The fields of a TRANSCRIPTION segment that are used here. */
export interface TranscriptSegment {
  readonly time_start_milliseconds?: number | null | undefined;
  readonly time_end_milliseconds?: number | null | undefined;
  readonly segment_text?: string | null | undefined;
  readonly transcription_id?: string | null | undefined;
  readonly transcription?:
    | {
        readonly speaker?: number | string | null | undefined;
        readonly words?: readonly TimedWord[] | null | undefined;
      }
    | null
    | undefined;
}

/** What the times of words count from: the start of their segment or the start of the asset. */
export type WordOrigin = 'segment' | 'asset';

/**
 * Decides once for a transcription what its words are timed from. Iconik's description does not say; clients of the live
 * service count from the segment, and files that were imported count from the asset. `otherwise` is the number of
 * segments, out of `decided`, whose times fit the other origin better.
 */
export function wordOrigin(segments: readonly TranscriptSegment[]): {
  readonly origin: WordOrigin;
  readonly decided: number;
  readonly otherwise: number;
} {
  const votes = segments.flatMap((segment) => originIn(segment) ?? []);
  const forAsset = votes.filter((vote) => vote === 'asset').length;
  const forSegment = votes.length - forAsset;
  return {
    origin: forAsset > forSegment ? 'asset' : 'segment',
    decided: votes.length,
    otherwise: Math.min(forAsset, forSegment),
  };
}

/** The origin that one segment suggests; undefined where both are the same or there is nothing to tell them apart. */
function originIn({
  time_start_milliseconds: start,
  time_end_milliseconds: end,
  transcription,
}: TranscriptSegment): WordOrigin | undefined {
  const first = transcription?.words?.[0]?.start_ms;
  const last = transcription?.words?.at(-1)?.end_ms;
  if (!start || first === undefined || last === undefined) return undefined;
  if (!end) return nearer(first, 0, start);
  const outside = (from: number, to: number): number => Math.max(0, from - first) + Math.max(0, last - to);
  const difference = outside(0, end - start) - outside(start, end);
  // Words lie within their segment. Where they fit both ways, a segment ends with its last word.
  if (difference !== 0) return difference < 0 ? 'segment' : 'asset';
  return nearer(last, end - start, end);
}

function nearer(time: number, inSegment: number, inAsset: number): WordOrigin | undefined {
  const difference = Math.abs(time - inSegment) - Math.abs(time - inAsset);
  return difference === 0 ? undefined : difference < 0 ? 'segment' : 'asset';
}
