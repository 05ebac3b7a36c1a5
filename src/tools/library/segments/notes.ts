import { MediaError } from '../../../media/errors.ts';
import { parseTime, parseTimeRange } from '../../../media/time.ts';
import { shorten } from '../../../text/tokens.ts';
import { ToolError } from '../../errors.ts';
import { type Subject, when } from '../subject.ts';
import type { Places } from '../transcripts/reading.ts';
import { extentOf, type Segment } from './timeline.ts';

/** A segment that is wanted. Times in milliseconds from the first frame; without them it is about the whole asset. */
export interface Note {
  readonly start?: number;
  readonly end?: number;
  readonly text: string;
  /** A note that lies over its place counts as that note: people mark sentences, not words. */
  readonly covered?: boolean;
  /** The comment it answers. */
  readonly parent_id?: string;
  /** Its number. */
  readonly answers?: string;
}

/** A unit is needed: a line may begin with a number that is no time. */
const TIME = String.raw`(?:\d+(?:[:;.,]\d+)*[:;]\d+(?:[.,]\d+)?|\d+(?:[.,]\d+)?\s?(?:ms|s|sec)(?![\p{L}\d])|(?:\d+h\d*m?|\d+m(?:in)?)(?:\d+s)?(?![\p{L}\d]))`;
const LINE = new RegExp(
  String.raw`^[[(]?(${TIME})(?:\s*(?:-|–|—|\.\.|\bto\b)\s*(${TIME}))?[\])]?(?=$|[\s,|\-–—]|:\s)[\s,:|\-–—]*(.*)$`,
  'su',
);

/**
 * Lines such as `12:04 Goal Reyes`, `12:04-12:31 Goal`, `01:02:10:00 text`; `text` is for those without their own. Throws
 * `ToolError` that names each line that can't be read.
 */
export function readItems(items: readonly string[], subject: Subject, text: string | undefined, timed: boolean) {
  const wrong: string[] = [];
  const notes: string[] = [];
  const found = items.flatMap((item): Note[] => {
    try {
      const { note, how } = readItem(item.trim(), subject, text, timed);
      if (how && notes.length === 0) notes.push(how);
      return [note];
    } catch (error) {
      if (!(error instanceof MediaError || error instanceof ToolError)) throw error;
      wrong.push(error.message);
      return [];
    }
  });
  if (wrong.length === 0) return { items: found, notes };
  const more = wrong.length > 5 ? ` And ${wrong.length - 5} more.` : '';
  throw new ToolError(`items: ${wrong.slice(0, 5).join(' ')}${more} Nothing was written.`);
}

function readItem(item: string, subject: Subject, fallback: string | undefined, timed: boolean) {
  const [, from, to, rest = ''] = LINE.exec(item) ?? [];
  // What begins like a second time is an end that can't be read.
  if (from && /^\d+[:;]\d/.test(rest)) throw unreadable(item);
  const text = (from ? rest : item).trim() || fallback?.trim();
  if (!text) throw new ToolError(`"${item}" has no text: write it behind the time, or give text.`);
  if (!from) {
    if (timed || /^\d+([:;.,]\d+)*(\s|$)/.test(item)) throw unreadable(item);
    return { note: { text } };
  }
  if (to !== undefined) {
    const { start, end, readAs } = parseTimeRange(`${from}..${to}`, subject.clip);
    return { note: { start, end, text }, how: how(from, start, readAs, subject) };
  }
  const { milliseconds, readAs } = parseTime(from, subject.clip);
  return { note: { start: milliseconds, end: milliseconds, text }, how: how(from, milliseconds, readAs, subject) };
}

const unreadable = (item: string): ToolError =>
  new ToolError(
    `"${item.slice(0, 60)}" does not begin with a time or a range. Allowed: 12:04 Goal, 12:04-12:31 Goal, 10:12:04:00 Goal, 724000ms Goal.`,
  );

/** Where a clip does not start at zero, `12:04` could be misunderstood. */
function how(text: string, at: number, readAs: string, subject: Subject): string | undefined {
  if (readAs === 'timecode')
    return /^\d+:\d+:\d+$/.test(text) ? `"${text}" → timecode ${when(subject, at)}` : undefined;
  if (!subject.clip.clock?.start || /ms$/.test(text)) return undefined;
  return `"${text}" from the first frame → ${when(subject, at)}`;
}

/** Notes at the places where words are said: `{said}`, `{speaker}` and `{n}` in the text stand for those of each. */
export const notesAt = ({ places, phrase }: Places, pattern: string = phrase): Note[] =>
  places.map(({ start, end, text, speaker = '' }, index) => ({
    start,
    end,
    text: pattern.replace(/\{(said|speaker|n)\}/g, (_, name: string) =>
      name === 'said' ? text : name === 'speaker' ? speaker : String(index + 1),
    ),
    covered: true,
  }));

/** Those that are not there yet, each once; the same text at the same time, within a frame, is the same note. */
export function missing(notes: readonly Note[], existing: readonly Segment[], subject: Subject): Note[] {
  const fresh: Note[] = [];
  for (const note of notes) {
    const there = existing.some((segment) => isSame(note, asNote(segment), subject));
    if (!there && !fresh.some((other) => isSame(note, other, subject))) fresh.push(note);
  }
  return fresh;
}

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

/** `10:12:04:00 "Goal Reyes"`. */
export const noteLine = ({ start, end, text, answers }: Note, subject: Subject): string =>
  `${answers ? `answer to ${answers}` : when(subject, start, end)} "${shorten(text, 80)}"`;
