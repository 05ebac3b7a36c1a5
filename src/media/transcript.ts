import { join, type Spoken, spokenWords, type TranscriptSegment } from './words.ts';

/** What one person said in one go. Times in milliseconds from the first frame. */
export interface Paragraph {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** A speaker's label where one is given, else the number that the transcription has. */
  readonly speaker?: string;
  readonly transcription?: string;
}

export interface ParagraphOptions {
  /** Milliseconds of silence that end a paragraph, behind a finished sentence. Default 2000. */
  readonly pause?: number;
  /** Characters that a paragraph may have. Default 600. A longer word stands alone. */
  readonly longest?: number;
  /** Only words that start in this stretch, `from` included and `to` not, so that pages never share a word. */
  readonly from?: number;
  readonly to?: number;
  /** Names of the speakers by their number (`speaker_labels` of the transcription's properties). */
  readonly speakers?: Readonly<Record<string, string>>;
}

/**
 * A transcript as paragraphs, each word once and in order. A new one starts with another speaker or transcription, after
 * a long pause, and before it would get too long: then behind a sentence where the last quarter has the end of one.
 */
export function paragraphs(segments: readonly TranscriptSegment[], options: ParagraphOptions = {}): Paragraph[] {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = options;
  const words = spokenWords(segments).filter(({ start }) => start >= from && start < to);
  const groups: Spoken[][] = [];
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

function continues(last: Spoken, next: Spoken, length: number, options: ParagraphOptions): boolean {
  const { pause = 2000, longest = 600 } = options;
  if (last.speaker !== next.speaker || last.transcription !== next.transcription) return false;
  if (length + 1 + next.text.length > longest) return false;
  return !(endsSentence(last.text) && (next.start - last.end > pause || length >= longest * 0.75));
}

const endsSentence = (text: string): boolean => /[.!?…。！？।؟]["'”’»)\]]*$/.test(text);

function paragraph(words: readonly Spoken[], { speakers }: ParagraphOptions): Paragraph {
  const [first] = words as [Spoken];
  const speaker = speakerName(first, speakers);
  return {
    start: first.start,
    end: words.reduce((latest, { end }) => Math.max(latest, end), first.start),
    text: join(words),
    ...(speaker !== undefined && { speaker }),
    ...(first.transcription !== undefined && { transcription: first.transcription }),
  };
}

/** A speaker's label, else the number as text, else undefined. */
export function speakerName(
  { speaker }: { readonly speaker: string | undefined },
  labels: Readonly<Record<string, string>> = {},
): string | undefined {
  if (speaker === undefined) return undefined;
  return Object.hasOwn(labels, speaker) ? labels[speaker] : speaker;
}
