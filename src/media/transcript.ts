import type { TranscriptSegment } from './transcript_segment.ts';
import { joinWords, type SpokenWord, spokenWords } from './words.ts';

/** A paragraph of one speaker. Times in milliseconds from the first frame. */
export interface Paragraph {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The speaker's label, or the number in the transcription if there is no label. */
  readonly speaker?: string;
  readonly transcription?: string;
}

export interface ParagraphOptions {
  /** Milliseconds of silence after a finished sentence that end a paragraph. Default 2000. */
  readonly pause?: number;
  /** Maximum characters of a paragraph. Default 600. A longer word is a paragraph of its own. */
  readonly longest?: number;
  /** Only words that start in this range. `from` is included, `to` is not: pages never share a word. */
  readonly from?: number;
  readonly to?: number;
  /** Names of the speakers by their number (`speaker_labels` of the transcription's properties). */
  readonly speakers?: Readonly<Record<string, string>>;
}

/**
 * Splits a transcript into paragraphs, each word once and in order. A new paragraph starts with another speaker or
 * transcription, after a long pause, and before the maximum length: after a sentence that ends in the last quarter if
 * there is one.
 */
export function paragraphs(segments: readonly TranscriptSegment[], options: ParagraphOptions = {}): Paragraph[] {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = options;
  const words = spokenWords(segments).filter(({ start }) => start >= from && start < to);
  const groups: SpokenWord[][] = [];
  let length = 0;
  for (const word of words) {
    const current = groups.at(-1);
    const last = current?.at(-1);
    if (current && last && continues(last, word, length, options)) {
      current.push(word);
      length += word.text.length + 1;
    } else {
      groups.push([word]);
      length = word.text.length;
    }
  }
  return groups.map((group) => paragraph(group, options));
}

function continues(last: SpokenWord, next: SpokenWord, length: number, options: ParagraphOptions): boolean {
  const { pause = 2000, longest = 600 } = options;
  if (last.speaker !== next.speaker || last.transcription !== next.transcription) return false;
  if (length + 1 + next.text.length > longest) return false;
  return !(endsSentence(last.text) && (next.start - last.end > pause || length >= longest * 0.75));
}

export const endsSentence = (text: string): boolean => /[.!?…。！？।؟]["'”’»)\]]*$/.test(text);

function paragraph(words: readonly SpokenWord[], { speakers }: ParagraphOptions): Paragraph {
  const [first] = words as [SpokenWord];
  const speaker = speakerName(first, speakers);
  return {
    start: first.start,
    end: words.reduce((latest, { end }) => Math.max(latest, end), first.start),
    text: joinWords(words),
    ...(speaker !== undefined && { speaker }),
    ...(first.transcription !== undefined && { transcription: first.transcription }),
  };
}

/** The speaker's label, or the number as text; undefined if there is no speaker. */
export function speakerName(
  { speaker }: { readonly speaker: string | undefined },
  labels: Readonly<Record<string, string>> = {},
): string | undefined {
  if (speaker === undefined) return undefined;
  return Object.hasOwn(labels, speaker) ? labels[speaker] : speaker;
}
