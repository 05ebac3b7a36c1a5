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

/** Those that are not there yet, each once; the same text at the same time, within a frame, is the same note. */
export function missing(notes: readonly Note[], existing: readonly Segment[], subject: Subject): Note[] {
  const fresh: Note[] = [];
  for (const note of notes) {
    const there = existing.some((segment) => isSame(note, asNote(segment), subject));
    if (!there && !fresh.some((other) => isSame(note, other, subject))) fresh.push(note);
  }
  return fresh;
}

/** The segment that is the same note: the same text at the same time, within a frame. */
export const sameAs = (note: Note, segments: readonly Segment[], subject: Subject): Segment | undefined =>
  segments.find((segment) => isSame(note, asNote(segment), subject));

const asNote = (segment: Segment): Note => ({
  ...extentOf(segment),
  text: segment.segment_text ?? '',
  ...(segment.parent_id && { parent_id: segment.parent_id }),
});

function isSame(note: Note, other: Note, { clip }: Subject): boolean {
  if (note.text.trim() !== other.text.trim() || note.parent_id !== other.parent_id) return false;
  // An answer stands where its comment does.
  if (note.parent_id !== undefined) return true;
  if (note.start === undefined || other.start === undefined) return note.start === other.start;
  const frame = clip.clock ? Math.ceil((1000 * clip.clock.rate.denominator) / clip.clock.rate.numerator) : 40;
  const over = note.covered === true && other.start <= note.start && note.start < (other.end ?? other.start);
  return over || Math.abs(note.start - other.start) <= frame;
}

/** `10:12:04:00 "Goal Reyes"`, and its color where it has its own. */
export const noteLine = ({ start, end, text, answers, color }: Note, subject: Subject): string =>
  `${answers ? `answer to ${answers}` : when(subject, start, end)} "${shorten(text, 80)}"${color ? `, ${color}` : ''}`;
