import { formatDuration } from '../../../media/units.ts';
import { spokenWords } from '../../../media/words.ts';
import type { Context } from '../../types.ts';
import { type Subject, when } from '../subject.ts';
import { type Transcript, transcriptOf } from './transcript.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** From the first word to the end of the last, in milliseconds; undefined without words. */
function spanOf(segments: Transcript['segments']): Span | undefined {
  const words = spokenWords(segments);
  const [first] = words;
  return first && { start: first.start, end: words.reduce((latest, { end }) => Math.max(latest, end), 0) };
}

/** From the first word to the end of the last: `10:00:05:00-10:49:09:12`; undefined without words. */
export function extentOf(subject: Subject, segments: Transcript['segments']): string | undefined {
  const span = spanOf(segments);
  return span && when(subject, span.start, span.end);
}

/** How much of the asset the transcript covers: `10:00:05:00-10:49:09:12 of 1:00:00`. */
export function coverageOf(subject: Subject, { segments }: Transcript): string | undefined {
  const { duration } = subject.clip;
  const there = extentOf(subject, segments);
  return there && duration !== undefined ? `${there} of ${formatDuration(duration)}` : there;
}

/** Part of the clip below which a transcript leaves out much of it, and milliseconds that do not count. */
const MIN_COVERAGE = 0.8;
const MIN_GAP = 60_000;
/** Transcripts in other languages that are read. */
const MAX_OTHERS = 3;

/** What the transcript leaves out of the clip, and what the other languages cover. */
export async function gapNotes(context: Context, subject: Subject, transcript: Transcript): Promise<string[]> {
  const { duration = 0 } = subject.clip;
  const length = lengthOf(spanOf(transcript.segments));
  if (length >= duration * MIN_COVERAGE || duration - length < MIN_GAP) return [];
  const others = await Promise.all(
    transcript.others.slice(0, MAX_OTHERS).map((language) => transcriptOf(context, subject, language)),
  );
  const rest = others.flatMap((one) => {
    const there = extentOf(subject, one.segments);
    return there ? [`${one.language} covers ${there}`] : [];
  });
  return [
    `Not the whole clip: ${transcript.language} covers ${coverageOf(subject, transcript)}. ${rest.length > 0 ? `Of the other transcripts, ${rest.join(', ')}.` : 'There is no other transcript of this version.'}`,
  ];
}

const lengthOf = (span: Span | undefined): number => (span ? span.end - span.start : 0);
