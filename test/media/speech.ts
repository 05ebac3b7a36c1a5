import { type FindOptions, findPhrase as findWith } from '../../src/media/phrase.ts';
import type { TranscriptSegment } from '../../src/media/transcript_segment.ts';
import { searchKey } from '../../src/text/compare.ts';

/** Finds a phrase as tools do, without accents. */
export const findPhrase = (segments: readonly TranscriptSegment[], phrase: string, options: FindOptions = {}) =>
  findWith(segments, phrase, { fold: searchKey, ...options });

/** One line of a transcript; each word takes 100 ms. */
export function said(start: number, text: string, speaker = 0): TranscriptSegment {
  const words = text
    .split(' ')
    .map((value, index) => ({ start_ms: start + index * 100, end_ms: start + index * 100 + 90, value }));
  return {
    time_start_milliseconds: start,
    segment_text: text,
    transcription_id: 't1',
    transcription: { speaker, words },
  };
}
