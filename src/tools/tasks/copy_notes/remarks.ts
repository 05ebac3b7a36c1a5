import { formatTimecode } from '../../../media/timecode.ts';
import { thereNotes } from '../../library/segments/already_there.ts';
import type { There } from '../../library/segments/notes.ts';
import { NOTE_KINDS } from '../../library/segments/threads.ts';
import { type Subject, when } from '../../library/subject.ts';
import type { Context } from '../../types.ts';
import type { Candidate } from './copies.ts';

/** Numbers that a note of the plan names. */
const MAX_NUMBERS = 30;

/** What falls outside of the target, or over its ends. */
export function outsideNotes(copies: readonly Candidate[], target: Subject): string[] {
  const { duration } = target.clip;
  const name = target.version?.name ?? 'The target';
  const timed = copies.some(({ copy }) => copy.start !== undefined);
  if (duration === undefined)
    return timed ? [`The duration of ${name} is not known: times were not checked against it.`] : [];
  const outside = copies.filter((one) => one.outside && !one.under);
  const cut = copies.filter((one) => one.isCut && !one.outside && !one.under);
  return [
    ...(outside.length > 0
      ? [`Left out, outside of ${name} (it ends at ${when(target, duration)}): ${numbersOf(outside)}.`]
      : []),
    ...(cut.length > 0 ? [`Cut at the ends of ${name}: ${numbersOf(cut)}.`] : []),
  ];
}

function numbersOf(copies: readonly Candidate[]): string {
  const shown = copies.slice(0, MAX_NUMBERS).map(({ copy }) => copy.number);
  const more = copies.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Copies of an earlier call that have become otherwise than their originals are. */
export async function changedCopies(context: Context, target: Subject, there: readonly There[]): Promise<string[]> {
  const kinds = NOTE_KINDS.filter((kind) => there.some(({ segment }) => segment.segment_type === kind));
  const lines = await Promise.all(
    kinds.map((kind) => {
      const own = there.filter(({ segment }) => segment.segment_type === kind);
      return thereNotes(context, target, own, { kind, wantedBy: 'the original' });
    }),
  );
  return lines.flat();
}

/** Versions of one cut may start at another timecode: what stays is the time from the first frame. */
export function timecodeNotes({ clip: from }: Subject, { clip: to }: Subject, offset: string | undefined): string[] {
  const [a, b] = [from.clock, to.clock];
  if (offset !== undefined || !a || !b || a.start === b.start) return [];
  const starts = `The first frame is ${formatTimecode(0, a)} there and ${formatTimecode(0, b)} here: times are kept from the first frame.`;
  const isSameRate = a.rate.numerator * b.rate.denominator === b.rate.numerator * a.rate.denominator;
  return [isSameRate ? `${starts} To keep the timecodes give offset "${a.start - b.start}f".` : starts];
}

/** What a copy cannot keep, and who reads it. */
export function authorNotes(copies: readonly Candidate[]): string[] {
  const drawings = copies.filter(({ losesDrawing }) => losesDrawing);
  return [
    ...(copies.some(({ named }) => named)
      ? ['Iconik names you as the author of the copies: the text begins with who wrote the original.']
      : []),
    ...(drawings.length > 0 ? [`Copied without the drawing: ${numbersOf(drawings)}.`] : []),
    'Guests of shares see copies as they see other notes there; internal notes stay internal.',
  ];
}
