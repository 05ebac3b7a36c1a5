import type { Clip } from '../../../media/time.ts';
import { shorten } from '../../../text/tokens.ts';
import { ToolError } from '../../errors.ts';
import { type Subject, when } from '../subject.ts';
import { extentOf, type Segment } from './segments.ts';

/** A segment that is wanted. Times in milliseconds from the first frame; without them it is about the whole asset. */
export interface Note {
  readonly start?: number;
  readonly end?: number;
  readonly text: string;
  /** Its own, where not all of a call have the same. */
  readonly color?: string;
  /** A note that lies over its place counts as that note: people mark sentences, not words. */
  readonly covered?: boolean;
  /** The comment it answers. */
  readonly parent_id?: string;
  /** Its number. */
  readonly answers?: string;
}

/**
 * Characters of the text of a note. Iconik states no limit; its players show a few lines, and exports cut here.
 */
export const MAX_NOTE_LENGTH = 10_000;

/** Throws `ToolError` for a text that is too long to be a note. */
export function requireNoteLength(text: string): void {
  if (text.length <= MAX_NOTE_LENGTH) return;
  throw new ToolError(
    `The text "${shorten(text, 60)}" has ${text.length} characters; this server writes at most ${MAX_NOTE_LENGTH} per marker or comment (Iconik states no limit).`,
  );
}

/** A wanted note, and the segment that counts as it: that may have another end, color, track or author. */
export interface There {
  readonly note: Note;
  readonly segment: Segment;
}

/** A wanted note that counts as an earlier one of the same call. */
export interface Twice {
  readonly note: Note;
  readonly first: Note;
}

/** The same text at the same time, within a frame, is the same note: those that are not there yet, each once, and the others. `color`: of those without their own. */
export function sorted(notes: readonly Note[], existing: readonly Segment[], subject: Subject, color?: string) {
  const fresh: Note[] = [];
  const there: There[] = [];
  const twice: Twice[] = [];
  for (const note of notes) {
    const segment = sameAs({ ...(color && { color }), ...note }, existing, subject);
    const first = segment ? undefined : fresh.find((other) => isSame(note, other, subject));
    if (segment) there.push({ note, segment });
    else if (first) twice.push({ note, first });
    else fresh.push(note);
  }
  return { fresh, there, twice };
}

/** Those that are not there yet, each once. */
export const missing = (notes: readonly Note[], existing: readonly Segment[], subject: Subject): Note[] =>
  sorted(notes, existing, subject).fresh;

/** The segment that is the same note; of several the one that is most like it. */
export function sameAs(note: Note, segments: readonly Segment[], subject: Subject): Segment | undefined {
  const same = segments.filter((segment) => isSame(note, asNote(segment), subject));
  const unlike = (segment: Segment): number => {
    const { start, end, color } = asNote(segment);
    return [start !== note.start, end !== note.end, note.color !== undefined && color !== note.color].filter(Boolean)
      .length;
  };
  return same.length < 2 ? same[0] : same.toSorted((a, b) => unlike(a) - unlike(b))[0];
}

export const asNote = (segment: Segment): Note => ({
  ...extentOf(segment),
  text: segment.segment_text ?? '',
  ...(segment.segment_color && { color: segment.segment_color }),
  ...(segment.parent_id && { parent_id: segment.parent_id }),
});

/** Milliseconds of a frame; of 25 a second where they are not known. */
export const frameOf = ({ clock }: Clip): number =>
  clock ? Math.ceil((1000 * clock.rate.denominator) / clock.rate.numerator) : 40;

function isSame(note: Note, other: Note, { clip }: Subject): boolean {
  if (note.text.trim() !== other.text.trim() || note.parent_id !== other.parent_id) return false;
  // An answer stands where its comment does.
  if (note.parent_id !== undefined) return true;
  if (note.start === undefined || other.start === undefined) return note.start === other.start;
  const frame = frameOf(clip);
  const over = note.covered === true && other.start <= note.start && note.start < (other.end ?? other.start);
  return over || Math.abs(note.start - other.start) <= frame;
}

/** `10:12:04:00 "Goal Reyes"`, and its color where it has its own. */
export const noteLine = ({ start, end, text, answers, color }: Note, subject: Subject): string =>
  `${answers ? `answer to ${answers}` : when(subject, start, end)} "${shorten(text, 80)}"${color ? `, ${color}` : ''}`;
